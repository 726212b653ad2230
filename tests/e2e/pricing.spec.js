import { ALICE, BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

/** A host page whose element has these attributes beside its config. */
const body = (attributes) =>
  `<section aria-label="Renewal"><esim-renewal config="carrier.json" ${attributes}></esim-renewal></section>`;

for (const { fault, said } of [
  { fault: "currency", said: "Rocher Mobile named a price in another currency than its offers. Nothing was ordered." },
  { fault: "missingItem", said: "Rocher Mobile priced something else than you chose. Nothing was ordered." },
  { fault: "wrongSum", said: "Rocher Mobile’s price doesn’t add up. Nothing was ordered." },
]) {
  test(`a cart with ${fault} is refused in words, and nothing is ordered`, async ({ sandbox, standalone }) => {
    const { widget } = standalone;
    await standalone.openAs(ALICE);
    await sandbox.spoilNextPrice(ALICE, fault);
    await widget.choose("Data 20");
    await widget.toReview.click();
    await expect(widget.alert).toContainText(said);
    await expect(widget.order).toHaveCount(0);
    expect((await sandbox.booked(ALICE)).orders).toEqual([]);
    // The choice is kept, and the next price is a good one.
    await widget.button("Edit").click();
    await widget.review();
    await expect(widget.order).toHaveText("Order with obligation to pay · €24.00");
  });
}

test("a carrier without carts quotes, and the quote is ordered", async ({ guard, host, payment, sandbox }) => {
  await host.openAs(ALICE, { body: body('pricing="quote"') });
  const { widget } = host;
  await widget.chooseAndReview("Data 50");
  await widget.expectFacts({ "Data 50 × 1": "€45.00", "To pay now": "€40.00" });
  await widget.consentAndOrder();
  await payment.expectAmount("€40.00");
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€40.00" });
  await sandbox.expectOneCharge(ALICE, 40);
  expect(guard.posted("quote")).toHaveLength(1);
  expect(guard.posted("shoppingCart")).toHaveLength(0);
});

test("a carrier that sells nothing here is for comparing, and says so", async ({ host }) => {
  await host.openAs(ALICE, { body: body('pricing="none"') });
  const { widget } = host;
  await expect(widget.offers).toContainText("These prices are for comparing.");
  await expect(widget.card("Data 20")).toContainText("€24.00");
  await expect(widget.offers.getByRole("button", { name: /^Choose/ })).toHaveCount(0);
});

test("where the carrier is asked, its reasons are said before any price", async ({ guard, host, page, sandbox }) => {
  await host.openAs(BRUNO, { body: body("qualification") });
  const { widget } = host;
  await widget.chooseAndReview("Data 20");
  expect(guard.posted("productOfferingQualification")).toHaveLength(1);
  await widget.button("Edit").click();

  // What is not known in the widget yet is known at the carrier.
  await page.route("**/productOfferingQualification", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    Object.assign(answer.productOfferingQualificationItem[0], {
      qualificationItemResult: "unqualified",
      eligibilityUnavailabilityReason: [{ code: "excluded", label: "Not together with Riviera Unlimited." }],
    });
    await route.fulfill({ response, json: answer });
  });
  await widget.toReview.click();
  await expect(widget.alert).toContainText("Not together with Riviera Unlimited.");
  await expect(widget.order).toHaveCount(0);
  expect((await sandbox.booked(BRUNO)).orders).toEqual([]);
});

test("the quantities that are none", async ({ standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(ALICE);
  await widget.choose("Data 20");
  for (const wrong of ["0", "1,000", "1000", "-1", "1.5", "٣", ""]) {
    await widget.quantity.fill(wrong);
    await expect(widget.toReview).toBeDisabled();
    await expect(widget.quantity).toHaveAttribute("aria-invalid", "true");
  }
  await widget.quantity.fill("99");
  await expect(widget.toReview).toBeEnabled();
});
