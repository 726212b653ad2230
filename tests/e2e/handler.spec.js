// The page around asks for the card, in fields of its own within the widget; or a wallet of the browser does.

import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

const BODY = `
<section aria-label="Renewal">
  <esim-renewal config="carrier.json">
    <form slot="payment">
      <label>Card (a provider's field) <input name="card"></label>
      <button>Use this card</button>
    </form>
  </esim-renewal>
</section>`;

/** A handler that waits for the form, and answers what was typed: a token, or an answer as JSON. */
const SCRIPT = `
const element = document.querySelector("esim-renewal");
const form = document.querySelector("form");
window.asked = [];
element.paymentHandler = ({ signal, ...request }) =>
  new Promise((resolve, reject) => {
    window.asked.push(request);
    signal.addEventListener("abort", () => { window.aborted = true; });
    form.onsubmit = (event) => {
      event.preventDefault();
      const typed = form.elements.card.value;
      if (typed === "throw") reject(new Error("no"));
      else resolve(typed.startsWith("{") ? JSON.parse(typed) : { token: typed });
    };
  });`;

const enter = async (page, text) => {
  await page.getByLabel("Card (a provider's field)").fill(text);
  await page.getByRole("button", { name: "Use this card" }).click();
};

test.describe("the page's own fields", () => {
  test.beforeEach(async ({ host, page }) => {
    await host.openAs(BRUNO, { body: BODY, script: SCRIPT });
    const { widget } = host;
    await expect(page.getByLabel("Card (a provider's field)")).toBeHidden();
    await widget.chooseAndReview("Data 20");
    await expect(page.getByRole("radio", { name: "By card, here on this page" })).toBeChecked();
    await widget.consentAndOrder();
    await widget.expectStep("Enter your card");
  });

  test("a token pays without leaving the page, and is kept nowhere", async ({ guard, host, page, sandbox }) => {
    await sandbox.expectBooked(BRUNO, { orders: ["pending"] });
    await enter(page, "tok-accepted");
    await host.widget.expectReceipt({ "Total paid": "€24.00" });
    await sandbox.expectOneCharge(BRUNO, 24);
    const [request] = await page.evaluate(() => window.asked);
    const [payment] = guard.posted("payment");
    expect(request).toEqual({ amount: "24.00", currency: "EUR", order: payment.paymentItem[0].item.id, key: payment.correlatorId });
    expect(payment.paymentMethod).toEqual({ "@type": "tokenizedCard", token: "tok-accepted" });
    const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    expect(kept).toContain(payment.correlatorId);
    expect(kept).not.toContain("tok-accepted");
  });

  test("a declined card can be followed by another one, under a key of its own", async ({ guard, host, page, sandbox }) => {
    const { widget } = host;
    await enter(page, "tok-declined");
    await widget.expectStep(widget.t.declined);
    await page.getByRole("radio", { name: "By card, here on this page" }).check();
    await widget.button(widget.t.payAgain("€24.00")).click();
    await enter(page, "tok-accepted");
    await widget.expectReceipt();
    const keys = guard.posted("payment").map((posted) => posted.correlatorId);
    expect(new Set(keys).size).toBe(2);
    await sandbox.expectBooked(BRUNO, { orders: ["completed"], payments: ["captured", "cardDeclined"], charges: ["24 EUR"] });
  });

  test("a bank that wants to confirm leads there and back", async ({ host, page, sandbox }) => {
    await enter(page, "tok-3ds");
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await host.widget.expectReceipt();
    await sandbox.expectOneCharge(BRUNO, 24);
  });

  for (const { name, answer, step } of [
    { name: "the provider says no", answer: '{"declined":"insufficientFunds"}', step: "There isn’t enough money" },
    { name: "the handler fails before it asks anything", answer: "throw", step: "The payment didn’t start" },
  ]) {
    test(`${name}: nothing was sent, and another way is open`, async ({ guard, host, page, payment, sandbox }) => {
      const { widget } = host;
      await enter(page, answer);
      await widget.expectStep(step);
      expect(guard.posted("payment")).toEqual([]);
      await page.getByRole("radio", { name: /payment page/ }).check();
      await page.getByRole("button", { name: /^(Pay|Try another card)/ }).click();
      await payment.payAccepted();
      await expect(page.getByRole("heading", { name: widget.t.renewed })).toBeVisible();
      await sandbox.expectOneCharge(BRUNO, 24);
    });
  }

  for (const answer of ['{"unknown":true}', '{"nonsense":1}']) {
    test(`${answer} may be about money: it is asked for, and nothing offers to pay again`, async ({ guard, host, page, sandbox }) => {
      const { widget } = host;
      await enter(page, answer);
      await widget.expectStep(widget.t.paymentUnknown);
      await widget.expectNoPayButton();
      expect(guard.posted("payment")).toEqual([]);
      await page.reload();
      await widget.expectStep(widget.t.paymentUnknown);
      await sandbox.expectBooked(BRUNO, { orders: ["pending"] });
    });
  }

  test("a handler that stops when it is told to has failed in nothing", async ({ host, page }) => {
    const { widget } = host;
    await page.evaluate(() => {
      window.errors = [];
      addEventListener("esim-error", ({ detail }) => window.errors.push(detail));
      document.querySelector("esim-renewal").paymentHandler = ({ signal }) =>
        new Promise((resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    await widget.button("Pay another way").click();
    await widget.expectStep(widget.t.cancelled);
    await page.getByRole("radio", { name: "By card, here on this page" }).check();
    await widget.button(widget.t.pay("€24.00")).click();
    await widget.expectStep("Enter your card");
    await widget.button("Pay another way").click();
    await widget.expectStep(widget.t.cancelled);
    expect(await page.evaluate(() => window.errors)).toEqual([]);
  });

  test("whoever pays otherwise is not asked any more, and a late token is not used", async ({ guard, host, page, sandbox }) => {
    const { widget } = host;
    await widget.button("Pay another way").click();
    await widget.expectStep(widget.t.cancelled);
    expect(await page.evaluate(() => window.aborted)).toBe(true);
    await page.evaluate(() => document.querySelector("form").onsubmit(new Event("submit")));
    await expect(widget.heading(widget.t.cancelled)).toBeVisible();
    expect(guard.posted("payment")).toEqual([]);
    await sandbox.expectBooked(BRUNO, { orders: ["pending"] });
  });

  test("a reload while the card is typed: nothing was charged, and it can be paid", async ({ guard, host, page, sandbox }) => {
    const { widget } = host;
    await page.reload();
    await widget.expectStep(widget.t.unpaid);
    await page.getByRole("radio", { name: "By card, here on this page" }).check();
    await widget.button(widget.t.pay("€24.00")).click();
    await enter(page, "tok-accepted");
    await widget.expectReceipt();
    expect(guard.posted("productOrder")).toHaveLength(1);
    await sandbox.expectOneCharge(BRUNO, 24);
  });

  test("an element that is taken away tells the handler so", async ({ host, page }) => {
    await (await host.element()).evaluate((element) => element.remove());
    await expect.poll(() => page.evaluate(() => window.aborted)).toBe(true);
  });
});

test.describe("a wallet of the browser", () => {
  /** A browser with a wallet, since a test has none: it answers what the test says. */
  const wallet = (answer) => `
window.PaymentRequest = class {
  constructor(methods, details) { Object.assign(this, { methods, details }); window.requested = { methods, details }; }
  canMakePayment() { return Promise.resolve(this.methods[0].supportedMethods === "https://wallet.example/pay"); }
  show() { ${answer} }
};`;
  const TOKEN = `return Promise.resolve({ details: { wallet: "tok-accepted" }, complete: (result) => { window.completed = result; return Promise.resolve(); } });`;
  const METHODS = [{ supportedMethods: "https://wallet.example/pay", data: { merchant: "rocher" } }];

  async function open({ context, host, page }, answer) {
    await context.addInitScript(wallet(answer));
    await page.route("**/carrier.json", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), paymentRequest: METHODS } });
    });
    await host.openAs(BRUNO);
    await host.widget.chooseAndReview("Data 20");
    await page.getByRole("radio", { name: "With a wallet in this browser" }).check();
    await host.widget.consentAndOrder();
  }

  test("its token pays, for the consented total", async ({ context, guard, host, page, sandbox }) => {
    await open({ context, host, page }, TOKEN);
    await host.widget.expectReceipt({ "Total paid": "€24.00" });
    const { details, methods } = await page.evaluate(() => window.requested);
    expect(methods).toEqual(METHODS);
    expect(details.total.amount).toEqual({ currency: "EUR", value: "24.00" });
    expect(await page.evaluate(() => window.completed)).toBe("unknown");
    expect(guard.posted("payment")[0].paymentMethod).toEqual({ "@type": "tokenizedCard", token: '{"wallet":"tok-accepted"}' });
    await sandbox.expectOneCharge(BRUNO, 24);
  });

  test("one that is closed: nothing was charged, and the order is kept", async ({ context, host, page, sandbox }) => {
    await open({ context, host, page }, `return Promise.reject(new DOMException("closed", "AbortError"));`);
    await host.widget.expectStep(host.widget.t.cancelled);
    await sandbox.expectBooked(BRUNO, { orders: ["pending"] });
  });

  test("one that wants a click of its own is opened by the next", async ({ context, host, page, sandbox }) => {
    await open({ context, host, page }, `if (!window.tried) { window.tried = true; return Promise.reject(new DOMException("no click", "SecurityError")); } ${TOKEN}`);
    const { widget } = host;
    await widget.expectStep("The payment didn’t start");
    await page.getByRole("radio", { name: "With a wallet in this browser" }).check();
    await widget.button(widget.t.pay("€24.00")).click();
    await widget.expectReceipt();
    await sandbox.expectOneCharge(BRUNO, 24);
  });

  test("a browser without one is not offered it", async ({ host, page }) => {
    await page.route("**/carrier.json", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), paymentRequest: METHODS } });
    });
    await page.addInitScript(() => delete window.PaymentRequest);
    await host.openAs(BRUNO);
    await host.widget.chooseAndReview("Data 20");
    await expect(page.getByRole("radio", { name: /wallet/ })).toHaveCount(0);
  });
});
