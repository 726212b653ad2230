import { expect } from "@playwright/test";
import { Widget } from "./widget.js";
import { EN } from "./words.js";

/** The carrier's page that knows who is signed in. */
export class Embed {
  constructor(page, sandbox, words = EN) {
    this.page = page;
    this.url = `${sandbox.pages}/embed.html`;
    this.widget = new Widget(page, words);
    this.subscriber = page.getByLabel("Signed in as");
  }

  async open(query = "") {
    await this.page.goto(this.url + query);
    await expect(this.widget.offers).toBeVisible();
  }

  async openAs({ msisdn, plan }, query = "") {
    await this.open(query);
    // Choosing who is chosen already would start the widget anew, after its plan is on the screen.
    await expect(this.subscriber).not.toHaveValue("");
    if ((await this.subscriber.inputValue()) !== msisdn) await this.subscriber.selectOption(msisdn);
    await expect(this.widget.plan(plan)).toBeVisible();
  }
}
