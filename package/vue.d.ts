/** The element in templates: `import "esim-renewal/vue"` once in an app with Vue 3. */

import type { EsimRenewalAttributes, EsimRenewalProperties, EsimRenewalSettings, EsimRenewalVueHandlers } from "./esim-renewal.js";

type Props = Partial<EsimRenewalSettings> & Partial<EsimRenewalProperties> & EsimRenewalAttributes & EsimRenewalVueHandlers;

declare module "vue" {
  interface GlobalComponents {
    "esim-renewal": new () => { $props: Props };
  }
}
