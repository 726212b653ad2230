import { collectEvents } from "./support/events.js";
import { heldBack } from "./support/gate.js";
import { routeOnce } from "./support/once.js";
import { ALICE, BRUNO, expect, test } from "./support/test.js";

const LOST = [/^failed: .* net::ERR_FAILED/, /^console: Failed to load resource: net::ERR_FAILED/];
const refused = (status) => [new RegExp(`^failed: .* ${status}$`), new RegExp(`^console: Failed to load resource: .* ${status} `)];

test("a carrier that cannot be reached: said so, with the hotline, and loaded again when asked", async ({ embed, guard, page }) => {
  const { widget } = embed;
  guard.expect(...LOST);
  await page.route("**/tmf-api/**", (route) => route.abort("failed"));
  await embed.open();
  // Questions are asked three times before they count as failed.
  await expect(widget.alert).toHaveCount(2);
  for (const title of ["We can’t show your plan right now", "The offers can’t be loaded"]) {
    const notice = widget.alert.filter({ hasText: title });
    await expect(notice).toContainText("The network seems to be away. Please try again once it is back.");
    await expect(notice.getByRole("link", { name: widget.t.call })).toHaveAttribute("href", "tel:+37799003456");
  }
  await page.unroute("**/tmf-api/**");
  for (const [title, shown] of [["plan", widget.plan(ALICE.plan)], ["offers", widget.card("Data 20")]]) {
    await widget.alert.filter({ hasText: title }).getByRole("button", { name: widget.t.tryAgain }).click();
    await expect(shown).toBeVisible();
  }
  await expect(widget.alert).toHaveCount(0);
});

test("a sign-in server that cannot be reached is said on the screen", async ({ guard, page, standalone }) => {
  const { widget } = standalone;
  guard.expect(...LOST, /sign-in-failed: unreachable/);
  await standalone.open();
  await expect(widget.card("Data 20")).toBeVisible();
  await page.route("**/.well-known/**", (route) => route.abort("failed"));
  await widget.signIn.click();
  await expect(widget.alert).toBeVisible();
});

test("a checkout that cannot be loaded: said so, and loaded when asked again", async ({ embed, guard, page }) => {
  const { widget } = embed;
  guard.expect(...LOST, /^console: TypeError: Failed to fetch/);
  await embed.openAs(ALICE);
  await routeOnce(page, "**/checkout.*.wasm", (route) => route.abort("failed"));
  await widget.button(widget.t.choose("Data 5")).click();
  await expect(widget.alert).toContainText("The checkout can’t be loaded");
  await expect(widget.alert.getByRole("link", { name: widget.t.call })).toBeVisible();
  await widget.alert.getByRole("button", { name: widget.t.tryAgain }).click();
  await widget.expectStep(widget.t.howMany);
});

test("an offering that makes no sense is left out: the others stay, and the page is told", async ({ embed, page }) => {
  const { widget } = embed;
  const events = await collectEvents(page);
  await page.route("**/productOffering?*", async (route) => {
    const answer = await route.fetch();
    const offerings = await answer.json();
    delete offerings.find(({ id }) => id === "data-2").productOfferingPrice[0].price.taxIncludedAmount;
    await route.fulfill({ response: answer, json: offerings });
  });
  await embed.open();
  await expect(widget.card("Data 20")).toBeVisible();
  await expect(widget.card("Data 2")).toHaveCount(0);
  await expect(page.getByText("One offer could not be shown.")).toBeVisible();
  await expect(page.getByText("6 offers")).toBeVisible();
  const errors = events.filter(({ name }) => name === "esim-error");
  expect(errors).toEqual([{ name: "esim-error", detail: { code: "malformed-offering", about: expect.stringContaining("data-2") } }]);
});

