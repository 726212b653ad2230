import type { EsimRenewal, EsimRenewalEventMap } from "esim-renewal";
import type { DetailedHTMLProps, HTMLAttributes } from "react";

type Properties = Partial<Omit<EsimRenewal, keyof HTMLElement>>;
type Events = { [Name in keyof EsimRenewalEventMap as `on${Name}`]?: (event: EsimRenewalEventMap[Name]) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "esim-renewal": DetailedHTMLProps<HTMLAttributes<EsimRenewal>, EsimRenewal> & Properties & Events;
    }
  }
}
