import { expect } from "@playwright/test";

/** What may end a checkout: it is carried out, or the carrier is still being asked, with no way to pay again. */
const RECEIPT = /^(Paid|Done)\. /;
const CONFIRMING = /^Your (order|payment) is being confirmed$/;

/** A subscriber who does what the screen offers, until it says how it ended. */
export class Follower {
  constructor(page, widget, payment) {
    this.page = page;
    this.widget = widget;
    this.payment = payment;
    /** What was on the screen, in order. */
    this.seen = [];
  }

  /** What can be done now, the most pressing first. */
  #ways() {
    const { widget, payment, page } = this;
    const button = (name) => widget.root.getByRole("button", { name });
    const click = (found) => found.first().click();
    return [
      { at: widget.root.getByRole("heading", { level: 2, name: RECEIPT }), end: "receipt" },
      { point: "paying", at: payment.heading, act: () => payment.payAccepted() },
      { point: "pay", at: button(/^(Pay|Try another card ·|Back to the payment page ·)/), act: click },
      { point: "price", at: button(/^Get today’s price$/), act: click },
      { point: "review", at: page.getByRole("checkbox", { name: widget.t.consent }), act: () => widget.consentAndOrder() },
      { point: "elsewhere", at: button(/^Go on here$/), act: click },
      { point: "again", at: button(/^Try again$/), act: click },
      { point: "choice", at: widget.toReview, act: click },
      { point: "unfinished", at: button(/^See the order$/), act: click },
      { point: "offers", at: button(widget.t.choose("Data 20")), act: click },
    ];
  }

  /**
   * Follows the screen. Answers `receipt` or `confirming`. `before` is called with each point where something is about to be
   * done; where it answers true it has changed the screen, which is looked at again.
   */
  async follow({ patience = 20_000, before = async () => false } = {}) {
    for (let step = 0; step < 25; step += 1) {
      const ways = this.#ways();
      const any = ways.map(({ at }) => at).reduce((one, other) => one.or(other));
      const confirming = this.widget.root.getByRole("heading", { level: 2, name: CONFIRMING });
      const came = await expect(any.first())
        .toBeVisible({ timeout: patience })
        .then(() => true)
        .catch(() => false);
      if (!came) {
        await expect(confirming).toBeVisible();
        await this.widget.expectNoPayButton();
        return "confirming";
      }
      for (const { point, at, act, end } of ways) {
        if (!(await at.first().isVisible())) continue;
        this.seen.push(end ?? point);
        if (end) return end;
        if (await before(point)) break;
        // What was there may have gone meanwhile: then the screen is looked at again.
        await act(at).catch((error) => this.seen.push(`gone: ${error.message.split("\n")[0]}`));
        break;
      }
    }
    throw new Error(`no end after: ${this.seen.join(" → ")}`);
  }
}