test("a bundle of which a part is not known is left out too: its saving could not be told", async ({ embed, page }) => {
  const { widget } = embed;
  const events = await collectEvents(page);
  await page.route("**/productOffering?*", async (route) => {
    const answer = await route.fetch();
    const offerings = await answer.json();
    await route.fulfill({ response: answer, json: offerings.filter(({ id }) => id !== "roaming-world-5") });
  });
  await embed.open();
  await widget.show("Bundles");
  await expect(widget.card("Globetrotter")).toHaveCount(0);
  await expect(page.getByText("One offer could not be shown.")).toBeVisible();
  const errors = events.filter(({ name }) => name === "esim-error").map(({ detail }) => detail);
  expect(errors).toEqual([{ code: "malformed-offering", about: expect.stringMatching(/: bundledProductOffering$/) }]);
});

test("a total that does not add up is no price", async ({ embed, page }) => {
  const { widget } = embed;
  await page.route("**/shoppingCart", async (route) => {
    const answer = await route.fetch();
    const cart = await answer.json();
    cart.cartTotalPrice[0].price.taxIncludedAmount.value += 1;
    await route.fulfill({ response: answer, json: cart });
  });
  await embed.openAs(ALICE);
  await widget.choose("Data 5");
  await widget.toReview.click();
  await expect(widget.alert).toContainText("There is no price right now");
  await expect(widget.order).toHaveCount(0);
});

