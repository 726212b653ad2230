import { Finder } from "./pages/finder.js";
import { collectEvents } from "./support/events.js";
import { ALICE, BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

/** Moves the carrier's time to so many seconds before a promotion ends. */
async function beforeTheEnd(sandbox, name, seconds) {
  const { promotion, now } = await sandbox.promotion(name);
  await sandbox.advance(Math.floor((new Date(promotion.validFor.endDateTime) - now) / 1000) - seconds);
}

/** Lets that time go by, at the carrier and on the page. */
async function runOut(page, sandbox) {
  await sandbox.advance(600);
  await page.clock.fastForward(601_000);
}

test("a card shows what the cart charges, and strikes through nothing but the lowest price of 30 days", async ({ embed, payment, sandbox }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  const data = widget.card("Data 50");
  await expect(data).toContainText("5 euros off Data 50 · ends ");
  await expect(data).toContainText("€40.00");
  await expect(data).not.toContainText("€45.00");
  await expect(data.locator("s")).toHaveCount(0);
  // It was cheaper within 30 days: nothing is struck through.
  await expect(widget.card("Data 10").locator("s")).toHaveCount(0);
  await widget.show("Plans");
  const plan = widget.card("Riviera 20 GB");
  await expect(plan).toContainText("9% less");
  await expect(plan).toContainText("Lowest price in 30 days: €21.90");
  await expect(plan.locator("s")).toHaveText("€21.90");
  expect(await widget.facts(widget.card("Riviera 50 GB"))).toMatchObject({ "On top, as a gift": "5 GB" });
  const withCode = await widget.facts(widget.card("Riviera 100 GB"));
  expect(withCode).toMatchObject({ "20 % off Riviera 100": expect.stringMatching(/^with a promo code · ends /) });

  await widget.show("Data");
  await widget.choose("Data 50");
  await widget.expectFacts({ "Total, VAT included": "€40.00" });
  await widget.review();
  await widget.expectFacts({ "To pay now": "€40.00" });
  await expect(widget.root.getByText("The offers showed")).toHaveCount(0);
  await widget.consentAndOrder();
  await payment.expectAmount("€40.00");
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€40.00" });
  await sandbox.expectOneCharge(BRUNO, 40);
});

test("the best deal of those around is the one furthest below its lowest price, and only such a one", async ({ embed }) => {
  const { widget } = embed;
  await embed.open();
  const reason = "Best deal here: furthest below its lowest price in 30 days.";
  await expect(widget.card("Data 100")).toContainText("Data 100 in a flash");
  await expect(widget.offers.getByText(reason)).toHaveCount(0);
  await widget.show("Plans");
  await expect(widget.card("Riviera 20 GB")).toContainText(reason);
  await expect(widget.offers.getByText(reason)).toHaveCount(1);
  await expect(widget.card("Riviera Unlimited")).toContainText("full speed up to 200 GB");
});

test("a bundle says what it holds, what is there already, and what it saves", async ({ embed }) => {
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.show("Extras");
  const blocking = widget.card("Spam call blocking");
  await expect(blocking).toContainText("Quiet with Riviera 20");
  expect(await widget.facts(blocking)).toMatchObject({ "Quiet with Riviera 20": expect.stringMatching(/^together with Riviera 20 GB · ends /) });
  await widget.show("Bundles");
  const card = widget.offers.getByRole("listitem").filter({ has: widget.root.getByRole("heading") }).first();
  const facts = await widget.facts(card);
  const amount = (text) => Number(/[\d.]+/.exec(text)[0]);
  const price = amount(await card.locator(".price b").innerText());
  expect(amount(facts["Its parts one by one"]) - price).toBeCloseTo(amount(facts["You save"]), 5);
});

test("a bundle says which of its parts is there already", async ({ embed, payment }) => {
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.show("Extras");
  await widget.chooseAndReview("Spam call blocking");
  await widget.consentAndOrder();
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€1.90" }, widget.t.bought);
  await widget.toMyPlan();
  await widget.show("Bundles");
  const part = widget.offers.getByRole("listitem").filter({ hasText: "Spam call blocking" }).last();
  await expect(part).toContainText("(you already have it)");
  await expect(widget.offers.getByText("(you already have it)")).toHaveCount(1);
});

test("a deal runs out on the screen, by the carrier's clock", async ({ embed, page, sandbox }) => {
  const { widget } = embed;
  test.slow();
  await beforeTheEnd(sandbox, "Data 100 in a flash", 18);
  // The device's clock is hours off, which changes nothing.
  await page.clock.setSystemTime(Date.now() - 5 * 3_600_000);
  await embed.open();
  const card = widget.card("Data 100");
  await expect(card).toContainText(/Data 100 in a flash · ends in 0 mins \d+ secs?/);
  const before = await card.locator(".price b").innerText();
  await expect(card).not.toContainText("flash", { timeout: 30_000 });
  const after = await card.locator(".price b").innerText();
  expect([before, after].map((text) => Number(/[\d.]+/.exec(text)[0]))).toEqual([63.75, 75]);
  // Loading the page anew begins no new countdown.
  await page.reload();
  await expect(card).toContainText(after);
  await expect(card).not.toContainText("flash");
});

test("a deal that runs out in the review goes there too: the price without it needs a consent of its own", async ({ embed, guard, page, sandbox }) => {
  const { widget } = embed;
  guard.expect(/401/);
  await page.clock.install();
  await beforeTheEnd(sandbox, "Data 100 in a flash", 600);
  await embed.openAs(BRUNO);
  await widget.chooseAndReview("Data 100");
  await widget.expectFacts({ "To pay now": "€63.75" });
  await widget.consent.check();
  await runOut(page, sandbox);
  await expect(widget.root.getByText("Data 100 in a flash has ended. This is the price without it.")).toBeVisible();
  await widget.expectFacts({ "To pay now": "€75.00" });
  await expect(widget.consent).not.toBeChecked();
  await sandbox.expectBooked(BRUNO, {});
});

test("a deal that runs out while it is compared and planned with goes from both: the table and the trip follow", async ({ embed, page, sandbox }) => {
  const { widget } = embed;
  const finder = new Finder(widget);
  await page.clock.install();
  await beforeTheEnd(sandbox, "Autumn in Europe", 600);
  await embed.open();
  await finder.open();
  await finder.type.selectOption({ label: "Roaming" });
  await finder.compare("European Union 5 GB");
  const price = finder.table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Price", exact: true }) });
  await expect(price).toContainText("€10.71");
  await finder.openTrip();
  await finder.leg(0, "italy", "7");
  await finder.plan("4");
  await expect(finder.answer).toContainText("In all €10.71");
  await runOut(page, sandbox);
  await expect(finder.answer).toContainText("In all €11.90");
  await expect(price).toContainText("€11.90");
});

test("a promotion that makes no sense is left out and told of once", async ({ embed, page }) => {
  const { widget } = embed;
  const events = await collectEvents(page);
  const spoil = {
    "data-50-less-5": (one) => (one.pattern[0].action[0].actionValue = "5.00 CHF"),
    "autumn-europe": (one) => (one.pattern[0].action[0].actionValue = "101"),
    "data-100-flash": (one) => (one.validFor.endDateTime = one.validFor.startDateTime),
    "riviera-50-bonus": (one) => (one.pattern[0].action[0].actionType = "somethingNew"),
  };
  await page.route("**/promotion?*", async (route) => {
    const answer = await route.fetch();
    const all = await answer.json();
    for (const one of all) spoil[one.id]?.(one);
    await route.fulfill({ response: answer, json: all });
  });
  await embed.open();
  await expect(widget.card("Data 50")).toContainText("€45.00");
  await expect(widget.card("Data 100")).toContainText("€75.00");
  const errors = () => events.filter(({ name }) => name === "esim-error").map(({ detail }) => [detail.code, detail.about]);
  await expect.poll(() => errors().sort()).toEqual([
    ["malformed-promotion", "autumn-europe: actionValue"],
    ["malformed-promotion", "data-100-flash: validFor"],
    ["malformed-promotion", "data-50-less-5: actionValue"],
  ]);
});

test("a carrier whose promotions cannot be had has its prices, and no deals; the page is told once", async ({ embed, guard, page }) => {
  guard.expect(/50[0-9]/);
  const events = await collectEvents(page);
  await page.route("**/promotion?*", (route) => route.fulfill({ status: 500, body: "" }));
  await embed.open();
  await expect(embed.widget.card("Data 50")).toContainText("€45.00");
  const errors = () => events.filter(({ name }) => name === "esim-error").map(({ detail }) => detail);
  await expect.poll(errors).toEqual([{ code: "promotions-unavailable", about: "promotion" }]);
});

test("where the carrier hides its time, the device's takes an ended deal away, and counts nothing down", async ({ embed, page, sandbox }) => {
  await page.route("**/promotion?*", async (route) => {
    const response = await route.fetch();
    const { "access-control-expose-headers": exposed, date, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  const { promotion } = await sandbox.promotion("Data 100 in a flash");
  await page.clock.install({ time: new Date(promotion.validFor.endDateTime).getTime() - 60_000 });
  await embed.open();
  const card = embed.widget.card("Data 100");
  await expect(card).toContainText("Data 100 in a flash · ends ");
  await expect(card).not.toContainText("ends in");
  await page.clock.runFor(95_000);
  await expect(card).not.toContainText("flash");
  await expect(card).toContainText("€75.00");
  const promotions = page.waitForResponse("**/promotion?*");
  await page.reload();
  await (await promotions).finished();
  await expect(card).toContainText("€75.00");
  await expect(card).not.toContainText("flash");
});
