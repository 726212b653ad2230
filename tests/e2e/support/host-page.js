// A page of the test's own around the element, served under the same policy as the demo's pages.

import { randomUUID } from "node:crypto";
import { Widget } from "../pages/widget.js";
import { EN } from "../pages/words.js";

/** Defines `tokenFor(msisdn)` for a page's script: a function that gives the access token of a subscriber. */
const TOKENS = `
const { apiBase } = await (await fetch("carrier.json")).json();
const tokenFor = (msisdn) => async () => {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(apiBase + "/demo/token", { method: "POST", headers, body: JSON.stringify({ msisdn }) });
  return (await answer.json()).access_token;
};
`;

export class HostPage {
  constructor(page, sandbox) {
    this.page = page;
    this.sandbox = sandbox;
    this.widget = this.widgetIn("Renewal");
  }

  /** The element in a part of the page that has a name. */
  widgetIn(name, words = EN) {
    return new Widget(this.page.getByRole("region", { name, exact: true }), words);
  }

  /** Opens a page with a body and a module script, which may use `tokenFor`; the loader comes first unless `loader` is false. */
  async open({ body = '<section aria-label="Renewal"><esim-renewal config="carrier.json"></esim-renewal></section>', script = "", loader = true } = {}) {
    const name = `host-${randomUUID()}`;
    await this.sandbox.addPage(`${name}.js`, TOKENS + script);
    const tags = [loader && "esim-renewal.js", `${name}.js`].filter(Boolean).map((file) => `<script type="module" src="${file}"></script>`);
    const head = `<meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">${tags.join("")}`;
    const html = `<!doctype html><html lang="en-GB"><head>${head}</head><body><main><h1>Host</h1>${body}</main></body></html>`;
    await this.page.goto(await this.sandbox.addPage(`${name}.html`, html));
  }

  /** Opens a page whose one element has the token of a subscriber. */
  async openAs({ msisdn }, options = {}) {
    await this.open({ ...options, script: `document.querySelector("esim-renewal").tokenProvider = tokenFor("${msisdn}");${options.script ?? ""}` });
  }

  /** A handle of the first element of the page. */
  element() {
    return this.page.evaluateHandle(() => document.querySelector("esim-renewal"));
  }
}
