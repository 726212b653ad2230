import "esim-renewal";
import type { EsimRenewal, EsimRenewalAttributes, ErrorCode, OpenError, Part, PaymentAnswer, PaymentRequest, ReadyError, Slot, Step, Token } from "esim-renewal";

const element = document.querySelector("esim-renewal")!;
const made: EsimRenewal = document.createElement("esim-renewal");

element.apiBase = "https://api.carrier.example";
element.view = "deals";
element.view = "";
element.searchInAddress = true;
element.productCatalogBase.startsWith("https:");
element.lang = "fr";
element.tokenProvider = async () => "token";
element.tokenProvider = () => null;
element.texts = { renew: "Renew", "checkout.edit": "Change" };
element.consent = { storage: false };
// @ts-expect-error: no such view
element.view = "everything";
// @ts-expect-error: a switch
element.debug = "true";
// @ts-expect-error: a token is a text
element.tokenProvider = () => 7;
// @ts-expect-error: texts are texts
element.texts = { renew: 1 };
// @ts-expect-error: no such property
element.apiBasis = "";

async function pay({ amount, currency, order, key, signal }: PaymentRequest): Promise<PaymentAnswer> {
  signal.addEventListener("abort", () => {});
  const words: string = [amount, currency, order, key].join();
  return words ? { token: words } : { declined: "cardDeclined" };
}
element.paymentHandler = pay;
element.paymentHandler = async () => ({ unknown: true });
element.paymentHandler = async () => ({ redirect: "https://pay.example" });
// @ts-expect-error: it is no answer that nothing is known of
element.paymentHandler = async () => ({ unknown: false });
// @ts-expect-error: an amount is text
element.paymentHandler = async ({ amount }) => ({ token: amount.toFixed(2) });

export async function call(): Promise<string> {
  const self: EsimRenewal = await element.ready();
  const isOpen: boolean = await self.open("data-20", { code: "MONACO20", quantity: 2 });
  await self.open();
  await self.refresh();
  await self.destroy();
  // @ts-expect-error: an option that there is not
  await self.open("data-20", { count: 2 });
  // @ts-expect-error: a promise of the element, and not a property
  await self.ready.then();
  return String(isOpen);
}

export const why = (error: OpenError): "unknown-offering" | ReadyError["code"] => error.code;
export const whyNot = (error: ReadyError): ErrorCode | "not-ready" => error.code;

element.addEventListener("esim-checkout-completed", function ({ detail }) {
  const ids: string[] = detail.offeringIds;
  const texts: string[] = [detail.amount, detail.currency, detail.orderId];
  this.destroy();
  // @ts-expect-error: no such key
  return [ids, texts, detail.price];
});
element.addEventListener("click", ({ clientX }) => clientX);
element.addEventListener("esim-before-leave", (event) => event.detail.reason === "payment" && event.preventDefault());
// @ts-expect-error: no such reason
element.addEventListener("esim-before-leave", ({ detail }) => detail.reason === "boredom");
// @ts-expect-error: another event's detail
element.addEventListener("esim-plan-selected", ({ detail }) => detail.orderId);
const told = ({ detail }: CustomEvent<{ step: Step }>) => detail.step;
element.addEventListener("esim-step-changed", told);
element.removeEventListener("esim-step-changed", told);
// An event of the page's own.
element.addEventListener("page-closed", (event) => event.type);
// What bubbles is heard further up.
addEventListener("esim-error", ({ detail }) => detail.code === "load-failed");
document.addEventListener("esim-error", ({ detail }) => detail.about?.length);
// @ts-expect-error: `about` may be absent
document.body.addEventListener("esim-error", ({ detail }) => detail.about.length);

export const attributes: EsimRenewalAttributes = { "carrier-name": "Carrier", pricing: "quote", idempotent: true };
// @ts-expect-error: properties have other names
export const wrong: EsimRenewalAttributes = { carrierName: "Carrier" };
export const names: [ErrorCode, Part, Slot, Token] = ["price-mismatch", "receipt", "footer", "--esim-max"];
// @ts-expect-error: it is exported as a type; the script exports nothing
export const none = new EsimRenewal();
export { made };
