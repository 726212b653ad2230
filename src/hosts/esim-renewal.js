// The loader of <esim-renewal>. Its address stays the same. The build joins it with the module's script and its style
// sheet, so that one `integrity` of the page's covers all three, and writes the names and the hashes of the module's parts
// into it: what is not that content does not run. Each part's address is written in the form that bundlers understand.

import init, { mount } from "./widget.js";
import css from "./widget.css";

const TAG = "esim-renewal";

/** A load that is shared while it runs and kept when it succeeds; the next call after a failure tries again. */
const shared = (load) => {
  let running;
  return () => (running ??= load().catch((error) => {
    running = undefined;
    throw error;
  }));
};

const sheet = shared(() => new CSSStyleSheet().replace(css));
const module = shared(async () => {
  const response = await fetch(new URL("./widget.wasm", import.meta.url));
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  await init({ module_or_path: response });
  return mount;
});
const load = shared(() => Promise.all([module(), sheet()]).catch((error) => {
  console.error(`${TAG} could not be loaded:`, error);
  throw error;
}));

/** The elements whose load failed, or the file that their `config` names. */
const waiting = new Set();

const problem = (code) => Object.assign(new Error(`<${TAG}>: ${code}`), { code });
/** A promise that is kept from outside. That nobody asked for it is no error. */
const pending = () => {
  const one = Promise.withResolvers();
  one.promise.catch(() => {});
  return one;
};

const nothing = () => {};

/** Once what is pressed is let go, and has had its click: after a finger that comes a moment later than the end of the touch. */
const onRelease = (then) => {
  const released = new AbortController();
  const end = () => {
    released.abort();
    setTimeout(then, 300);
  };
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end, { capture: true, signal: released.signal });
};

/** Attributes that are texts, and those that are switches: each is mirrored by a property, `api-base` by `apiBase`. */
const TEXTS = [
  "api-base", "carrier-name", "checkout-url", "client-id", "config", "country", "credit", "hotline", "issuer", "jurisdiction", "loading",
  "locale", "offering", "payment-base", "payment-method-base", "prepay-balance-base", "pricing", "product-catalog-base", "product-inventory-base",
  "product-ordering-base", "promo-code", "promotion-base", "qualification-base", "quote-base", "return-url", "scope", "shopping-cart-base",
  "theme", "time-zone", "usage-consumption-base", "view",
];
const SWITCHES = ["debug", "idempotent", "qualification", "search-in-address"];
/** What a page sets by JavaScript alone. */
const RICH = ["consent", "texts", "tokenProvider"];
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

class EsimRenewal extends HTMLElement {
  // The style sheet alone follows the theme.
  static observedAttributes = [...TEXTS, ...SWITCHES, "lang"].filter((name) => name !== "theme");

  // Lazy elements are started once they come near what is seen.
  static #nearby = new IntersectionObserver(
    (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && target.#start()),
    { rootMargin: "600px" },
  );

