import { heldBack } from "./support/gate.js";
import { ALICE, BRUNO, DORA, EMIL, FATOU, expect, test } from "./support/test.js";

// Each renewal changes what its subscriber has.
test.use({ ownCarrier: true });

test("two lines: what is shown and sold is the chosen one's", async ({ page, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(DORA);
  const lines = page.getByRole("combobox", { name: "Line" });
  await expect(lines.getByRole("option")).toHaveText([/4504 · eSIM/, /4514 · SIM card/]);
  await expect(widget.plan("Riviera 10 GB")).toContainText("Credit: €20.00");
  await widget.show("Roaming");
  await expect(widget.card("European Union 5 GB")).toContainText("Needs Roaming access (Free), which comes with it.");

  await lines.selectOption({ index: 1 });
  await expect(widget.plan("Riviera 5 GB")).toContainText("3.8 GB of 5 GB");
  const card = widget.card("European Union 5 GB");
  await expect(card).toContainText("This line can’t be used in other countries.");
  await expect(card.getByRole("button")).toHaveCount(0);
});

test("a basket that was left for one line is neither lost nor mixed with another's", async ({ page, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(DORA);
  await widget.choose("Data 20");
  await widget.button("Add something else").click();
  const lines = page.getByRole("combobox", { name: "Line" });
  await lines.selectOption({ index: 1 });
  await expect(widget.plan("Riviera 5 GB")).toBeVisible();
  const card = widget.card("Data 50");
  await expect(card).toContainText("Please finish or empty your basket first");
  await expect(card.getByRole("button")).toHaveCount(0);
  await widget.button("Go to the basket").click();
  await expect(page.getByText(/4504/).last()).toBeVisible();
  await widget.button("Remove Data 20").click();
  await expect(card.getByRole("button")).toHaveCount(1);
});

test("a number of another carrier is told so at the sign-in", async ({ guard, page, standalone }) => {
  guard.expect(/ 422\b|status of 422/);
  await standalone.open();
  await standalone.widget.signIn.click();
  await page.getByLabel("Phone number").fill("+33612345678");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByRole("alert")).toContainText("No line of Rocher Mobile has this number.");
  await expect(page.getByLabel("One-time code")).toHaveCount(0);
});

test("roaming is switched on with the pack, which starts on its day", async ({ page, payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(DORA);
  await widget.show("Roaming");
  await widget.button("Choose European Union 5 GB with Roaming access").click();
  await widget.expectStep("Your basket");
  const start = page.getByLabel("Starts");
  await start.fill("2020-01-01");
  await expect(widget.toReview).toBeDisabled();
  const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await start.fill(day);
  await widget.review();
  await widget.expectFacts({ "Roaming access × 1 Edit": "€0.00", "European Union 5 GB × 1 Edit": "€11.90", "To pay now": "€10.71" });
  await expect(page.getByText("Autumn in Europe")).toBeVisible();
  await widget.consentAndOrder();
  await payment.expectAmount("€10.71");
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€10.71" }, widget.t.bought);
  const products = await sandbox.products(DORA);
  const pack = products.find((product) => product.name === "European Union 5 GB");
  expect(pack.status).toBe("pendingActive");
  const local = new Date(pack.startDate).toLocaleString("sv", { timeZone: "Europe/Monaco" });
  expect(local).toBe(`${day} 00:00:00`);
  await widget.toMyPlan();
  await page.getByText("Also on this line").click();
  await expect(page.getByText(/^from /)).toBeVisible();
});

test("credit: what is no amount is said to be none, and what is one arrives", async ({ page, payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(BRUNO);
  await widget.show("Credit");
  await expect(widget.card("Credit")).toContainText("€5.00 to €150.00");
  await widget.choose("Credit");
  const amount = page.getByRole("textbox", { name: "Amount" });
  for (const wrong of ["1.213,49", "1e5", "٣٠", "4.99", "150.01", "-25", ""]) {
    await amount.fill(wrong);
    await widget.toReview.click();
    await expect(amount).toHaveAttribute("aria-invalid", "true");
    await expect(widget.heading("Your basket")).toBeVisible();
  }
  await expect(page.getByText("Please type an amount from €5.00 to €150.00, such as 150.00.")).toBeVisible();
  await amount.fill("25,50");
  await expect(amount).not.toHaveAttribute("aria-invalid");
  await widget.expectFacts({ "Total, VAT included": "€25.50" });
  await widget.review();
  await widget.expectFacts({ "Credit × 1": "€25.50", "To pay now": "€25.50" });
  await widget.consentAndOrder();
  await payment.expectAmount("€25.50");
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€25.50" }, widget.t.bought);
  await sandbox.expectOneCharge(BRUNO, 25.5);
  await widget.toMyPlan();
  await expect(widget.plan(BRUNO.plan)).toContainText("Credit: €25.50");
});

test("several items: each is changed and taken out, and the last one ends the checkout", async ({ page, payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(ALICE);
  await widget.choose("Data 20");
  await widget.button("Add something else").click();
  await expect(page.getByText("In your basket: Data 20")).toBeVisible();
  await widget.show("Extras");
  await expect(widget.card("Voicemail as text")).toContainText("then €1.20 a month");
  await widget.choose("Voicemail as text");
  await widget.button("Add something else").click();
  await widget.choose("Spam call blocking");
  await widget.expectFacts({ "Total, VAT included": "€27.10" });
  await widget.review();
  await widget.expectFacts({ "Data 20 × 1 Edit": "€24.00", "Then, each month": "€1.20", "To pay now": "€27.10" });
  await widget.button("Edit Spam call blocking").click();
  await widget.expectStep("Your basket");
  await widget.button("Remove Spam call blocking").click();
  await widget.expectFacts({ "Total, VAT included": "€25.20" });

  // A reload loses nothing of it.
  await page.reload();
  await widget.expectStep("Your basket");
  await widget.expectFacts({ "Total, VAT included": "€25.20" });
  await widget.review();
  await widget.consentAndOrder();
  await payment.expectAmount("€25.20");
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€25.20", "Then, each month": "€1.20" });
  await sandbox.expectOneCharge(ALICE, 25.2);
  const products = await sandbox.products(ALICE);
  expect(products.some((product) => product.name === "Voicemail as text" && !product.terminationDate)).toBe(true);

  await widget.toMyPlan();
  await widget.show("Extras");
  await widget.choose("Spam call blocking");
  await widget.button("Remove Spam call blocking").click();
  await expect(widget.offers).toBeVisible();
});

test("what excludes another is named on its card", async ({ standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(ALICE);
  await widget.show("Extras");
  await widget.choose("Full speed, 1 hour");
  await widget.button("Add something else").click();
  await expect(widget.card("Full speed, 24 hours")).toContainText("Not possible together with Full speed, 1 hour.");
  await expect(widget.card("Link report")).toContainText("Needs Malicious link filter (€1.50), which comes with it.");
});

test("another plan: what is lost is said before the consent, and a code lowers the price", async ({ page, payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(ALICE);
  await widget.show("Plans");
  await widget.chooseAndReview("Riviera 100 GB");
  await expect(page.getByText("What is left of your plan is lost when this one takes its place.")).toBeVisible();
  await page.getByText("Promo code").click();
  const code = page.getByRole("textbox", { name: "Promo code" });
  for (const [typed, answer] of [
    ["NONSENSE", "There is no code NONSENSE."],
    ["SUMMER24", "SUMMER24 has expired."],
    ["MONACO20", "MONACO20 is applied."],
  ]) {
    await code.fill(typed);
    await widget.button("Apply").click();
    await expect(page.getByText(answer)).toBeVisible();
  }
  await widget.expectFacts({ "Riviera 100 GB × 1": "€34.90", "To pay now": "€27.92" });
  await widget.consentAndOrder();
  await payment.expectAmount("€27.92");
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€27.92" });
  await sandbox.expectOneCharge(ALICE, 27.92);
  await widget.toMyPlan();
  await expect(widget.plan("Riviera 100 GB")).toContainText("100 GB of 100 GB");
});

test("a price that is not the one shown is said before the consent", async ({ page, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(ALICE);
  await expect(widget.card("Data 20")).toContainText("€24.00");
  await sandbox.setPrice("data-20", 2600);
  await widget.chooseAndReview("Data 20");
  await expect(page.getByText("The offers showed €24.00. Rocher Mobile’s price today is €26.00.")).toBeVisible();
  await expect(widget.order).toHaveText("Order with obligation to pay · €26.00");
});

test("a new line begins with a plan", async ({ payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(EMIL);
  await expect(widget.card("Data 20")).toContainText("Needs a plan on this line first.");
  await widget.plan("No plan on this line yet").getByRole("button", { name: "Plans" }).click();
  await widget.chooseAndReview("Riviera 10 GB");
  await widget.consentAndOrder();
  await payment.expectAmount("€14.90");
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€14.90" });
  await sandbox.expectOneCharge(EMIL, 14.9);
  await widget.toMyPlan();
  await expect(widget.plan("Riviera 10 GB")).toContainText("10 GB of 10 GB");
});

test("nothing is sold for a suspended line", async ({ standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(FATOU);
  await expect(widget.plan("Riviera 10 GB")).toContainText("Rocher Mobile has suspended this line.");
  await expect(widget.card("Data 20").getByRole("button")).toHaveCount(0);
});

test("a button stays the same while the plan comes, so that no click is lost", async ({ embed, page }) => {
  const held = await heldBack(page, "**/productInventory/**");
  await embed.open();
  await expect(embed.subscriber).toHaveValue(ALICE.msisdn);
  await expect(page.getByText("Loading your plan")).toBeAttached();
  const button = await embed.widget.button("Choose Data 20").elementHandle();
  held.open();
  await expect(embed.widget.plan(ALICE.plan)).toContainText("14.8 GB of 20 GB");
  expect(await button.evaluate((element) => element.isConnected)).toBe(true);
});
