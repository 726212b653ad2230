import { heldBack } from "./support/gate.js";
import { BRUNO, DORA, expect, test } from "./support/test.js";

// Each payment changes what its subscriber has.
test.use({ ownCarrier: true });

for (const { name, method, sum = "Total paid", title = "renewed" } of [
  { name: "a saved card", method: "Visa ending in 4242" },
  { name: "carrier billing", method: "With your next bill from Rocher Mobile", sum: "Total, on your next bill", title: "renewedFree" },
  { name: "prepaid credit", method: "With your credit of €20.00" },
]) {
  test(`${name} pays without leaving the page`, async ({ guard, page, sandbox, standalone }) => {
    const { widget } = standalone;
    await standalone.openAs(DORA);
    const before = await sandbox.booked(DORA);
    await widget.chooseAndReview("Data 5");
    await page.getByRole("radio", { name: method }).check();
    await expect(page.getByText("Nothing more to type.")).toBeVisible();
    await widget.consentAndOrder();
    await widget.expectReceipt({ "Data 5 × 1": "€9.00", [sum]: "€9.00" }, widget.t[title]);
    expect(guard.posted("payment")).toHaveLength(1);
    const { charges } = await sandbox.booked(DORA);
    expect(charges.slice(before.charges.length).map(({ amount }) => amount.value)).toEqual([9]);
    await widget.toMyPlan();
    await expect(widget.plan("Riviera 10 GB")).toContainText("8.9 GB of 15 GB");
    if (name === "prepaid credit") await expect(widget.plan("Riviera 10 GB")).toContainText("Credit: €11.00");
  });
}

test("a saved card that asks the bank leads there and back", async ({ page, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(DORA);
  await widget.chooseAndReview("Data 5");
  await page.getByRole("radio", { name: "Mastercard ending in 5100" }).check();
  await widget.consentAndOrder();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await widget.expectReceipt({ "Total paid": "€9.00" });
});

test("a card that has expired is said to have, and the same order is paid another way", async ({ page, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(DORA);
  const before = await sandbox.booked(DORA);
  await widget.chooseAndReview("Data 5");
  await page.getByRole("radio", { name: "Visa ending in 0069" }).check();
  await widget.consentAndOrder();
  await widget.expectStep("Your card has expired");
  await page.getByRole("radio", { name: "Visa ending in 4242" }).check();
  await widget.button("Try another card · €9.00").click();
  await widget.expectReceipt({ "Total paid": "€9.00" });
  const after = await sandbox.booked(DORA);
  expect(after.orders.length - before.orders.length).toBe(1);
  expect(after.charges.length - before.charges.length).toBe(1);
});

test("credit is not offered for more than there is, nor for credit itself", async ({ page, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(DORA);
  await widget.chooseAndReview("Data 20");
  await expect(page.getByRole("radio", { name: "Visa ending in 4242" })).toBeVisible();
  await expect(page.getByRole("radio", { name: /credit of/ })).toHaveCount(0);
});

for (const { card, heading } of [
  { card: /too little money/, heading: "There isn’t enough money" },
  { card: /has expired/, heading: "Your card has expired" },
  { card: /cannot confirm/, heading: "Your bank couldn’t confirm it was you" },
]) {
  test(`the hosted page: ${heading}`, async ({ page, payment, sandbox, standalone }) => {
    const { widget } = standalone;
    await standalone.openAs(BRUNO);
    await widget.chooseAndReview("Data 5");
    await widget.consentAndOrder();
    await payment.pay(card);
    await widget.expectStep(heading);
    await widget.button("Try another card · €9.00").click();
    await payment.payAccepted();
    await widget.expectReceipt({ "Total paid": "€9.00" });
    const { charges } = await sandbox.booked(BRUNO);
    expect(charges).toHaveLength(1);
    // What led back here is done with, and the page takes it out of the address.
    await expect(page).toHaveURL(/^[^?]*$/);
  });
}

test("money that comes later is waited for, without a second button to pay", async ({ page, payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(BRUNO);
  await widget.chooseAndReview("Data 5");
  await widget.consentAndOrder();
  // However long the way back takes: the carrier says nothing of the payment before that was looked at.
  const looked = await heldBack(page, /\/(productOrder|payment)\?/);
  await payment.pay(/0127/);
  await widget.expectStep("Your payment is being confirmed");
  await widget.expectNoPayButton();
  looked.open();
  await widget.expectReceipt({ "Total paid": "€9.00" }, widget.t.renewed);
  await sandbox.expectOneCharge(BRUNO, 9);
});

test("a bank's page that was left without an answer keeps the payment open", async ({ page, payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(BRUNO);
  await widget.chooseAndReview("Data 5");
  await widget.consentAndOrder();
  await payment.pay(/3-D Secure/);
  await page.getByRole("link", { name: "Leave without answering" }).click();
  await widget.expectStep("Your payment isn’t finished");
  await widget.button("Back to the payment page · €9.00").click();
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€9.00" });
  await sandbox.expectOneCharge(BRUNO, 9);
});

test.describe("time", () => {
  const MINUTE = 60;

  test("a price that is over: nothing is ordered, and today's price asks for a new consent", async ({ embed, guard, payment, sandbox }) => {
    const { widget } = embed;
    guard.expect(/401|409/);
    await embed.openAs(BRUNO);
    await widget.chooseAndReview("Data 5");
    await sandbox.advance(31 * MINUTE);
    await widget.consentAndOrder();
    await widget.expectStep("The price has expired");
    await sandbox.expectBooked(BRUNO, {});
    await widget.button(widget.t.newPrice).click();
    await expect(widget.consent).not.toBeChecked();
    await widget.consentAndOrder();
    await payment.payAccepted();
    await widget.expectReceipt({ "Total paid": "€9.00" });
    await sandbox.expectOneCharge(BRUNO, 9);
  });

  test("money that comes after the order was cancelled goes back, and that is said", async ({ embed, guard, payment, sandbox }) => {
    const { widget } = embed;
    guard.expect(/401/);
    await embed.openAs(BRUNO);
    await widget.chooseAndReview("Data 5");
    await widget.consentAndOrder();
    await payment.expectAmount("€9.00");
    await sandbox.advance(31 * MINUTE);
    await payment.payAccepted();
    await widget.expectStep("Your order is cancelled");
    await expect(widget.root.getByText("Your payment went through after the order was cancelled, and Rocher Mobile has given it back.")).toBeVisible();
    await widget.expectFacts({ Amount: "€9.00", "Given back": "€9.00" });
    await widget.expectNoPayButton();
    const { orders, charges, refunds } = await sandbox.booked(BRUNO);
    expect(orders.map(({ state }) => state)).toEqual(["cancelled"]);
    expect(charges.map(({ refunded }) => refunded)).toEqual([true]);
    expect(refunds).toHaveLength(1);
  });
});
