// The payment page leads back: to another tab, with a choice in the address, to an app that routes by the fragment.

import { PaymentPage } from "./pages/payment.js";
import { collectEvents } from "./support/events.js";
import { HostPage } from "./support/host-page.js";
import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

const completed = (events) => events.filter(({ name }) => name === "esim-checkout-completed");

test("to another tab: the receipt is there, the page is told once, and what was left stays left", async ({ context, host, page, payment, sandbox }) => {
  const first = await collectEvents(page);
  await host.openAs(BRUNO);
  await page.goto(`${page.url()}?esim-offering=data-20`);
  await host.widget.expectStep(host.widget.t.howMany);
  await host.widget.review();
  await host.widget.consentAndOrder();
  await payment.expectAmount("€24.00");

  // As a bank's app does: the payment and the way back are in a tab that knows nothing.
  const other = await context.newPage();
  const second = await collectEvents(other);
  await other.goto(page.url());
  await page.close();
  await new PaymentPage(other).payAccepted();
  const { widget } = new HostPage(other, sandbox);
  await widget.expectReceipt({ "Total paid": "€24.00" });
  const { searchParams } = new URL(other.url());
  expect([...searchParams.keys()]).toEqual(["esim-return"]);
  await widget.toMyPlan();
  await other.reload();
  await expect(widget.plan(BRUNO.plan)).toBeVisible();
  await expect(widget.offers).toBeVisible();
  expect([...completed(first), ...completed(second)]).toHaveLength(1);
  await sandbox.expectOneCharge(BRUNO, 24);
});

test("with storage denied: what the page names is not chosen again over the receipt", async ({ host, page, payment, sandbox }) => {
  const events = await collectEvents(page);
  await host.openAs(BRUNO, {
    body: '<section aria-label="Renewal"><esim-renewal config="carrier.json" offering="data-20"></esim-renewal></section>',
    script: 'document.querySelector("esim-renewal").consent = { storage: false };',
  });
  const { widget } = host;
  await widget.expectStep(widget.t.howMany);
  await widget.review();
  await widget.consentAndOrder();
  await payment.payAccepted();
  await widget.expectReceipt({ "Total paid": "€24.00" });
  await sandbox.expectOneCharge(BRUNO, 24);
  // Started anew on the same page, it tells of the same order no second time.
  const receipt = await widget.heading(widget.t.renewed).elementHandle();
  await page.evaluate(() => document.querySelector("esim-renewal").setAttribute("carrier-name", "Another"));
  await receipt.waitForElementState("hidden");
  await widget.expectReceipt({ "Total paid": "€24.00" });
  expect(completed(events)).toHaveLength(1);
});

test("to an address with a fragment, by which an app finds its view", async ({ host, page, payment }) => {
  await host.openAs(BRUNO);
  await page.evaluate(() => (location.hash = "#/renew"));
  await host.widget.chooseAndReview("Data 20");
  await host.widget.consentAndOrder();
  await payment.payAccepted();
  await host.widget.expectReceipt();
  expect(new URL(page.url()).hash).toBe("#/renew");
});

test("an order that the carrier does not know is not shown, and the offers are there", async ({ host, page }) => {
  await host.openAs(BRUNO);
  await page.goto(`${page.url()}?esim-return=00000000-0000-4000-8000-000000000000`);
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await expect(host.widget.card("Data 20")).toBeVisible();
});

test.describe("where another address is configured", () => {
  const LISTED = { returnUrl: "https://shop.example/thanks", returnOrigins: ["https://shop.example"] };
  const body = (config) => `<section aria-label="Renewal"><esim-renewal config="${config}"></esim-renewal></section>`;

  /** Where the payment that is asked for is to lead back to. */
  async function returnUrl({ page, widget }) {
    await widget.chooseAndReview("Data 20");
    const sent = page.waitForRequest("**/payment/v4/payment");
    await widget.consentAndOrder();
    return new URL(/"returnUrl":"([^"]*)"/.exec((await sent).postData())[1]);
  }

  test("it is the one that the page's own file lists", async ({ guard, host, sandbox }) => {
    await sandbox.addPage("listed.json", JSON.stringify({ ...(await sandbox.carrierFile()), ...LISTED }));
    // This carrier leads back to none but its own demo.
    guard.expect(/ 422$/, /status of 422/);
    await host.openAs(BRUNO, { body: body("listed.json") });
    const { href, searchParams } = await returnUrl(host);
    expect(href).toBe(`https://shop.example/thanks?esim-return=${searchParams.get("esim-return")}`);
    expect(searchParams.get("esim-return")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a file of another origin does not lead there", async ({ guard, host, page, sandbox }) => {
    guard.expect(/^console: <esim-renewal>: setting-invalid return-url/);
    const json = { ...(await sandbox.carrierFile()), ...LISTED };
    await page.route(`${sandbox.carrier}/listed.json`, (route) => route.fulfill({ json, headers: { "Access-Control-Allow-Origin": "*" } }));
    await host.openAs(BRUNO, { body: body(`${sandbox.carrier}/listed.json`) });
    const { origin } = await returnUrl(host);
    expect(origin).toBe(sandbox.pages);
  });
});