test.describe(() => {
  test.use({ ownCarrier: true });

  test.beforeEach(async ({ embed }) => {
    await embed.openAs(BRUNO);
    await embed.widget.chooseAndReview("Data 20");
  });

  /** The carrier takes what is posted, and its reply gets lost. */
  async function loseReply(page, resource) {
    await routeOnce(page, `**/${resource}`, async (route) => {
      await route.fetch();
      await route.abort("failed");
    });
  }

  test("the reply to the order gets lost: nobody is asked to order or pay again, and it is found", async ({ embed, guard, page, payment, sandbox }) => {
    const { widget } = embed;
    guard.expect(...LOST);
    await loseReply(page, "productOrder");
    const looked = await heldBack(page, "**/productOrder?externalId=*");
    await widget.consentAndOrder();
    await widget.expectStep(widget.t.orderUnknown);
    await widget.expectNoPayButton();
    await expect(page.getByText("Don’t pay again: nothing is charged twice.")).toBeVisible();
    await widget.expectFacts({ Reference: guard.posted("productOrder")[0].externalId, Amount: "€24.00" });
    await expect(widget.button(widget.t.checkNow)).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name: widget.t.call })).toBeVisible();
    looked.open();

    await widget.expectStep("Your order is not paid yet");
    await widget.button(widget.t.pay("€24.00")).click();
    await payment.payAccepted();
    await widget.expectReceipt();
    await sandbox.expectOneCharge(BRUNO, 24);
    expect(guard.posted("productOrder")).toHaveLength(1);
  });

  test("the order itself gets lost: it is still being confirmed, without a second order", async ({ embed, guard, page, sandbox }) => {
    const { widget } = embed;
    guard.expect(...LOST);
    await routeOnce(page, "**/productOrder", (route) => route.abort("failed"));
    await widget.consentAndOrder();
    await widget.expectStep(widget.t.orderUnknown);
    for (const _ of [1, 2]) {
      const asked = page.waitForResponse("**/productOrder?externalId=*");
      await widget.button(widget.t.checkNow).click();
      await asked;
      await expect(widget.heading(widget.t.orderUnknown)).toBeVisible();
      await widget.expectNoPayButton();
    }
    expect(guard.posted("productOrder")).toHaveLength(1);
    await sandbox.expectBooked(BRUNO, {});
  });

  test("the reply to the payment gets lost: it is found, and is the only one that is paid", async ({ embed, guard, page, payment, sandbox }) => {
    const { widget } = embed;
    guard.expect(...LOST);
    await loseReply(page, "payment");
    const looked = await heldBack(page, "**/payment?correlatorId=*");
    await widget.consentAndOrder();
    await widget.expectStep(widget.t.paymentUnknown);
    await widget.expectNoPayButton();
    looked.open();

    await widget.expectStep(widget.t.paymentOpen);
    await widget.button(widget.t.backToPayment("€24.00")).click();
    await payment.payAccepted();
    await widget.expectReceipt();
    await sandbox.expectOneCharge(BRUNO, 24);
    expect(guard.posted("payment")).toHaveLength(1);
  });

  test("a token that ends in the middle is renewed once, and the same order is sent again", async ({ embed, guard, page, payment, sandbox }) => {
    const { widget } = embed;
    guard.expect(...refused(401), /401/);
    const tokens = () => guard.requests.filter((request) => request.url().endsWith("/demo/token")).length;
    const before = tokens();
    await routeOnce(page, "**/productOrder", (route) => route.continue({ headers: { ...route.request().headers(), authorization: "Bearer ended" } }));
    await widget.consentAndOrder();
    await payment.expectAmount("€24.00");
    expect(tokens() - before).toBe(1);
    await payment.payAccepted();
    await widget.expectReceipt();
    const [first, second, ...more] = guard.posted("productOrder");
    expect(second).toEqual(first);
    expect(more).toEqual([]);
    await sandbox.expectOneCharge(BRUNO, 24);
  });

  test("a sign-in that is over in the middle is said, and nothing is ordered", async ({ embed, guard, page, sandbox }) => {
    const { widget } = embed;
    guard.expect(/401/);
    await page.route("**/productOrder", (route) => route.continue({ headers: { ...route.request().headers(), authorization: "Bearer ended" } }));
    await widget.consentAndOrder();
    await widget.expectStep("You were signed out");
    await sandbox.expectBooked(BRUNO, {});
  });

  test("another price since the consent: nothing is ordered, and the new one asks for a new consent", async ({ embed, guard, page, payment, sandbox }) => {
    const { widget } = embed;
    guard.expect(/409/);
    await widget.expectFacts({ "To pay now": "€24.00" });
    await sandbox.setPrice("data-20", 2550);
    await widget.consentAndOrder();
    await widget.expectStep(widget.t.priceChanged);
    await expect(page.getByText("Nothing was ordered or charged.")).toBeVisible();
    await sandbox.expectBooked(BRUNO, {});

    await widget.button(widget.t.newPrice).click();
    await widget.expectFacts({ Before: "€24.00", Now: "€25.50", "To pay now": "€25.50" });
    await expect(widget.consent).not.toBeChecked();
    await widget.order.click();
    await expect(widget.alert).toHaveText("Please tick the box to go on.");
    await widget.consentAndOrder();
    await payment.expectAmount("€25.50");
    await payment.payAccepted();
    await widget.expectReceipt({ "Total paid": "€25.50" });
    await sandbox.expectOneCharge(BRUNO, 25.5);
  });

  test("a carrier that fails after it took the order", async ({ embed, guard, page, payment, sandbox }) => {
    const { widget } = embed;
    guard.expect(/ 50[02]\b|status of 502/);
    await routeOnce(page, "**/productOrder", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, status: 502, body: "<h1>Bad gateway</h1>" });
    });
    await widget.consentAndOrder();
    await widget.expectStep("Your order is not paid yet");
    await widget.button(widget.t.pay("€24.00")).click();
    await payment.payAccepted();
    await widget.expectReceipt();
    await sandbox.expectOneCharge(BRUNO, 24);
  });
});

test("a token of the sign-in server that ends is renewed by the refresh token", async ({ guard, page, standalone }) => {
  guard.expect(/401/);
  await routeOnce(page, "**/productInventory/**", (route) => route.continue({ headers: { ...route.request().headers(), authorization: "Bearer ended" } }));
  await standalone.openAs(ALICE);
  const grants = guard.requests.filter((request) => request.url().endsWith("/oauth/token")).map((request) => new URLSearchParams(request.postData()).get("grant_type"));
  expect(grants).toEqual(["authorization_code", "refresh_token"]);
});

