// Watches all that a test's pages do, so that each test ends with the same questions: did anything fail, and was
// anybody asked who should not be?

import { expect } from "@playwright/test";

/** What Chromium and Firefox say of a request that was given up. */
const ABORTED = ["net::ERR_ABORTED", "NS_BINDING_ABORTED"];

export class Guard {
  #sandbox;
  #expected = [];
  #troubles = [];
  #before;
  /** All requests, oldest first. */
  requests = [];

  static async watch(context, sandbox) {
    const guard = new Guard();
    guard.#sandbox = sandbox;
    guard.#before = (await sandbox.violations()).length;
    context.on("page", (page) => guard.#watchPage(page));
    return guard;
  }

  /** Says what a test makes happen on purpose: patterns for lines such as `console: …` or `failed: GET …`. */
  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  #watchPage(page) {
    // The browser asks for this one by itself, once in a while.
    const trouble = (text) => text.includes("/favicon.ico") || this.#troubles.push(text);
    page.on("pageerror", (error) => trouble(`page error: ${error.message}`));
    page.on("console", (message) => message.type() === "error" && trouble(`console: ${message.text()} ${message.location().url}`));
    page.on("request", (request) => {
      this.requests.push(request);
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && !this.#sandbox.origins.includes(origin)) {
        trouble(`stray: ${request.url()}`);
      }
    });
    page.on("requestfailed", (request) => {
      // What is only read may be given up, and so may a token: by leaving the page, or by taking the element away.
      const reads = request.method() === "GET" || /\/queryUsageConsumption|\/token$/.test(request.url());
      const why = request.failure()?.errorText;
      if (!(reads && ABORTED.includes(why))) trouble(`failed: ${request.method()} ${request.url()} ${why}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) trouble(`failed: ${response.request().method()} ${response.url()} ${response.status()}`);
    });
  }

  /** The bodies of what was posted to a resource of the carrier. */
  posted(resource) {
    const those = this.requests.filter((request) => request.method() === "POST" && new URL(request.url()).pathname.endsWith(`/${resource}`));
    return those.map((request) => request.postDataJSON());
  }

  /** Fails the test if anything happened that it did not expect. */
  async check() {
    const unexpected = this.#troubles.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
    expect.soft(unexpected, "nothing fails, and nobody else is asked").toEqual([]);
    const violations = (await this.#sandbox.violations()).slice(this.#before);
    expect.soft(violations, "the content security policy holds").toEqual([]);
  }
}
