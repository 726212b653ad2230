import { expect } from "@playwright/test";
import { CLIENT } from "../support/provider.js";
import { Widget } from "./widget.js";
import { EN } from "./words.js";

/** A page that signs in by a provider, at a carrier that takes the provider's tokens. */
export class ProviderPage {
  /** The access tokens that the carrier's API was asked with, each once and in their order. */
  tokens = [];

  constructor(page, sandbox, provider) {
    this.page = page;
    this.sandbox = sandbox;
    this.provider = provider;
    this.widget = new Widget(page, EN);
    this.account = page.getByLabel("Account");
  }

  /** Puts the page on its server and registers it. `subscriber` is whoever signs in at the provider. */
  async prepare(subscriber) {
    const url = await this.sandbox.addPage(
      "provider.html",
      `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Renew</title><link rel="icon" href="data:,">
<script type="module" src="esim-renewal.js"></script><script type="module" src="provider.js"></script></head>
<body><main><h1>Renew</h1></main></body></html>`,
    );
    this.provider.register(url);
    this.url = url;
    const token = await this.sandbox.token(subscriber);
    await this.page.route(`${this.sandbox.carrier}/**`, async (route) => {
      const headers = await route.request().allHeaders();
      const [, given] = headers.authorization?.split(" ") ?? [];
      if (!given) return route.continue();
      if (!this.tokens.includes(given)) this.tokens.push(given);
      if (!(await this.provider.account(given))) return route.fulfill({ status: 401, json: {} });
      return route.continue({ headers: { ...headers, authorization: `Bearer ${token}` } });
    });
  }

  /** Opens the page with this scope, signed out. */
  async open({ scope = "openid", query = "" } = {}) {
    const attributes = { "api-base": this.sandbox.carrier, issuer: this.provider.origin, "client-id": CLIENT, ...(scope && { scope }) };
    await this.sandbox.addPage(
      "provider.js",
      `const element = document.createElement("esim-renewal");
for (const [name, value] of Object.entries(${JSON.stringify(attributes)})) element.setAttribute(name, value);
document.querySelector("main").append(element);`,
    );
    await this.page.goto(this.url + query);
    await expect(this.widget.offers).toBeVisible();
  }

  /** Says at the provider who it is, and that the page may know. */
  async identify() {
    await this.account.fill("subscriber");
    await this.page.getByRole("button", { name: "Continue" }).click();
    await this.page.getByRole("button", { name: "Allow" }).click();
  }

  /** Opens the page and signs in. */
  async openAs(subscriber, options) {
    await this.prepare(subscriber);
    await this.open(options);
    await this.widget.signIn.click();
    await this.identify();
    await expect(this.widget.plan(subscriber.plan)).toBeVisible();
  }

  /** Changes the provider's description of itself. */
  async describe(change) {
    await this.page.route(`${this.provider.origin}/.well-known/openid-configuration`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), ...change } });
    });
  }

  /** Changes what the id token says. */
  async claim(change) {
    await this.page.route(`${this.provider.origin}/token`, async (route) => {
      const response = await route.fetch();
      const tokens = await response.json();
      const [head, claims, signature] = tokens.id_token.split(".");
      const changed = { ...JSON.parse(Buffer.from(claims, "base64url")), ...change };
      tokens.id_token = [head, Buffer.from(JSON.stringify(changed)).toString("base64url"), signature].join(".");
      await route.fulfill({ response, json: tokens });
    });
  }

  async expectSignedOut() {
    await expect(this.widget.offers).toBeVisible();
    await expect(this.widget.signIn).toBeVisible();
    expect(this.page.url()).toContain(this.url);
  }
}
