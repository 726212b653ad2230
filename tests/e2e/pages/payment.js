import { expect } from "@playwright/test";

/** The carrier's payment page. */
export class PaymentPage {
  constructor(page) {
    this.page = page;
    this.heading = page.getByRole("heading", { name: "Pay by card" });
  }

  async expectAmount(amount) {
    await expect(this.heading).toBeVisible();
    await expect(this.page.getByRole("definition").filter({ hasText: amount })).toHaveText(amount);
    await expect(this.page.getByRole("button", { name: `Pay ${amount}`, exact: true })).toBeVisible();
  }

  /** Pays with the test card that does this. */
  async pay(does) {
    await this.page.getByRole("radio", { name: does }).check();
    await this.page.getByRole("button", { name: /^Pay / }).click();
  }

  payAccepted() {
    return this.pay(/is accepted/);
  }

  payDeclined() {
    return this.pay(/is declined/);
  }

  /** Pays with a card that asks the bank, and gives the bank's answer. */
  async payAsked(answer) {
    await this.pay(/3-D Secure/);
    await expect(this.page.getByRole("heading", { name: "Confirm in your bank's app" })).toBeVisible();
    await this.page.getByRole("button", { name: answer, exact: true }).click();
  }

  async cancel() {
    await this.page.getByRole("button", { name: "Cancel and go back" }).click();
  }
}
