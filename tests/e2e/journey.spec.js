import { dayAfter, withoutYear } from "./support/days.js";
import { ALICE, BRUNO, CHIARA, expect, test } from "./support/test.js";

// Each journey changes what its subscriber has.
test.use({ ownCarrier: true });

for (const { subscriber, before, after } of [
  { subscriber: ALICE, before: "14.8 GB of 20 GB", after: "54.8 GB of 60 GB" },
  { subscriber: BRUNO, before: "400 MB of 10 GB", after: "40.4 GB of 50 GB" },
]) {
  test(`${subscriber.name} buys two data packs: more data, and a later end`, async ({ page, payment, sandbox, standalone }) => {
    const { widget } = standalone;
    await standalone.openAs(subscriber);
    const plan = widget.plan(subscriber.plan);
    await expect(plan).toContainText(before);
    const end = dayAfter(await sandbox.planEnd(subscriber), 60);

    await expect(widget.card("Data 20")).toContainText("€24.00");
    await widget.choose("Data 20");
    await expect(page.getByText("20 GB · 30 days · €24.00 each")).toBeVisible();
    await widget.expectFacts({ "Total, VAT included": "€24.00" });
    await widget.button("One more").click();
    await expect(widget.quantity).toHaveValue("2");
    await widget.expectFacts({ "Total, VAT included": "€48.00" });

    await widget.review();
    const bill = { "Data 20 × 2": "€48.00", "of which VAT 20%": "€8.00" };
    await widget.expectFacts({ ...bill, "To pay now": "€48.00" });
    await expect(page.getByText("Your plan then ends")).toContainText(end);
    await expect(widget.order).toHaveText("Order with obligation to pay · €48.00");
    await widget.consentAndOrder();

    await payment.expectAmount("€48.00");
    await payment.payAccepted();

    await widget.expectReceipt({ ...bill, "Total paid": "€48.00" });
    await expect(page.getByText("Your plan now ends")).toContainText(end);
    await sandbox.expectOneCharge(subscriber, 48);

    await widget.toMyPlan();
    await widget.expectActiveUntil(subscriber.plan, withoutYear(end));
    await expect(plan).toContainText(after);
  });
}

test("Chiara Demo renews a plan that has ended", async ({ page, payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(CHIARA);
  const plan = widget.plan(CHIARA.plan);
  await expect(plan).toContainText("Your eSIM stays installed: renewing needs no new one.");
  await expect(plan.getByText(/^Ended .*, 23:59 CES?T$/)).toContainText(withoutYear(dayAfter(await sandbox.planEnd(CHIARA), 0)));

  await plan.getByRole("button", { name: "Renew" }).click();
  await expect(widget.tab("Plans")).toHaveAttribute("aria-selected", "true");
  await expect(widget.card("Riviera Week")).toContainText("€6.90");
  await expect(widget.card("Riviera Week")).toContainText("Your plan");
  await widget.choose("Riviera Week");
  await widget.expectFacts({ "Total, VAT included": "€6.90" });
  const end = dayAfter(new Date(), 7);
  await widget.review();
  const bill = { "Riviera Week × 1": "€6.90", "of which VAT 20%": "€1.15" };
  await widget.expectFacts({ ...bill, "To pay now": "€6.90" });
  await expect(page.getByText("Your plan then ends")).toContainText(end);
  await widget.consentAndOrder();
  await payment.expectAmount("€6.90");
  await payment.payAccepted();
  await widget.expectReceipt({ ...bill, "Total paid": "€6.90" });
  await sandbox.expectOneCharge(CHIARA, 6.9);

  await widget.toMyPlan();
  await widget.expectActiveUntil(CHIARA.plan, withoutYear(end));
  await expect(plan).toContainText("3 GB of 3 GB");
});

test("a roaming pack, a bundle, and a free hour that asks for no card", async ({ guard, payment, sandbox, standalone }) => {
  test.slow();
  const { widget } = standalone;
  await standalone.openAs(ALICE);
  for (const { kind, offering, amount, vat } of [
    { kind: "Roaming", offering: "Switzerland and UK 1 GB", amount: "€4.90", vat: "€0.82" },
    { kind: "Bundles", offering: "Weekend in Europe", amount: "€10.90", vat: "€1.82" },
  ]) {
    await widget.show(kind);
    await expect(widget.card(offering)).toContainText(amount);
    await widget.choose(offering);
    await widget.review();
    const bill = { [`${offering} × 1`]: amount, "of which VAT 20%": vat };
    await widget.expectFacts({ ...bill, "To pay now": amount });
    await widget.consentAndOrder();
    await payment.expectAmount(amount);
    await payment.payAccepted();
    await widget.expectReceipt({ ...bill, "Total paid": amount }, widget.t.bought);
    await widget.toMyPlan();
  }

  await widget.show("Extras");
  await expect(widget.card("Full speed, 1 hour")).toContainText("Free");
  await widget.choose("Full speed, 1 hour");
  await widget.review();
  await widget.expectFacts({ "To pay now": "Free" });
  await expect(widget.order).toHaveText("Order for free");
  await widget.consentAndOrder();
  await widget.expectReceipt({ "Total paid": "Free" }, widget.t.boughtFree);

  expect(guard.posted("payment")).toHaveLength(2);
  const { orders, charges } = await sandbox.booked(ALICE);
  expect(orders.map((order) => order.state)).toEqual(["completed", "completed", "completed"]);
  expect(charges.map((charge) => charge.amount.value)).toEqual([4.9, 10.9]);
});
