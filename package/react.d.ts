/** The element in JSX: `import "esim-renewal/react"` once in an app with React 19. */

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { EsimRenewal, EsimRenewalJsx } from "./esim-renewal.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "esim-renewal": Omit<DetailedHTMLProps<HTMLAttributes<EsimRenewal>, EsimRenewal>, keyof EsimRenewalJsx> & EsimRenewalJsx;
    }
  }
}
