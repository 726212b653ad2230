// What was ordered is found again where nothing was kept of it: by the carrier's list.

import { Embed } from "./pages/embed.js";
import { PaymentPage } from "./pages/payment.js";
import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

const UNFINISHED = /^Your order of .* is not finished\.$/;

async function order({ widget }, payment) {
  await widget.chooseAndReview("Data 20");
  await widget.consentAndOrder();
  await payment.expectAmount("€24.00");
}

test("an order that was not paid is found on another device, and paid there", async ({ browser, embed, guard, payment, sandbox }) => {
  await embed.openAs(BRUNO);
  await order(embed, payment);
  await payment.payDeclined();
  await embed.widget.expectStep(embed.widget.t.declined);

  const device = await browser.newContext();
  const page = await device.newPage();
  const [other, otherPayment] = [new Embed(page, sandbox), new PaymentPage(page)];
  await other.openAs(BRUNO);
  const { widget } = other;
  await expect(page.getByText(UNFINISHED)).toBeVisible();
  await widget.button("See the order").click();
  await widget.expectStep(widget.t.declined);
  await widget.expectFacts({ "Still to pay": "€24.00" });
  await widget.button(widget.t.payAgain("€24.00")).click();
  await otherPayment.payAccepted();
  await widget.expectReceipt({ "Data 20 × 1": "€24.00", "Total paid": "€24.00" });
  await sandbox.expectBooked(BRUNO, { orders: ["completed"], payments: ["captured", "cardDeclined"], charges: ["24 EUR"] });
  await device.close();

  // The first one did not hear of it: the carrier's word is what it goes by.
  await embed.page.reload();
  await embed.widget.expectReceipt();
  expect(guard.posted("productOrder")).toHaveLength(1);
});

test("a payment that is open on another device is gone on with, not begun anew", async ({ browser, embed, payment, sandbox }) => {
  await embed.openAs(BRUNO);
  await order(embed, payment);
  const device = await browser.newContext();
  const page = await device.newPage();
  const other = new Embed(page, sandbox);
  await other.openAs(BRUNO);
  const { widget } = other;
  await widget.button("See the order").click();
  await widget.expectStep(widget.t.paymentOpen);
  await widget.button(widget.t.backToPayment("€24.00")).click();
  await new PaymentPage(page).payAccepted();
  await widget.expectReceipt();
  await device.close();
  await sandbox.expectOneCharge(BRUNO, 24);
});

test("the way back from the payment page finds the order where the browser keeps nothing", async ({ context, host, payment, sandbox }) => {
  // As in a browser that denies storage: nothing is there after the next page.
  await context.addInitScript(() => {
    for (const name of ["sessionStorage", "localStorage"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("denied", "SecurityError"); } });
    }
  });
  await host.openAs(BRUNO);
  const { widget } = host;
  await order({ widget }, payment);
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€24.00" });
  await sandbox.expectOneCharge(BRUNO, 24);
});

test("an order that cannot be shown is still offered", async ({ browser, embed, payment, sandbox }) => {
  test.slow();
  await embed.openAs(BRUNO);
  await order(embed, payment);
  const device = await browser.newContext();
  const page = await device.newPage();
  const other = new Embed(page, sandbox);
  const { widget } = other;
  await other.openAs(BRUNO);
  await page.route("**/productOrder?externalId=*", (route) => route.abort("failed"));
  await widget.button("See the order").click();
  await expect(widget.alert.filter({ hasText: "It can’t be shown right now." })).toBeVisible();
  await page.unroute("**/productOrder?externalId=*");
  await widget.button("See the order").click();
  await widget.expectStep(widget.t.paymentOpen);
  await device.close();
});

test("an order that was left unpaid is offered again at once", async ({ embed, page, payment }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  await order(embed, payment);
  await payment.cancel();
  await widget.button(widget.t.otherOffers).click();
  await expect(page.getByText(UNFINISHED)).toBeVisible();
  await widget.button("See the order").click();
  await widget.expectStep(widget.t.cancelled);
});

test("whoever has nothing under way is offered nothing", async ({ embed, page, payment }) => {
  await embed.openAs(BRUNO);
  await order(embed, payment);
  await payment.payAccepted();
  await embed.widget.expectReceipt();
  await embed.widget.toMyPlan();
  await page.reload();
  await expect(embed.widget.plan(BRUNO.plan)).toBeVisible();
  await expect(page.getByText(UNFINISHED)).toHaveCount(0);
});
