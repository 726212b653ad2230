// Two tabs of one browser: one carries the checkout out, the other shows how far it is.

import { Embed } from "./pages/embed.js";
import { PaymentPage } from "./pages/payment.js";
import { collectEvents } from "./support/events.js";
import { gate } from "./support/gate.js";
import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

/** Another tab, in which nothing was begun. */
async function anotherTab(context, sandbox) {
  const page = await context.newPage();
  return { page, embed: new Embed(page, sandbox), payment: new PaymentPage(page) };
}

/** The browser's *Duplicate tab*: session storage is copied. */
async function duplicate(page, context, sandbox) {
  const [copy] = await Promise.all([context.waitForEvent("page"), page.evaluate(() => void window.open(location.href))]);
  return { page: copy, embed: new Embed(copy, sandbox), payment: new PaymentPage(copy) };
}

/** Orders, and leaves the payment page without paying. */
async function orderUnpaid({ widget }, payment) {
  await widget.chooseAndReview("Data 20");
  await widget.consentAndOrder();
  await payment.expectAmount("€24.00");
  await payment.cancel();
  await widget.expectStep(widget.t.cancelled);
}

test("the same basket in a second tab: it shows how far the first one is, and sends nothing", async ({ context, embed, guard, page, payment, sandbox }) => {
  const { widget } = embed;
  const told = [await collectEvents(page)];
  await embed.openAs(BRUNO);
  await widget.chooseAndReview("Data 20");
  const second = await anotherTab(context, sandbox);
  told.push(await collectEvents(second.page));
  await second.embed.openAs(BRUNO);
  await second.embed.widget.chooseAndReview("Data 20");

  // The first one's order arrives, and its reply is on its way.
  const answered = gate();
  await page.route("**/productOrder", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    const response = await route.fetch();
    await answered.opened;
    await route.fulfill({ response });
  });
  await widget.consentAndOrder();
  await widget.expectStep(widget.t.ordering);
  await second.embed.widget.consentAndOrder();
  await second.embed.widget.expectStep(widget.t.inAnotherTab);
  await second.embed.widget.expectFacts({ Now: "The order is being placed", Amount: "€24.00" });

  answered.open();
  await payment.expectAmount("€24.00");
  // Nobody but this tab is left to ask the carrier, and the payment is the same one.
  await second.embed.widget.expectStep(widget.t.paymentOpen);
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€24.00" });
  await second.embed.widget.expectReceipt({ "Total paid": "€24.00" });
  await sandbox.expectOneCharge(BRUNO, 24);
  expect(told.flat().filter(({ name }) => name === "esim-checkout-completed")).toHaveLength(1);
  expect(guard.posted("productOrder")).toHaveLength(1);
  expect(guard.posted("payment")).toHaveLength(1);
});

test("the same basket in a second tab while the first one is on the payment page: its order goes on, not another", async ({ context, embed, guard, payment, sandbox }) => {
  test.slow();
  const { widget } = embed;
  await embed.openAs(BRUNO);
  const second = await anotherTab(context, sandbox);
  await second.embed.openAs(BRUNO);
  await second.embed.widget.chooseAndReview("Data 20");
  await widget.chooseAndReview("Data 20");
  await widget.consentAndOrder();
  await payment.expectAmount("€24.00");

  await second.embed.widget.consentAndOrder();
  await second.embed.widget.expectStep(widget.t.paymentOpen);
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€24.00" });
  await second.embed.widget.expectReceipt({ "Total paid": "€24.00" });
  await sandbox.expectOneCharge(BRUNO, 24);
  expect(guard.posted("productOrder")).toHaveLength(1);
});

