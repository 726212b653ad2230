import { FR } from "./pages/words.js";
import { collectEvents } from "./support/events.js";
import { heldBack } from "./support/gate.js";
import { ALICE, BRUNO, CHIARA, expect, test } from "./support/test.js";

/** Two places on a page, one element. */
const TWO_PLACES = `
  <section aria-label="Renewal"><esim-renewal config="carrier.json"></esim-renewal></section>
  <section aria-label="Elsewhere"></section>`;

test("the element is drawn, and says when it is ready", async ({ host, page }) => {
  const events = await collectEvents(page);
  await host.openAs(ALICE);
  const element = await host.element();
  expect(await element.evaluate(async (element) => (await element.ready()) === element)).toBe(true);
  await expect(host.widget.plan(ALICE.plan)).toBeVisible();
  await expect(host.widget.card("Data 20")).toBeVisible();
  await expect.poll(() => events.map(({ name }) => name)).toEqual(["esim-ready"]);
});

test.describe("another language", () => {
  const inFrench = async (host) => (await host.element()).evaluate((element) => element.setAttribute("locale", "fr"));

  test("redraws the plan and the offers", async ({ host }) => {
    await host.openAs(ALICE);
    await expect(host.widget.plan(ALICE.plan)).toBeVisible();
    await expect(host.widget.card("Data 20")).toContainText("€24.00");
    await inFrench(host);
    const french = host.widgetIn("Renewal", FR);
    await expect(french.card("Data 20")).toContainText("24,00 €");
    await expect(french.plan(ALICE.plan)).toContainText("14,8 Go sur 20 Go");
    await expect(french.button(FR.choose("Data 20"))).toBeVisible();
  });

  test("keeps the kind of offers that is shown", async ({ host }) => {
    await host.openAs(ALICE);
    await host.widget.show("Plans");
    await inFrench(host);
    const french = host.widgetIn("Renewal", FR);
    await expect(french.tab(FR.plans)).toHaveAttribute("aria-selected", "true");
  });

  test("keeps the choice and the review", async ({ host }) => {
    await host.openAs(ALICE);
    await host.widget.choose("Data 20");
    await host.widget.button("One more").click();
    await inFrench(host);
    const french = host.widgetIn("Renewal", FR);
    await expect(french.heading(FR.howMany)).toBeVisible();
    await expect(french.quantity).toHaveValue("2");
    await french.review();
    await (await host.element()).evaluate((element) => element.setAttribute("locale", "en"));
    await expect(host.widget.heading("Check your order")).toBeVisible();
    await host.widget.expectFacts({ "To pay now": "€48.00" });
  });

  test.describe(() => {
    test.use({ ownCarrier: true });

    test("forgets no order that is on its way", async ({ guard, host, page, sandbox }) => {
      await host.openAs(BRUNO);
      await host.widget.chooseAndReview("Data 20");
      const sent = await heldBack(page, "**/productOrder");
      await host.widget.consentAndOrder();
      await expect(host.widget.heading("Placing your order")).toBeVisible();
      await inFrench(host);
      sent.open();
      await page.waitForURL("**/pay/*");
      await sandbox.expectBooked(BRUNO, { orders: ["pending"], payments: ["pendingAuthorization"] });
      expect(guard.posted("productOrder")).toHaveLength(1);
    });
  });
});

test("without a carrier the element's own children stay, and it is said why", async ({ guard, host, page }) => {
  guard.expect(/^console: <esim-renewal>: api-base-missing/);
  const events = await collectEvents(page);
  const said = [];
  page.on("console", (message) => message.type() === "error" && said.push(message.text()));
  await host.open({ body: '<esim-renewal><p>Call us: we renew it for you.</p></esim-renewal>' });
  await expect.poll(() => events).toEqual([{ name: "esim-error", detail: { code: "api-base-missing", about: "esim-renewal" } }]);
  await expect(page.getByText("Call us: we renew it for you.")).toBeVisible();
  expect(said).toHaveLength(1);
});

test("a carrier that is named later is asked then", async ({ guard, host, page, sandbox }) => {
  guard.expect(/^console: <esim-renewal>: api-base-missing/);
  await host.open({ body: '<section aria-label="Renewal"><esim-renewal><p>Call us.</p></esim-renewal></section>' });
  await expect(page.getByText("Call us.")).toBeVisible();
  await (await host.element()).evaluate((element, base) => element.setAttribute("api-base", base), sandbox.carrier);
  await expect(host.widget.card("Data 20")).toBeVisible();
  await expect(page.getByText("Call us.")).toBeHidden();
});

