/**
 * Types of the custom element `<esim-renewal>`: importing the package defines it.
 * What each name means stands in custom-elements.json.
 */

/** The steps of the checkout. */
export type Step =
  | "choose"
  | "price"
  | "review"
  | "order"
  | "refused"
  | "awaiting-payment"
  | "payment"
  | "confirming"
  | "done"
  | "ended"
  | "another-tab"
  | "closed";

/** The stable codes of `esim-error`. */
export type ErrorCode =
  | "load-failed"
  | "mount-failed"
  | "config-unreadable"
  | "api-base-missing"
  | "setting-invalid"
  | "unknown-offering"
  | "malformed-offering"
  | "malformed-product"
  | "malformed-promotion"
  | "promotions-unavailable"
  | "payment-page"
  | "payment-handler"
  | "price-mismatch"
  | "sign-in-failed";

/** What is asked of `paymentHandler`. */
export interface PaymentRequest {
  /** Decimal text. */
  amount: string;
  /** ISO 4217. */
  currency: string;
  /** The carrier's id of the order (TMF622). */
  order: string;
  /** The key of this try at paying: the payment's `correlatorId` (TMF676). */
  key: string;
  /** Aborted when nobody waits any more. */
  signal: AbortSignal;
}

/** What `paymentHandler` answers; rejecting means that nothing was asked for. */
export type PaymentAnswer = { token: string } | { redirect: string } | { declined: string | true } | { unknown: true };

/** What is bought. */
export interface Bought {
  offeringIds: string[];
  /** Decimal text. */
  amount: string;
  /** ISO 4217. */
  currency: string;
}

/** The element's events by their names. */
export interface EsimRenewalEventMap {
  "esim-ready": CustomEvent<{}>;
  "esim-sign-in-requested": CustomEvent<{}>;
  "esim-before-select": CustomEvent<{ offeringId: string }>;
  "esim-plan-selected": CustomEvent<{ offeringId: string }>;
  "esim-checkout-started": CustomEvent<{ offeringIds: string[] }>;
  "esim-step-changed": CustomEvent<{ step: Step }>;
  "esim-before-order": CustomEvent<Bought>;
  "esim-payment-pending": CustomEvent<{ orderId: string }>;
  "esim-before-leave": CustomEvent<{ url: string; reason: "payment" | "sign-in" | "sign-out" | "checkout" }>;
  "esim-checkout-completed": CustomEvent<Bought & { orderId: string }>;
  "esim-error": CustomEvent<{ code: ErrorCode; about?: string }>;
}

/** Properties that mirror attributes: a text is "" where it is not set. */
export interface EsimRenewalSettings {
  apiBase: string;
  config: string;
  view: "journey" | "plans" | "deals" | "";
  loading: "eager" | "lazy" | "";
  checkoutUrl: string;
  offering: string;
  promoCode: string;
  country: string;
  jurisdiction: "mc" | "eu" | "";
  carrierName: string;
  hotline: string;
  timeZone: string;
  locale: string;
  theme: "light" | "dark" | "auto" | "";
  pricing: "cart" | "quote" | "none" | "";
  credit: "order" | "topup" | "";
  qualification: boolean;
  idempotent: boolean;
  searchInAddress: boolean;
  returnUrl: string;
  issuer: string;
  clientId: string;
  scope: string;
  debug: boolean;
  productCatalogBase: string;
  productOrderingBase: string;
  productInventoryBase: string;
  quoteBase: string;
  prepayBalanceBase: string;
  shoppingCartBase: string;
  paymentMethodBase: string;
  promotionBase: string;
  paymentBase: string;
  usageConsumptionBase: string;
  qualificationBase: string;
}

/** Properties that a page sets by JavaScript alone. */
export interface EsimRenewalProperties {
  tokenProvider: (() => string | null | Promise<string | null>) | null;
  paymentHandler: ((request: PaymentRequest) => Promise<PaymentAnswer>) | null;
  texts: Record<string, string> | null;
  consent: { storage?: boolean } | null;
}

/** What `ready` rejects with: why the widget does not stand in the element. */
export interface ReadyError extends Error {
  code: "load-failed" | "mount-failed" | "config-unreadable" | "api-base-missing" | "not-ready";
}
/** What `open` rejects with. */
export interface OpenError extends Error {
  code: "unknown-offering" | ReadyError["code"];
}

/** For `slot="…"` of a child; one without it is the fallback. */
export type Slot = "header" | "footer" | "empty" | "payment";
/** For `::part(…)`. */
export type Part = "root" | "plan" | "options" | "tabs" | "offer" | "find" | "step" | "item" | "receipt" | "primary";
/** The custom properties that are read. */
export type Token = "--esim-accent" | "--esim-deal" | "--esim-radius" | "--esim-font" | "--esim-size" | "--esim-max";

/** The element. */
interface EsimRenewal extends EsimRenewalSettings, EsimRenewalProperties {}
declare class EsimRenewal extends HTMLElement {
  /** Kept once the widget stands in the element; rejects with a `ReadyError`. */
  ready(): Promise<this>;
  /** Opens the checkout with an offering, or with what was begun; whether it is open. Rejects with an `OpenError`. */
  open(offering?: string, options?: { code?: string; quantity?: number }): Promise<boolean>;
  /** Asks the carrier for everything anew. */
  refresh(): Promise<void>;
  /** Takes the widget away; inserting the element again starts it anew. */
  destroy(): Promise<void>;

  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: EsimRenewal, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: EsimRenewal, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}
/** As a type alone: the script defines the element, and exports nothing. */
export type { EsimRenewal };

/** Listeners in JSX. */
export type EsimRenewalJsxHandlers = {
  /** React 19: `onesim-checkout-completed={(event) => …}`. */
  [K in keyof EsimRenewalEventMap as `on${K}`]?: (event: EsimRenewalEventMap[K]) => void;
};
/** Listeners in a Vue template. */
export type EsimRenewalVueHandlers = {
  /** Vue: `@esim-checkout-completed="…"`. */
  [K in keyof EsimRenewalEventMap as K extends `esim-${infer Rest}` ? `onEsim${PascalCase<Rest>}` : never]?: (
    event: EsimRenewalEventMap[K],
  ) => void;
};
type PascalCase<Text extends string> = Text extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${PascalCase<Rest>}`
  : Capitalize<Text>;
/** Attributes as they are written in markup: `api-base`. */
type Kebab<Text extends string> = Text extends `${infer Letter}${infer Rest}`
  ? Letter extends Lowercase<Letter>
    ? `${Letter}${Kebab<Rest>}`
    : `-${Lowercase<Letter>}${Kebab<Rest>}`
  : Text;
/** The attributes. */
export type EsimRenewalAttributes = { [K in keyof EsimRenewalSettings as Kebab<K>]?: EsimRenewalSettings[K] };

/** What the element takes in JSX. */
export type EsimRenewalJsx = Partial<EsimRenewalSettings> & Partial<EsimRenewalProperties> & EsimRenewalAttributes & EsimRenewalJsxHandlers;

declare global {
  interface HTMLElementTagNameMap {
    "esim-renewal": EsimRenewal;
  }
  /** The events bubble, and leave the shadow roots that they pass. */
  interface GlobalEventHandlersEventMap extends EsimRenewalEventMap {}
}