test("a page that never gives its token: nothing is sent, and that is said", async ({ guard, host, page }) => {
  await page.clock.install();
  await host.openAs(BRUNO, {
    script: `
const element = document.querySelector("esim-renewal");
const give = element.tokenProvider;
element.tokenProvider = () => (window.silent ? new Promise(() => (window.waitedFor = true)) : give());`,
  });
  const { widget } = host;
  await widget.chooseAndReview("Data 20");
  await widget.consent.check();
  // The next call finds its token refused, and asks the page for another.
  await page.evaluate(() => (window.silent = true));
  await routeOnce(page, "**/productOrder", (route) => route.fulfill({ status: 401, json: {} }));
  guard.expect(...refused(401));
  await widget.order.click();
  await expect.poll(() => page.evaluate(() => window.waitedFor)).toBe(true);
  await page.clock.fastForward(15_000);
  await widget.expectStep("Your order was not sent");
  await expect(page.getByText("Nothing was ordered or charged.")).toBeVisible();

  await page.evaluate(() => (window.silent = false));
  await widget.button(widget.t.newPrice).click();
  await widget.expectStep(widget.t.check);
  expect(guard.posted("productOrder")).toHaveLength(1);
});

test("a carrier that asks to wait is waited for, and that is said", async ({ embed, page, guard, sandbox }) => {
  guard.expect(...refused(503));
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.choose("Data 5");
  await sandbox.fault(ALICE, "methods", "busy503", { seconds: 3 });
  const said = page.getByText("Rocher Mobile is busy. We try again by ourselves in a moment.");
  await expect(said).toHaveCount(0);
  // It is shown for as long as the carrier asks to wait, and the review is there before.
  await widget.toReview.click();
  await expect(said).toBeVisible();
  await expect(said).toHaveCount(0);
  await expect(widget.order).toBeVisible();
  expect(await sandbox.faults(ALICE)).toEqual([]);
});

test("a carrier that has no time for an order did nothing with it, and that is said", async ({ embed, guard, page, sandbox }) => {
  guard.expect(...refused(429));
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.chooseAndReview("Data 5");
  await sandbox.fault(ALICE, "order", "busy429");
  await widget.consentAndOrder();
  await widget.expectStep("There is a lot going on right now");
  await expect(page.getByText("Nothing was ordered or charged.")).toBeVisible();
  await sandbox.expectBooked(ALICE, {});
  await widget.button(widget.t.newPrice).click();
  await widget.expectStep(widget.t.check);
  expect(guard.posted("productOrder")).toHaveLength(1);
});

test.describe("a carrier that orders at another total", () => {
  test.use({ ownCarrier: true });

  test("is not paid: the order is called off, both amounts are shown, and the next consent is a new one", async ({ embed, guard, page, payment, sandbox }) => {
    const { widget } = embed;
    await embed.openAs(BRUNO);
    await widget.chooseAndReview("Data 20");
    await routeOnce(page, "**/productOrder", async (route) => {
      const response = await route.fetch();
      const order = await response.json();
      order.orderTotalPrice[0].price.taxIncludedAmount.value = 25;
      await route.fulfill({ response, json: order });
    });
    await widget.consentAndOrder();
    await widget.expectStep("We stopped before paying");
    await widget.expectFacts({ "You agreed to": "€24.00", "Asked now": "€25.00" });
    await expect.poll(async () => (await sandbox.ledger(BRUNO)).orders.map(({ state }) => state)).toEqual(["cancelled"]);
    expect(guard.posted("payment")).toEqual([]);

    await widget.button(widget.t.newPrice).click();
    await widget.expectStep(widget.t.check);
    await widget.consentAndOrder();
    await payment.payAccepted();
    await widget.expectReceipt({ "Total paid": "€24.00" });
    const { charges } = await sandbox.ledger(BRUNO);
    expect(charges.map(({ amount }) => amount.value)).toEqual([24]);
  });
});
