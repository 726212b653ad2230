import type { EsimRenewal, EsimRenewalEventMap } from "esim-renewal";
import type { EmitFn, HTMLAttributes, PublicProps } from "vue";

type Properties = Partial<Omit<EsimRenewal, keyof HTMLElement>>;
type Emits = { [Name in keyof EsimRenewalEventMap]: (event: EsimRenewalEventMap[Name]) => void };

declare module "vue" {
  interface GlobalComponents {
    "esim-renewal": new () => EsimRenewal & {
      /** @deprecated For the types of templates alone. */
      $props: HTMLAttributes & Properties & PublicProps;
      /** @deprecated For the types of templates alone. */
      $emit: EmitFn<Emits>;
    };
  }
}
