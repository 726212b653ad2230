import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

const bill = { "Data 20 × 1": "€24.00", "Total paid": "€24.00" };

test.beforeEach(async ({ embed }) => {
  await embed.openAs(BRUNO);
  await embed.widget.chooseAndReview("Data 20");
  await embed.widget.consentAndOrder();
});

for (const { name, refuse, heading, reason, again } of [
  { name: "a declined card", refuse: (payment) => payment.payDeclined(), heading: "declined", reason: "cardDeclined", again: "payAgain" },
  {
    name: "a 3-D Secure that is refused",
    refuse: (payment) => payment.payAsked("Refuse"),
    heading: "notAuthenticated",
    reason: "authenticationFailed",
    again: "payAgain",
  },
  { name: "a cancelled payment", refuse: (payment) => payment.cancel(), heading: "cancelled", reason: "canceledByPayer", again: "pay" },
]) {
  test(`${name}: the same order is paid by another payment`, async ({ embed, guard, payment, sandbox }) => {
    const { widget } = embed;
    await payment.expectAmount("€24.00");
    await refuse(payment);

    await widget.expectStep(widget.t[heading]);
    await widget.expectFacts({ "Still to pay": "€24.00" });
    await sandbox.expectBooked(BRUNO, { orders: ["pending"], payments: [reason] });

    await widget.button(widget.t[again]("€24.00")).click();
    await payment.expectAmount("€24.00");
    await payment.payAccepted();
    await widget.expectReceipt(bill);
    await sandbox.expectBooked(BRUNO, { orders: ["completed"], payments: [reason, "captured"].sort(), charges: ["24 EUR"] });
    expect(guard.posted("productOrder")).toHaveLength(1);
    const keys = guard.posted("payment").map((posted) => posted.correlatorId);
    expect(new Set(keys).size).toBe(2);
  });
}

test("a 3-D Secure that is passed", async ({ embed, payment, sandbox }) => {
  await payment.payAsked("Approve");
  await embed.widget.expectReceipt(bill);
  await sandbox.expectOneCharge(BRUNO, 24);
});

test("the payment page is left by the browser's Back: only the open payment is offered", async ({ embed, guard, page, payment, sandbox }) => {
  const { widget } = embed;
  await payment.expectAmount("€24.00");
  const address = page.url();
  await page.goBack();

  await widget.expectStep(widget.t.paymentOpen);
  const back = widget.button(widget.t.backToPayment("€24.00"));
  await expect(back).toBeVisible();
  await expect(widget.button(widget.t.otherOffers)).toHaveCount(0);
  await page.reload();
  await widget.expectStep(widget.t.paymentOpen);
  await back.click();

  await payment.expectAmount("€24.00");
  expect(page.url()).toBe(address);
  await payment.payAccepted();
  await widget.expectReceipt(bill);
  await sandbox.expectOneCharge(BRUNO, 24);
  expect(guard.posted("payment")).toHaveLength(1);
});

test("a payment that ends in another tab is noticed while this one waits", async ({ context, embed, page, payment, sandbox }) => {
  const { widget } = embed;
  await payment.expectAmount("€24.00");
  const address = page.url();
  await page.goBack();
  await widget.expectStep(widget.t.paymentOpen);
  const other = await context.newPage();
  await other.goto(address);
  await other.getByRole("radio", { name: /is accepted/ }).check();
  // The other tab's own way back is not what this is about.
  await other.request.post(address, { form: { action: "pay", card: "accepted" }, maxRedirects: 0 });
  await other.close();
  await widget.expectReceipt(bill);
  await sandbox.expectOneCharge(BRUNO, 24);
});