test("another basket in a second tab waits until the first one is done", async ({ context, embed, guard, payment, sandbox }) => {
  await embed.openAs(BRUNO);
  await orderUnpaid(embed, payment);
  const { embed: second, payment: secondPayment } = await anotherTab(context, sandbox);
  const { widget } = second;
  await second.openAs(BRUNO);
  await widget.chooseAndReview("Data 50");
  await widget.consentAndOrder();
  await widget.expectStep(widget.t.lineBusy);
  expect(guard.posted("productOrder")).toHaveLength(1);

  // The first one leaves it there: its order stays unpaid, and the second is free to go on.
  await embed.widget.button(widget.t.otherOffers).click();
  await expect(embed.widget.offers).toBeVisible();
  await widget.button(widget.t.newPrice).click();
  await widget.expectStep(widget.t.check);
  await widget.consentAndOrder();
  await secondPayment.expectAmount("€40.00");
  await secondPayment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€40.00" });
  const { charges } = await sandbox.ledger(BRUNO);
  expect(charges.map(({ amount }) => amount.value)).toEqual([40]);
});

test("a copied tab takes over, and the first one can take it back", async ({ context, embed, guard, page, payment, sandbox }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  await orderUnpaid(embed, payment);
  const copy = await duplicate(page, context, sandbox);
  await copy.embed.widget.expectStep(widget.t.cancelled);
  await widget.expectStep(widget.t.inAnotherTab);
  await widget.expectNoPayButton();
  await widget.expectFacts({ Now: "The order waits to be paid" });

  await widget.button(widget.t.goOnHere).click();
  await widget.expectStep(widget.t.cancelled);
  await copy.embed.widget.expectStep(widget.t.inAnotherTab);
  await widget.button(widget.t.pay("€24.00")).click();
  await payment.expectAmount("€24.00");
  // The copy knows of this payment too, and offers no other.
  await copy.embed.widget.expectStep(widget.t.paymentOpen);
  await payment.payAccepted();
  await widget.expectReceipt();
  await copy.embed.widget.expectReceipt();
  const { charges, payments } = await sandbox.ledger(BRUNO);
  expect(charges.map(({ amount }) => amount.value)).toEqual([24]);
  expect(payments).toHaveLength(2);
  expect(guard.posted("payment")).toHaveLength(2);
});

test("the tab that carries it out is closed: the other one goes on", async ({ context, embed, page, payment, sandbox }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  await orderUnpaid(embed, payment);
  const copy = await duplicate(page, context, sandbox);
  await widget.expectStep(widget.t.inAnotherTab);
  await copy.page.close();
  await widget.expectStep(widget.t.cancelled);
  await widget.button(widget.t.pay("€24.00")).click();
  await payment.payAccepted();
  await widget.expectReceipt();
});

test("without locks each tab goes its own way, and the carrier keeps them apart", async ({ context, embed, guard, page, payment, sandbox }) => {
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined }));
  guard.expect(/^failed: POST .*\/payment 409/, /^console: .*409/);
  const { widget } = embed;
  await embed.openAs(BRUNO);
  await orderUnpaid(embed, payment);
  const copy = await duplicate(page, context, sandbox);
  await copy.embed.widget.button(widget.t.pay("€24.00")).click();
  await copy.payment.expectAmount("€24.00");
  await widget.button(widget.t.pay("€24.00")).click();
  await widget.expectStep("Another payment of this order is under way");
  await copy.payment.payAccepted();
  await copy.embed.widget.expectReceipt();
  await widget.button(widget.t.checkNow).click();
  await widget.expectReceipt();
  const { charges } = await sandbox.ledger(BRUNO);
  expect(charges.map(({ amount }) => amount.value)).toEqual([24]);
});

test("an element that is taken away lets go of its lock, and one that is put back goes on", async ({ embed, page, payment }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  await orderUnpaid(embed, payment);
  const locks = () => page.evaluate(async () => (await navigator.locks.query()).held.length);
  expect(await locks()).toBe(1);
  await page.evaluate(() => {
    window.parked = document.querySelector("esim-renewal");
    window.parked.remove();
  });
  await expect.poll(locks).toBe(0);
  await page.evaluate(() => document.querySelector("main").append(window.parked));
  await widget.expectStep(widget.t.cancelled);
  await expect(widget.button(widget.t.pay("€24.00"))).toBeVisible();
});
