import { expect } from "@playwright/test";
import { Widget } from "./widget.js";
import { EN } from "./words.js";

/** The page with all settings beside the element. */
export class Playground {
  constructor(page, sandbox) {
    this.page = page;
    this.url = `${sandbox.pages}/playground.html`;
    this.settings = page.getByRole("region", { name: "Settings" });
    this.widget = new Widget(page.getByRole("region", { name: "Widget", exact: true }), EN);
    this.log = page.getByRole("log");
    this.snippet = page.getByRole("textbox", { name: "Snippet" });
  }

  async open() {
    await this.page.goto(this.url);
    await expect(this.widget.offers).toBeVisible();
    await expect(this.settings.getByLabel("config", { exact: true })).toHaveValue("carrier.json");
  }

  /** The control with a name, in a group that is opened where it is closed. */
  async control(group, name) {
    const details = this.settings.locator("details").filter({ has: this.page.locator("summary", { hasText: group }) });
    if ((await details.getAttribute("open")) === null) await details.locator("summary").click();
    return details.getByLabel(name, { exact: true });
  }

  /** Opens all groups. */
  async openAll() {
    const closed = this.settings.locator("details:not([open]) > summary");
    for (let left = await closed.count(); left > 0; left -= 1) await closed.first().press("Enter");
    await expect(closed).toHaveCount(0);
  }

  async fill(group, name, text) {
    const control = await this.control(group, name);
    await control.fill(text);
    await control.blur();
  }

  /** What the log has of a name: the texts after it. */
  entries(name) {
    return this.log.getByRole("listitem").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  async expectSnippet(lines) {
    await expect(this.snippet).toHaveValue(lines.join("\n"));
  }
}