test("a file that cannot be loaded leaves the children, and says so", async ({ guard, host, page }) => {
  guard.expect(/ERR_FAILED|NS_ERROR_ABORT/, /^console: esim-renewal could not be loaded/);
  await page.route("**/widget.*.wasm", (route) => route.abort("failed"));
  const events = await collectEvents(page);
  await host.open({ body: '<esim-renewal config="carrier.json"><p>Call us.</p></esim-renewal>' });
  await expect.poll(() => events).toEqual([{ name: "esim-error", detail: { code: "load-failed" } }]);
  await expect(page.getByText("Call us.")).toBeVisible();
});

test("moved within the page, it goes on where it was", async ({ guard, host, page }) => {
  await host.openAs(ALICE, { body: TWO_PLACES });
  await host.widget.choose("Data 20");
  await host.widget.button("One more").click();
  const asked = guard.requests.length;
  await page.evaluate(() => document.querySelector("section:last-of-type").append(document.querySelector("esim-renewal")));
  const moved = host.widgetIn("Elsewhere");
  await expect(moved.heading("Your basket")).toBeVisible();
  await expect(moved.quantity).toHaveValue("2");
  await moved.review();
  await moved.expectFacts({ "To pay now": "€48.00" });
  expect(guard.requests.slice(asked).map((request) => new URL(request.url()).pathname)).not.toContain("/tmf-api/productInventory/v4/product");
});

test("taken away and put back, it is drawn anew and takes up what was begun", async ({ host, page }) => {
  await host.openAs(ALICE);
  await host.widget.choose("Data 20");
  await host.widget.button("One more").click();
  const element = await host.element();
  await element.evaluate((element) => element.remove());
  await expect.poll(() => element.evaluate((element) => element.shadowRoot.innerHTML)).toBe("<slot></slot>");
  await page.evaluate((element) => document.querySelector("section").append(element), element);
  await host.widget.expectStep("Your basket");
  await expect(host.widget.quantity).toHaveValue("2");
});

test("two elements on a page share no id and do not disturb each other", async ({ host, page }) => {
  await host.open({
    body: `<section aria-label="First"><esim-renewal config="carrier.json"></esim-renewal></section>
           <section aria-label="Second"><esim-renewal config="carrier.json" locale="fr"></esim-renewal></section>`,
    script: `const [first, second] = document.querySelectorAll("esim-renewal");
             first.tokenProvider = tokenFor("${ALICE.msisdn}");
             second.tokenProvider = tokenFor("${CHIARA.msisdn}");`,
  });
  const [first, second] = [host.widgetIn("First"), host.widgetIn("Second", FR)];
  await expect(first.plan(ALICE.plan)).toBeVisible();
  await expect(second.plan(CHIARA.plan)).toBeVisible();

  await first.choose("Data 20");
  await expect(second.offers).toBeVisible();
  await second.choose("Data 5");
  await second.quantity.fill("3");
  await expect(first.quantity).toHaveValue("1");
  const ids = await page.evaluate(() =>
    [...document.querySelectorAll("esim-renewal")].flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll("[id]")].map(({ id }) => id)),
  );
  expect(ids.length).toBeGreaterThan(4);
  expect(new Set(ids).size).toBe(ids.length);

  await first.review();
  await first.expectFacts({ "Data 20 × 1": "€24.00" });
  await second.review();
  await second.expectFacts({ "Data 5 × 3": "27,00 €" });
  await first.expectFacts({ "Data 20 × 1": "€24.00" });
});

test("two elements for two subscribers do not take up each other's checkout", async ({ host, page }) => {
  await host.open({
    body: `<section aria-label="First"><esim-renewal config="carrier.json"></esim-renewal></section>
           <section aria-label="Second"><esim-renewal config="carrier.json"></esim-renewal></section>`,
    script: `const [first, second] = document.querySelectorAll("esim-renewal");
             first.tokenProvider = tokenFor("${ALICE.msisdn}");
             second.tokenProvider = tokenFor("${CHIARA.msisdn}");`,
  });
  const [first, second] = [host.widgetIn("First"), host.widgetIn("Second")];
  await expect(second.plan(CHIARA.plan)).toBeVisible();
  await first.choose("Data 20");
  await page.reload();
  await expect(first.heading("Your basket")).toBeVisible();
  await expect(second.plan(CHIARA.plan)).toBeVisible();
});

test("a choice of one subscriber is not taken up for the next who is signed in", async ({ embed }) => {
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.choose("Data 20");
  await embed.subscriber.selectOption(BRUNO.msisdn);
  await expect(widget.plan(BRUNO.plan)).toBeVisible();
});

