import { routeOnce } from "./support/once.js";
import { DORA, expect, test } from "./support/test.js";

// A carrier that sells credit by TMF654 top-ups alone: without an order, and without a key.
test.use({ ownCarrier: true });

const body = '<section aria-label="Renewal"><esim-renewal config="carrier.json" credit="topup"></esim-renewal></section>';
const CARD = "Visa ending in 4242";

test.beforeEach(async ({ host, page }) => {
  const { widget } = host;
  await host.openAs(DORA, { body });
  await expect(widget.plan(DORA.plan)).toContainText("Credit: €20.00");
  await widget.show("Credit");
  await widget.choose("Credit");
  await page.getByRole("textbox", { name: "Amount" }).fill("12.50");
  await widget.review();
  await widget.expectFacts({ "Credit × 1": "€12.50", "To pay now": "€12.50" });
});

test("credit is topped up at once, by what is known of the subscriber", async ({ guard, host, page, sandbox }) => {
  const { widget } = host;
  const booked = await sandbox.booked(DORA);
  // Neither the payment page nor credit itself can bring credit here.
  await expect(page.getByRole("radio")).toHaveCount(4);
  await expect(page.getByRole("radio", { name: /payment page|credit of/ })).toHaveCount(0);
  await page.getByRole("radio", { name: CARD }).check();
  await expect(page.getByText("Your credit grows at once.")).toBeVisible();
  await widget.consentAndOrder();
  await widget.expectReceipt({ "Credit × 1": "€12.50", "Total paid": "€12.50" }, widget.t.bought);
  expect(guard.posted("topupBalance")).toHaveLength(1);
  const topUps = await sandbox.topUps(DORA);
  expect(topUps.map(({ status, amount }) => [status, amount])).toEqual([["completed", { amount: 12.5, units: "EUR" }]]);
  await widget.expectFacts({ Order: topUps[0].id });
  expect(await sandbox.booked(DORA)).toEqual(booked);
  await widget.toMyPlan();
  await expect(widget.plan(DORA.plan)).toContainText("Credit: €32.50");
});

test("the reply gets lost: it is found in the list, and is the only one", async ({ guard, host, page, sandbox }) => {
  const { widget } = host;
  guard.expect(/ERR_FAILED/);
  await routeOnce(page, "**/topupBalance", async (route) => {
    await route.fetch();
    await route.abort("failed");
  });
  await page.getByRole("radio", { name: CARD }).check();
  await widget.consentAndOrder();
  await widget.expectReceipt({ "Total paid": "€12.50" }, widget.t.bought);
  expect(guard.posted("topupBalance")).toHaveLength(1);
  expect(await sandbox.topUps(DORA)).toHaveLength(1);
});

test("a reload while the reply is out finds it too", async ({ guard, host, page, sandbox }) => {
  const { widget } = host;
  guard.expect(/ERR_/);
  let reloaded;
  const answered = new Promise((resolve) => {
    reloaded = resolve;
  });
  await routeOnce(page, "**/topupBalance", async (route) => {
    await route.fetch();
    reloaded(page.reload());
  });
  await page.getByRole("radio", { name: CARD }).check();
  await widget.consentAndOrder();
  await answered;
  await widget.expectReceipt({ "Total paid": "€12.50" }, widget.t.bought);
  expect(await sandbox.topUps(DORA)).toHaveLength(1);
});

test("it never arrived: it is being confirmed, without a button to pay and without a second request", async ({ guard, host, page, sandbox }) => {
  const { widget } = host;
  guard.expect(/ERR_FAILED/);
  await routeOnce(page, "**/topupBalance", (route) => route.abort("failed"));
  await page.getByRole("radio", { name: CARD }).check();
  await widget.consentAndOrder();
  await widget.expectStep(widget.t.orderUnknown);
  const asked = page.waitForResponse("**/topupBalance?*");
  await widget.button(widget.t.checkNow).click();
  await asked;
  await widget.expectNoPayButton();
  expect(guard.posted("topupBalance")).toHaveLength(1);
  expect(await sandbox.topUps(DORA)).toEqual([]);
});

test("another top-up of the same amount is not taken for it", async ({ guard, host, page, sandbox }) => {
  const { widget } = host;
  guard.expect(/ERR_FAILED/);
  // Begun elsewhere after the price was shown here, and the one from here never arrives.
  await routeOnce(page, "**/topupBalance", async (route) => {
    const other = { ...route.request().postDataJSON(), description: "from another device" };
    await route.fetch({ postData: JSON.stringify(other) });
    await route.abort("failed");
  });
  await page.getByRole("radio", { name: CARD }).check();
  await widget.consentAndOrder();
  await widget.expectStep(widget.t.orderUnknown);
  const asked = page.waitForResponse("**/topupBalance?*");
  await widget.button(widget.t.checkNow).click();
  await asked;
  await expect(widget.heading(widget.t.orderUnknown)).toBeVisible();
  expect(await sandbox.topUps(DORA)).toHaveLength(1);
});

test("a card that has expired is said to have, and the credit is bought another way", async ({ host, page, sandbox }) => {
  const { widget } = host;
  await page.getByRole("radio", { name: "Visa ending in 0069" }).check();
  await widget.consentAndOrder();
  await widget.expectStep("Your card has expired");
  await expect(page.getByText("Nothing was ordered or charged.")).toBeVisible();
  await widget.button(widget.t.newPrice).click();
  await page.getByRole("radio", { name: "With your next bill from Rocher Mobile" }).check();
  await widget.consentAndOrder();
  await widget.expectReceipt({ "Total, on your next bill": "€12.50" }, widget.t.boughtFree);
  expect((await sandbox.topUps(DORA)).map(({ status }) => status)).toEqual(["failed", "completed"]);
});

test("it stands alone in the basket: nothing else joins it, and that is said", async ({ host }) => {
  const { widget } = host;
  await widget.button("Edit").click();
  await widget.button("Add something else").click();
  await widget.show("Data");
  const card = widget.card("Data 20");
  await expect(card).toContainText("Please finish or empty your basket first");
  await expect(card.getByRole("button")).toHaveCount(0);
  await widget.button("Go to the basket").click();
  await widget.button("Remove Credit").click();
  await widget.chooseAndReview("Data 20");
  await widget.expectFacts({ "To pay now": "€24.00" });
});
