/** The element in templates: `import "esim-renewal/vue"` once in an app with Vue 3. */

import type { HTMLAttributes, PublicProps } from "vue";
import type {
  EsimRenewal, EsimRenewalAttributes, EsimRenewalProperties, EsimRenewalSettings, EsimRenewalVueHandlers,
} from "./esim-renewal.js";

type Props = Partial<EsimRenewalSettings> & Partial<EsimRenewalProperties> & EsimRenewalAttributes & EsimRenewalVueHandlers;

declare module "vue" {
  interface GlobalComponents {
    "esim-renewal": new () => EsimRenewal & { $props: HTMLAttributes & PublicProps & Props };
  }
}