  #instance;
  #rich = {};
  #isWanted = false;
  #starting = false;
  #ready = pending();
  #hasFailed = false;
  #showStage;
  // The language is that of the page around where the element has none; its own is an attribute of its own.
  #around = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target !== this && target.contains(this))) this.#instance?.changed("lang");
  });

  /**
   * Asks for a card in fields of the page's own (in the slot `payment`) and gives a token for it. It takes no money.
   * `({ amount, currency, order, key, signal }) => Promise<{ token } | { redirect } | { declined } | { unknown }>`
   */
  paymentHandler = this.paymentHandler ?? null;

  /** A promise of the element, kept once the widget stands in it; broken, with a stable `code`, where it cannot or is taken away. */
  ready() {
    return this.#ready.promise;
  }

  /** Opens the checkout with an offering, or with what was begun; a promise of whether it is open. */
  async open(offering, { code, quantity } = {}) {
    // Whoever opens a lazy element wants it now.
    if (this.#isWanted) this.#start();
    await this.ready();
    this.#showStage?.();
    try {
      return await this.#instance.open(offering, quantity, code);
    } catch (error) {
      throw typeof error === "string" ? problem(error) : error;
    }
  }

  /** Asks the carrier for everything anew. */
  async refresh() {
    await this.ready();
    await this.#instance.refresh();
  }

  /** Takes the widget away and shows the children; inserting the element again starts it anew. */
  async destroy() {
    this.#stop();
  }

  static {
    const define = (name, accessors) => Object.defineProperty(this.prototype, name, { ...accessors, configurable: true, enumerable: true });
    for (const name of TEXTS) {
      define(camel(name), {
        get() { return this.getAttribute(name) ?? ""; },
        set(text) { text == null ? this.removeAttribute(name) : this.setAttribute(name, text); },
      });
    }
    for (const name of SWITCHES) {
      define(camel(name), {
        get() { return this.hasAttribute(name) && this.getAttribute(name) !== "false"; },
        set(isOn) { this.toggleAttribute(name, Boolean(isOn)); },
      });
    }
    for (const name of RICH) {
      define(name, {
        get() { return this.#rich[name] ?? null; },
        set(value) {
          const before = this.#rich[name];
          this.#rich[name] = value;
          // Nothing over nothing, as frameworks write it, changes nothing.
          if (value ?? before) this.#instance?.changed(name);
        },
      });
    }
  }

  // What the page set before this class was there stands on the element itself and would hide the accessors.
  #upgrade() {
    for (const name of [...TEXTS, ...SWITCHES, ...RICH].map(camel)) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  connectedCallback() {
    this.#upgrade();
    this.#isWanted = true;
    this.#begin();
    if (!this.#instance) return;
    // It was moved: perhaps to where another language is spoken, or into another tree.
    this.#followLanguage();
    this.#instance.changed("lang");
  }

  // As with images: an element is `eager` unless it says `lazy`. One with offers in its children has something to show meanwhile.
  get #isLazy() {
    return this.loading === "lazy" || (this.loading !== "eager" && this.#isPrerendered);
  }

  // Children with a slot of their own are seen beside the widget, not in its place.
  get #isPrerendered() {
    return ["deals", "plans"].includes(this.view) && [...this.children].some((child) => !child.slot);
  }

  #begin() {
    if (this.#isLazy) EsimRenewal.#nearby.observe(this);
    else this.#start();
  }

  // Moving an element within the page disconnects it for a moment, which must not cost the subscriber the basket.
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name, before, value) {
    if (name === "loading") {
      if (this.#isWanted) this.#begin();
    } else if (before !== value) {
      this.#instance?.changed(name);
    }
  }

  static startWaiting() {
    for (const element of waiting) {
      waiting.delete(element);
      if (element.#instance) element.#instance.changed("config");
      else element.#start();
    }
  }

  // The children stay on screen until all is loaded, and when that fails.
  async #start() {
    EsimRenewal.#nearby.unobserve(this);
    if (this.#instance || this.#starting) return;
    this.#starting = true;
    if (this.#hasFailed) this.#ready = pending();
    this.#hasFailed = false;
    waiting.delete(this);
    try {
      const [mount, style] = await load();
      EsimRenewal.startWaiting();
      if (!this.#isWanted) return;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [style];
      const stage = document.createElement("div");
      root.replaceChildren(stage);
      if (this.#isPrerendered) this.#keepChildren(stage);
      this.#instance = mount(this, stage, (code) => this.#settle(code));
      this.#followLanguage();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#starting = false;
    }
  }

  #followLanguage() {
    this.#around.disconnect();
    this.#around.observe(this.getRootNode(), { attributeFilter: ["lang"], subtree: true });
  }

  // Offers among the children are read until the widget has its own, and not taken from under a focus or a finger that is on them.
  #keepChildren(stage) {
    // Safari on phones says of nothing that it is pressed where nobody listens to touches.
    this.addEventListener("touchstart", nothing, { passive: true });
    const children = document.createElement("slot");
    stage.before(children);
    stage.hidden = true;
    this.#showStage = () => {
      children.remove();
      stage.hidden = false;
    };
    const show = () => {
      if (this.matches(":focus-within")) this.addEventListener("focusout", () => setTimeout(show), { once: true });
      else if (this.matches(":active")) onRelease(show);
      else this.#showStage?.();
    };
    this.addEventListener("esim-ready", show, { once: true });
  }

  /** Keeps or breaks the promise that is waited for, and the next ones as well until the element starts anew. */
  #settle(code) {
    for (const one of [this.#ready, (this.#ready = pending())]) code ? one.reject(problem(code)) : one.resolve(this);
    this.#hasFailed = Boolean(code);
    if (code === "config-unreadable") waiting.add(this);
  }

  #fail(error) {
    const loaded = this.shadowRoot;
    if (loaded) {
      reportError(error);
      loaded.replaceChildren(document.createElement("slot"));
    } else if (this.isConnected) {
      waiting.add(this);
    }
    const detail = { code: loaded ? "mount-failed" : "load-failed" };
    this.#settle(detail.code);
    this.dispatchEvent(new CustomEvent("esim-error", { detail, bubbles: true, composed: true }));
  }

  #stop() {
    this.#isWanted = false;
    waiting.delete(this);
    EsimRenewal.#nearby.unobserve(this);
    this.#showStage = undefined;
    this.#around.disconnect();
    this.#ready.reject(problem("not-ready"));
    this.#ready = pending();
    if (!this.#instance) return;
    this.#instance.unmount();
    this.#instance = undefined;
    this.shadowRoot.replaceChildren(document.createElement("slot"));
  }
}

if (customElements.get(TAG)) {
  console.info(`<${TAG}> is defined already: this further script does nothing.`);
} else {
  customElements.define(TAG, EsimRenewal);
  addEventListener("online", EsimRenewal.startWaiting);
}
