/** The element in JSX: `import "esim-renewal/react"` once in an app with React 19. */

import type { CSSProperties, DetailedHTMLProps, HTMLAttributes } from "react";
import type { EsimRenewal, EsimRenewalJsx, Token } from "./esim-renewal.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "esim-renewal": Omit<DetailedHTMLProps<HTMLAttributes<EsimRenewal>, EsimRenewal>, keyof EsimRenewalJsx | "style"> &
        EsimRenewalJsx & { style?: CSSProperties & { [Name in Token]?: string } };
    }
  }
}
