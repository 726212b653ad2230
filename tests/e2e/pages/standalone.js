import { expect } from "@playwright/test";
import { Widget } from "./widget.js";
import { EN } from "./words.js";

/** The page that signs in by itself. */
export class Standalone {
  constructor(page, sandbox, { url = `${sandbox.pages}/`, words = EN } = {}) {
    this.page = page;
    this.url = url;
    this.widget = new Widget(page, words);
  }

  async open() {
    await this.page.goto(this.url);
    await expect(this.widget.offers).toBeVisible();
  }

  /** Signs in with the number and the code that the carrier's page shows. */
  async signIn({ msisdn, plan }) {
    await this.widget.signIn.click();
    await this.identify(msisdn);
    await expect(this.widget.plan(plan)).toBeVisible();
  }

  /** What the carrier's own sign-in page asks. */
  async identify(msisdn) {
    await this.page.getByLabel("Phone number").fill(msisdn);
    await this.page.getByRole("button", { name: "Send me a code" }).click();
    const code = this.page.getByLabel("One-time code");
    await expect(code).toBeVisible();
    const shown = await this.page.getByRole("main").innerText();
    await code.fill(/\b\d{6}\b/.exec(shown)[0]);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async openAs(subscriber) {
    await this.open();
    await this.signIn(subscriber);
  }
}
