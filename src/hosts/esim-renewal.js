// The loader of <esim-renewal>. Its address stays the same; the build writes the hashed names of the other files into it.

const TAG = "esim-renewal";
const at = (file) => new URL(file, import.meta.url).href;

/** A load that is shared while it runs and kept when it succeeds; the next call after a failure tries again. */
const shared = (load) => {
  let running;
  let attempt = 0;
  return () => (running ??= load(attempt++).catch((error) => {
    running = undefined;
    throw error;
  }));
};

const get = async (file) => {
  const response = await fetch(at(file));
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return response;
};

// A browser may keep a failed import for as long as the page lives, so each further attempt has its own address.
const glue = shared((attempt) => import(at("./widget.js") + (attempt ? `?${attempt}` : "")));
const sheet = shared(async () => new CSSStyleSheet().replace(await (await get("./widget.css")).text()));
const module = shared(async () => {
  const [{ default: init, mount }, response] = await Promise.all([glue(), get("./widget.wasm")]);
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
    "api-base", "carrier-name", "client-id", "config", "hotline", "idempotent", "issuer", "lang", "locale", "return-url", "scope", "time-zone",
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
