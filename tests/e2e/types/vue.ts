import type { GlobalComponents } from "vue";
import "esim-renewal";
import "esim-renewal/vue";

/** What a template may give to the tag, and hear of it. */
type Tag = InstanceType<GlobalComponents["esim-renewal"]>;

export const given: Tag["$props"] = {
  "api-base": "https://api.carrier.example",
  carrierName: "Carrier",
  view: "deals",
  debug: true,
  tokenProvider: () => null,
  class: "card",
  key: 1,
  onEsimCheckoutCompleted: ({ detail }) => detail.orderId,
};
// @ts-expect-error: no such view
export const view: Tag["$props"] = { view: "everything" };
// @ts-expect-error: no such setting
export const setting: Tag["$props"] = { apiBases: "" };

// @ts-expect-error: another event's detail
export const event: Tag["$props"] = { onEsimReady: ({ detail }) => detail.orderId };
export const open = (tag: Tag) => tag.open("data-20");
