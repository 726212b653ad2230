import { expect } from "@playwright/test";

/** One `<esim-renewal>`, as a person meets it. */
export class Widget {
  /** `root`: the page, or a part of it that holds one element. `t`: the words in its language. */
  constructor(root, t) {
    this.root = root;
    this.t = t;
    this.signIn = this.button(t.signIn);
    this.offers = root.getByRole("region", { name: t.ways });
    this.quantity = root.getByRole("textbox", { name: t.quantity });
    this.toReview = this.button(t.toReview);
    this.consent = root.getByRole("checkbox", { name: t.consent });
    this.order = root.getByRole("button", { name: t.order });
    this.alert = root.getByRole("alert");
  }

  button(name) {
    return this.root.getByRole("button", { name, exact: true });
  }

  /** The names on the cards of a list, in their order. */
  cardNames(list = this.offers) {
    return list.getByRole("listitem").getByRole("heading", { level: 3 }).allInnerTexts();
  }

  tab(name) {
    return this.root.getByRole("tab", { name, exact: true });
  }

  plan(name) {
    return this.root.getByRole("region", { name, exact: true });
  }

  card(name) {
    return this.root.getByRole("listitem", { name, exact: true });
  }

  /** The heading of a step of the checkout. */
  heading(name) {
    return this.root.getByRole("heading", { level: 2, name, exact: true });
  }

  /** Waits for a step of the checkout, whose heading takes the focus. */
  async expectStep(heading) {
    await expect(this.heading(heading)).toBeFocused();
  }

  /** What is said as name and value, within `part`. */
  async facts(part = this.root) {
    const texts = async (role) => (await part.getByRole(role).allInnerTexts()).map((text) => text.trim().replace(/\s+/g, " "));
    const [names, values] = await Promise.all([texts("term"), texts("definition")]);
    return Object.fromEntries(names.map((name, at) => [name, values[at]]));
  }

  async expectFacts(facts) {
    await expect.poll(() => this.facts()).toMatchObject(facts);
  }

  async show(kind) {
    await this.tab(kind).click();
    await expect(this.tab(kind)).toHaveAttribute("aria-selected", "true");
  }

  /** Says that the plan runs until a day, on the plan's card. */
  async expectActiveUntil(plan, day) {
    await expect(this.plan(plan).getByText(this.t.activeUntil)).toContainText(day);
  }

  /** Chooses an offering. */
  async choose(name) {
    await this.button(this.t.choose(name)).click();
    await this.expectStep(this.t.howMany);
  }

  async review() {
    await this.toReview.click();
    await expect(this.order).toBeVisible();
    await this.expectStep(this.t.check);
  }

  /** Chooses an offering and sees its price. */
  async chooseAndReview(name) {
    await this.choose(name);
    await this.review();
  }

  async consentAndOrder() {
    await this.consent.check();
    await this.order.click();
  }

  /** All the buttons that could begin a second payment are absent. */
  async expectNoPayButton() {
    await expect(this.root.getByRole("button", { name: /pay|order|another card/i })).toHaveCount(0);
  }

  async expectReceipt(facts = {}, heading = this.t.renewed) {
    await this.expectStep(heading);
    await this.expectFacts(facts);
  }

  async toMyPlan() {
    await this.button(this.t.toMyPlan).click();
    await expect(this.offers).toBeVisible();
  }
}
