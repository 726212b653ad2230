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

/** The elements whose load failed. */
const waiting = new Set();

class EsimRenewal extends HTMLElement {
  static observedAttributes = [
    "api-base", "carrier-name", "client-id", "config", "hotline", "idempotent", "issuer", "lang", "locale", "return-url", "time-zone",
  ];

  #instance;
  #tokenProvider = null;
  #starting = false;
  #ready = Promise.withResolvers();

  /** Resolves to the element once the widget stands in it. */
  get ready() {
    return this.#ready.promise;
  }

  /** Gives the subscriber's access token, or null where nobody is signed in: `() => string | null | Promise`. */
  get tokenProvider() {
    return this.#tokenProvider;
  }

  set tokenProvider(provider) {
    this.#tokenProvider = provider;
    this.#instance?.changed("tokenProvider");
  }

  /**
   * Asks for a card in fields of the page's own (in the slot `payment`) and gives a token for it. It takes no money.
   * `({ amount, currency, order, key, signal }) => Promise<{ token } | { redirect } | { declined } | { unknown }>`
   */
  paymentHandler = this.paymentHandler ?? null;

  constructor() {
    super();
    // What the page set before this class was there stands on the element itself and would hide the accessor.
    if (Object.hasOwn(this, "tokenProvider")) {
      const provider = this.tokenProvider;
      delete this.tokenProvider;
      this.tokenProvider = provider;
    }
  }

  connectedCallback() {
    this.#start();
  }

  // Moving an element within the page disconnects it for a moment, which must not cost the subscriber the basket.
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name, before, value) {
    if (before !== value) this.#instance?.changed(name);
  }

  static startWaiting() {
    for (const element of waiting) element.#start();
  }

  // The children stay on screen until all is loaded, and when that fails.
  async #start() {
    if (this.#instance || this.#starting) return;
    this.#starting = true;
    waiting.delete(this);
    try {
      const [mount, style] = await load();
      EsimRenewal.startWaiting();
      if (!this.isConnected) return;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [style];
      root.replaceChildren(document.createElement("div"));
      this.#instance = mount(this, root.firstChild);
      this.#ready.resolve(this);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#starting = false;
    }
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
    this.dispatchEvent(new CustomEvent("esim-error", { detail, bubbles: true, composed: true }));
  }

  #stop() {
    waiting.delete(this);
    if (!this.#instance) return;
    this.#instance.unmount();
    this.#instance = undefined;
    this.shadowRoot.replaceChildren();
    this.#ready = Promise.withResolvers();
  }
}

if (customElements.get(TAG)) {
  console.info(`<${TAG}> is defined already: this further script does nothing.`);
} else {
  customElements.define(TAG, EsimRenewal);
  load().catch(() => {});
  addEventListener("online", EsimRenewal.startWaiting);
}