test.describe(() => {
  test.use({ ownCarrier: true });

  test("the receipt of one subscriber is no payment of the next who is signed in", async ({ embed, page, payment }) => {
    const { widget } = embed;
    await embed.openAs(ALICE);
    await widget.chooseAndReview("Data 20");
    await widget.consentAndOrder();
    await payment.payAccepted();
    await widget.expectReceipt();
    await embed.subscriber.selectOption(BRUNO.msisdn);
    await expect(widget.plan(BRUNO.plan)).toBeVisible();
    await expect(page.getByText("Don’t pay again")).toHaveCount(0);
  });
});

test("loaded twice, the script says so once and does nothing else", async ({ host, page }) => {
  const said = [];
  page.on("console", (message) => said.push([message.type(), message.text()]));
  await host.openAs(ALICE, { script: 'await import("./esim-renewal.js?again");' });
  await expect(host.widget.plan(ALICE.plan)).toBeVisible();
  await expect.poll(() => said).toEqual([["info", "<esim-renewal> is defined already: this further script does nothing."]]);
});

test("the function for tokens may be set before the element is known to the browser", async ({ host }) => {
  await host.openAs(ALICE, {
    loader: false,
    script: 'if (customElements.get("esim-renewal")) throw new Error("too late"); await import("./esim-renewal.js");',
  });
  await expect(host.widget.plan(ALICE.plan)).toBeVisible();
  const element = await host.element();
  expect(await element.evaluate((element) => [Object.hasOwn(element, "tokenProvider"), typeof element.tokenProvider])).toEqual([false, "function"]);
});

test("the function for tokens may be set after it was drawn", async ({ host }) => {
  await host.open({
    script: `const element = document.querySelector("esim-renewal");
             await element.ready();
             element.removeAttribute("config");
             element.setAttribute("api-base", apiBase);
             document.querySelector("h1").addEventListener("click", () => { element.tokenProvider = tokenFor("${ALICE.msisdn}"); });`,
  });
  await expect(host.widget.card("Data 20")).toBeVisible();
  await expect(host.widget.plan(ALICE.plan)).toHaveCount(0);
  await host.page.getByRole("heading", { name: "Host" }).click();
  await expect(host.widget.plan(ALICE.plan)).toBeVisible();
});

test.describe(() => {
  test.use({ ownCarrier: true });

  test("the steps and the completion are told, the completion once", async ({ host, page, payment }) => {
    const events = await collectEvents(page);
    await host.openAs(BRUNO);
    await host.widget.chooseAndReview("Data 20");
    await host.widget.consentAndOrder();
    await payment.payAccepted();
    await host.widget.expectReceipt();
    const order = (await host.widget.facts()).Order;
    await page.reload();
    await host.widget.expectReceipt();
    await host.widget.toMyPlan();

    const steps = events.filter(({ name }) => name === "esim-step-changed").map(({ detail }) => detail.step);
    expect(steps.slice(0, 5)).toEqual(["choose", "price", "review", "order", "payment"]);
    expect(steps.slice(-2)).toEqual(["done", "closed"]);
    expect(steps).toContain("confirming");
    expect(events.filter(({ name }) => name === "esim-checkout-completed")).toEqual([
      { name: "esim-checkout-completed", detail: { orderId: order, offeringIds: ["data-20"], amount: "24.00", currency: "EUR" } },
    ]);
  });
});

test("the page around keeps its head, its globals, its address and its history", async ({ host, page }) => {
  const around = () =>
    page.evaluate(() => ({
      head: document.head.innerHTML,
      styles: document.adoptedStyleSheets.length,
      html: document.documentElement.cloneNode(false).outerHTML,
      body: document.body.cloneNode(false).outerHTML,
      address: location.href,
      history: history.length,
      state: history.state,
    }));
  const globals = () => page.evaluate(() => Object.getOwnPropertyNames(window));
  await host.openAs(ALICE, { loader: false, script: 'document.querySelector("h1").addEventListener("click", () => import("./esim-renewal.js")); window.listens = true;' });
  await page.waitForFunction(() => window.listens);
  const [before, known] = [await around(), await globals()];
  await page.getByRole("heading", { name: "Host" }).click();
  const { widget } = host;
  await expect(widget.plan(ALICE.plan)).toBeVisible();
  await widget.show("Roaming");
  await widget.choose("France 3 GB");
  await widget.review();
  await widget.button("Edit").click();
  await widget.button("Other offers").click();
  await expect(widget.offers).toBeVisible();
  expect(await around()).toEqual(before);
  // A global by number is a frame, not a leak.
  expect((await globals()).filter((name) => !known.includes(name))).toEqual([]);
});

test("nothing is kept in the browser before the subscriber does anything", async ({ context, host, page }) => {
  await host.openAs(ALICE);
  await expect(host.widget.plan(ALICE.plan)).toBeVisible();
  await expect(host.widget.card("Data 20")).toBeVisible();
  expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
  expect(await context.cookies()).toEqual([]);
});
