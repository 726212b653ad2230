import { expect } from "@playwright/test";

/** Finding and comparing, as a person meets it. */
export class Finder {
  constructor(widget) {
    this.widget = widget;
    const { root } = widget;
    this.filters = root.getByRole("form", { name: "Find and compare" });
    this.type = this.filters.getByLabel("Type");
    this.country = this.filters.getByRole("textbox", { name: "Country" });
    this.data = this.filters.getByLabel("Data needed, in GB");
    this.days = this.filters.getByLabel("Days needed");
    this.price = this.filters.getByLabel("Price limit");
    this.deals = this.filters.getByLabel("Deals only");
    this.sort = this.filters.getByLabel("Sort by");
    this.status = root.locator(".find > [role=status]");
    this.table = root.getByRole("table", { name: "Side by side" });
    this.trip = root.getByRole("form", { name: "Plan a trip" });
    this.answer = this.trip.getByRole("status");
  }

  async open() {
    await this.widget.button("Find and compare").click();
    await expect(this.widget.root.getByRole("heading", { name: "Find and compare" })).toBeFocused();
  }

  /** The names on the cards, in their order. */
  names() {
    return this.widget.root.locator(".find > .offers").getByRole("heading", { level: 3 }).allInnerTexts();
  }

  async expectNames(names) {
    await expect.poll(() => this.names()).toEqual(names);
    const count = names.length === 1 ? "One offer" : `${names.length} offers`;
    await expect(this.status).toHaveText(names.length ? count : /^0 offers\. Without “.+” some fit\.$/);
  }

  async compare(name) {
    await this.widget.button(`Compare ${name}`).click();
  }

  async openTrip() {
    await this.widget.root.getByText("Plan a trip").click();
  }

  /** Fills in the leg of a trip. */
  async leg(at, country, days) {
    const leg = this.trip.locator(".leg").nth(at);
    await leg.getByRole("textbox", { name: "Country" }).fill(country);
    await leg.getByRole("textbox", { name: "Country" }).press("Enter");
    await leg.getByLabel("Days", { exact: true }).fill(days);
  }

  async plan(data) {
    await this.trip.getByLabel("Data for the whole trip, in GB").fill(data);
    await this.trip.getByRole("button", { name: "Find the cheapest packs" }).click();
  }
}
