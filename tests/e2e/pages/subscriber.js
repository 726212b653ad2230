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
    return [
      { at: widget.root.getByRole("heading", { level: 2, name: RECEIPT }), end: "receipt" },
      { at: payment.heading, act: () => payment.payAccepted() },
      { at: button(/^(Pay|Try another card ·|Back to the payment page ·)/), act: (found) => found.click() },
      { at: button(/^Get today’s price$/), act: (found) => found.click() },
      { at: page.getByRole("checkbox", { name: widget.t.consent }), act: () => widget.consentAndOrder() },
      { at: button(/^Try again$/), act: (found) => found.first().click() },
      { at: widget.toReview, act: (found) => found.click() },
    ];
  }

  /** Follows the screen. Answers `receipt` or `confirming`. */
  async follow({ patience = 12_000 } = {}) {
    for (let step = 0; step < 20; step += 1) {
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
      for (const { at, act, end } of ways) {
        if (!(await at.first().isVisible())) continue;
        this.seen.push(end ?? (await at.first().innerText().catch(() => "")));
        if (end) return end;
        // What was there may have gone meanwhile: then the screen is looked at again.
        await act(at).catch((error) => this.seen.push(`gone: ${error.message.split("\n")[0]}`));
        break;
      }
    }
    throw new Error(`no end after: ${this.seen.join(" → ")}`);
  }
}
