// What an integrator sets, calls and hears.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ALL, collectEvents } from "./support/events.js";
import { heldBack } from "./support/gate.js";
import { BRUNO, expect, test } from "./support/test.js";

const named = (events, name) => events.filter((event) => event.name === name).map(({ detail }) => detail);
/** What the page says to the one element on it. */
const tell = (page, script) => page.evaluate(`(async (element) => { ${script} })(document.querySelector("esim-renewal"))`);

test("each attribute is mirrored by a property, and what was set before the script counts", async ({ host, page }) => {
  await host.open({
    loader: false,
    body: '<section aria-label="Renewal"><esim-renewal></esim-renewal></section>',
    script: `const element = document.querySelector("esim-renewal");
             Object.assign(element, { apiBase, carrierName: "Set before", debug: true, tokenProvider: tokenFor("${BRUNO.msisdn}") });
             await import("./esim-renewal.js");`,
  });
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  const seen = await tell(page, `
    const before = [element.getAttribute("carrier-name"), element.hasAttribute("debug"), Object.hasOwn(element, "apiBase")];
    element.hotline = "+377 1";
    element.debug = false;
    element.carrierName = null;
    return [before, element.getAttribute("hotline"), element.hasAttribute("debug"), element.hasAttribute("carrier-name"), element.carrierName, element.searchInAddress];
  `);
  expect(seen).toEqual([["Set before", true, false], "+377 1", false, false, "", false]);
});

test("a setting that makes no sense is told once, by its name, and its default is used", async ({ guard, host, page, sandbox }) => {
  guard.expect(/^console: <esim-renewal>: setting-invalid/);
  const events = await collectEvents(page);
  const said = [];
  page.on("console", (message) => message.type() === "error" && said.push(message.text()));
  const wrong = {
    view: "everything", pricing: "free", credit: "x", theme: "blue", locale: "not a language", country: "Monaco", jurisdiction: "us",
    hotline: "call us", "time-zone": "Mars/Olympus", "checkout-url": "javascript:alert(1)", "return-url": "https://evil.example/", "payment-base": "ftp://x",
    issuer: "https://sign-in.example",
  };
  const attributes = Object.entries(wrong).map(([name, value]) => `${name}="${value}"`).join(" ");
  await host.openAs(BRUNO, { body: `<section aria-label="Renewal"><esim-renewal api-base="${sandbox.carrier}" ${attributes}></esim-renewal></section>` });
  const ready = () => events.filter(({ name }) => name === "esim-ready").length;
  await expect.poll(ready).toBe(1);
  await tell(page, 'element.setAttribute("carrier-name", "Another");');
  await expect.poll(ready).toBe(2);
  const told = named(events, "esim-error");
  expect(told.every(({ code }) => code === "setting-invalid")).toBe(true);
  // A client without a server is as wrong as a server without a client.
  expect(told.map(({ about }) => about).sort()).toEqual(Object.keys(wrong).map((name) => (name === "issuer" ? "client-id" : name)).sort());
  expect(said).toHaveLength(told.length);
});

test("one API may lie elsewhere", async ({ guard, host, page, sandbox }) => {
  await page.route("**/elsewhere/v4/productOffering?*", async (route) => {
    const asked = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: `${sandbox.carrier}/tmf-api/productCatalogManagement/v4/productOffering${asked.search}` }) });
  });
  await host.openAs(BRUNO, {
    body: '<section aria-label="Renewal"><esim-renewal config="carrier.json" product-catalog-base="elsewhere/v4/"></esim-renewal></section>',
  });
  await expect(host.widget.card("Data 20")).toBeVisible();
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  expect(guard.requests.filter((request) => request.url().includes("/productCatalogManagement/"))).toEqual([]);
});

test("opened by a method: with a quantity and a code, with what was begun, and not with what there is not", async ({ host, page }) => {
  const events = await collectEvents(page, ALL);
  await host.openAs(BRUNO);
  expect(await tell(page, 'return element.open("riviera-100", { code: "MONACO20" });')).toBe(true);
  await host.widget.expectStep("Your basket");
  await host.widget.review();
  await host.widget.expectFacts({ "To pay now": "€27.92" });
  expect(named(events, "esim-plan-selected")).toEqual([{ offeringId: "riviera-100" }]);
  expect(named(events, "esim-checkout-started")).toEqual([{ offeringIds: ["riviera-100"] }]);
  await host.widget.button("Edit").click();
  await host.widget.button("Add something else").click();
  await expect(host.widget.offers).toBeVisible();
  expect(await tell(page, "return element.open();")).toBe(true);
  await host.widget.expectStep("Your basket");
  expect(await tell(page, 'return element.open("no-such").catch(({ code }) => code);')).toBe("unknown-offering");
  expect(await tell(page, 'return element.open("data-20", { quantity: 1000 }).catch(({ code }) => code);')).toBe("unknown-offering");
});

test("opened by a method before anybody is signed in, it goes on after that", async ({ host, page, sandbox }) => {
  const events = await collectEvents(page, ALL);
  await host.open({
    body: `<section aria-label="Renewal"><esim-renewal api-base="${sandbox.carrier}"></esim-renewal></section>`,
    script: `const element = document.querySelector("esim-renewal");
    element.addEventListener("esim-sign-in-requested", () => { element.tokenProvider = tokenFor("${BRUNO.msisdn}"); });
    window.listens = true;` });
  await page.waitForFunction(() => window.listens);
  expect(await tell(page, 'return element.open("data-20", { quantity: 2 });')).toBe(false);
  await host.widget.expectStep("Your basket");
  await expect(host.widget.quantity).toHaveValue("2");
  expect(named(events, "esim-sign-in-requested")).toHaveLength(1);
});

test("an offering that the page names is chosen at the start, and after a reload not again", async ({ host, page }) => {
  await host.openAs(BRUNO, { body: '<section aria-label="Renewal"><esim-renewal config="carrier.json" offering="data-20"></esim-renewal></section>' });
  await host.widget.expectStep("Your basket");
  await host.widget.button("Remove Data 20").click();
  await expect(host.widget.offers).toBeVisible();
  await page.reload();
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await expect(host.widget.card("Data 20")).toBeVisible();
});

test("an offering that the carrier does not have is told", async ({ host, page }) => {
  const events = await collectEvents(page);
  await host.openAs(BRUNO, { body: '<section aria-label="Renewal"><esim-renewal config="carrier.json" offering="gone"></esim-renewal></section>' });
  await expect.poll(() => named(events, "esim-error")).toEqual([{ code: "unknown-offering", about: "gone" }]);
  await expect(host.widget.card("Data 20")).toBeVisible();
});

test.describe("asked anew", () => {
  test.use({ ownCarrier: true });

  test("the offers change, and what did not change stays as it is", async ({ host, page, sandbox }) => {
    await host.openAs(BRUNO);
    await expect(host.widget.card("Data 20")).toContainText("€24.00");
    await host.widget.button("Choose Data 20").focus();
    await tell(page, "return element.refresh();");
    await expect(host.widget.button("Choose Data 20")).toBeFocused();
    await sandbox.setPrice("data-20", 2300);
    await tell(page, "return element.refresh();");
    await expect(host.widget.card("Data 20")).toContainText("€23.00");
  });
});

test("destroyed, it shows its children again, and starts anew when it is inserted", async ({ host, page }) => {
  await host.openAs(BRUNO, { body: '<section aria-label="Renewal"><esim-renewal config="carrier.json"><p>Call us.</p></esim-renewal></section>' });
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await expect(page.getByText("Call us.")).toBeHidden();
  await tell(page, "return element.destroy();");
  await expect(page.getByText("Call us.")).toBeVisible();
  await expect(host.widget.plan(BRUNO.plan)).toHaveCount(0);
  await tell(page, 'element.hotline = "+377 99 00 34 56"; document.querySelector("section").append(element); await element.ready();');
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
});

test.describe("the host may object", () => {
  test.use({ ownCarrier: true });
  const veto = (page, name) => page.evaluate((name) => addEventListener(name, (event) => event.preventDefault(), { once: true }), name);

  test("to a choice, an order and leaving; then all goes on as it was", async ({ guard, host, page, payment, sandbox }) => {
    const events = await collectEvents(page, ALL);
    await host.openAs(BRUNO);
    const { widget } = host;
    await expect(widget.plan(BRUNO.plan)).toBeVisible();
    await veto(page, "esim-before-select");
    await widget.button("Choose Data 20").click();
    await expect.poll(() => named(events, "esim-before-select")).toEqual([{ offeringId: "data-20" }]);
    await expect(widget.button("Choose Data 20")).toBeVisible();
    expect(named(events, "esim-plan-selected")).toEqual([]);

    await widget.chooseAndReview("Data 20");
    await veto(page, "esim-before-order");
    await widget.consentAndOrder();
    const order = { offeringIds: ["data-20"], amount: "24.00", currency: "EUR" };
    await expect.poll(() => named(events, "esim-before-order")).toEqual([order]);
    expect(guard.posted("productOrder")).toEqual([]);
    await expect(widget.order).toBeVisible();

    await veto(page, "esim-before-leave");
    await widget.order.click();
    await expect.poll(() => named(events, "esim-before-leave")).toHaveLength(1);
    const [{ url, reason }] = named(events, "esim-before-leave");
    expect(reason).toBe("payment");
    // The host leads there in its own way, such as another window.
    const elsewhere = await page.context().newPage();
    const there = await collectEvents(elsewhere, ALL);
    await elsewhere.goto(url);
    await elsewhere.getByRole("radio", { name: /is accepted/ }).check();
    await elsewhere.getByRole("button", { name: /^Pay / }).click();
    await page.bringToFront();
    await widget.expectReceipt();
    await sandbox.expectOneCharge(BRUNO, 24);
    const { Order: orderId } = await widget.facts();
    expect(named(events, "esim-payment-pending")).toEqual([{ orderId }]);
    // That window comes back to the page as well: one of the two tells it.
    await expect.poll(() => named([...events, ...there], "esim-checkout-completed")).toEqual([{ orderId, ...order }]);
  });
});

test("the header, the footer and what is said of an empty catalogue may be the page's own", async ({ host, page, sandbox }) => {
  await page.route(`${sandbox.carrier}/**/productOffering?*`, (route) => route.fulfill({ json: [], headers: { "Access-Control-Allow-Origin": "*" } }));
  await host.openAs(BRUNO, {
    body: `<section aria-label="Renewal"><esim-renewal config="carrier.json">
      <p slot="header">Renew here</p><p slot="footer">Terms</p><p slot="empty">Our shop is being rebuilt.</p></esim-renewal></section>`,
  });
  await expect(page.getByText("Our shop is being rebuilt.")).toBeVisible();
  await expect(page.getByText("Nothing on offer")).toBeHidden();
  // Nothing is drawn anew after that.
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  const tops = await Promise.all(["Renew here", "Our shop is being rebuilt.", "Terms"].map(async (text) => (await page.getByText(text).boundingBox()).y));
  expect(tops).toEqual([...tops].sort((one, other) => one - other));
});

test("the right of withdrawal has the days of the law that is named", async ({ host, page }) => {
  await host.openAs(BRUNO);
  await host.widget.chooseAndReview("Data 20");
  const terms = page.getByRole("definition").filter({ hasText: "fully provided" });
  await page.getByText("Contract summary").click();
  await expect(terms).toContainText("within the time that the law gives");
  for (const [law, days] of [["mc", "within 7 days"], ["eu", "within 14 days"]]) {
    const drawn = await page.getByText("Contract summary").elementHandle();
    await tell(page, `element.jurisdiction = "${law}";`);
    await drawn.waitForElementState("hidden");
    await page.getByText("Contract summary").click();
    await expect(terms).toContainText(days);
  }
});

test("a country leaves out what is for others alone", async ({ host }) => {
  await host.openAs(BRUNO, { body: '<section aria-label="Renewal"><esim-renewal config="carrier.json" country="CH"></esim-renewal></section>' });
  await expect(host.widget.tab("Roaming")).toHaveAttribute("aria-selected", "true");
  await expect(host.widget.card("Switzerland and UK 3 GB").or(host.widget.card(/Switzerland/)).first()).toBeVisible();
  const names = await host.widget.cardNames();
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => /France|European Union|North America/.test(name))).toEqual([]);
});

test.describe("where nothing may be stored", () => {
  test.use({ ownCarrier: true });

  test("a renewal goes through, and nothing is", async ({ host, page, payment }) => {
    await host.openAs(BRUNO, { script: 'document.querySelector("esim-renewal").consent = { storage: false };' });
    const stored = () => page.evaluate(() => [sessionStorage.length, localStorage.length]);
    await host.widget.chooseAndReview("Data 20");
    expect(await stored()).toEqual([0, 0]);
    await host.widget.consentAndOrder();
    await payment.payAccepted();
    await host.widget.expectReceipt();
    expect(await stored()).toEqual([0, 0]);
  });

  test("what was kept before is taken away, and the checkout goes on", async ({ host, page }) => {
    await host.openAs(BRUNO);
    await host.widget.choose("Data 20");
    expect(await page.evaluate(() => sessionStorage.length)).toBe(1);
    await tell(page, "element.consent = { storage: false };");
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
    await host.widget.review();
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
  });
});

test("asked to, it writes its calls and steps to the console, and nothing that names anybody", async ({ host, page }) => {
  const said = [];
  page.on("console", (message) => message.type() === "debug" && said.push(message.text()));
  await host.openAs(BRUNO, { body: '<section aria-label="Renewal"><esim-renewal config="carrier.json" debug></esim-renewal></section>' });
  await host.widget.chooseAndReview("Data 20");
  expect(said).toContainEqual(expect.stringMatching(/^<esim-renewal> GET \/tmf-api\/productInventory\/…\/product: ok, \d+ ms$/));
  expect(said).toContain("<esim-renewal> step: review");
  expect(said.filter((line) => /3776|Bearer|[0-9a-f]{8}-[0-9a-f]{4}|\?/.test(line))).toEqual([]);
});

test("single texts may be the page's own", async ({ guard, host, page }) => {
  guard.expect(/^console: <esim-renewal>: setting-invalid/);
  const events = await collectEvents(page);
  await host.openAs(BRUNO, {
    script: `document.querySelector("esim-renewal").texts = { ways_to_renew: "Top up or renew", "checkout.to_review": "On to the bill", "find.find": "Look", no_such: "x", choose: 3 };`,
  });
  await expect(page.getByRole("heading", { name: "Top up or renew" })).toBeVisible();
  await host.widget.choose("Data 20");
  await expect(host.widget.button("On to the bill")).toBeVisible();
  expect(named(events, "esim-error").map(({ about }) => about).sort()).toEqual(["texts.choose", "texts.no_such"]);
  await tell(page, "element.texts = null;");
  await expect(host.widget.toReview).toBeVisible();
});

for (const [what, waits] of [
  ["the part that reads the account", "**/account.*.wasm"], ["the token", "**/demo/token"], ["the lines", "**/productInventory/**"],
  ["the offers", "**/productOffering?*"], ["the use", "**/queryUsageConsumption"],
]) {
  test(`started anew or taken away while ${what} is on its way, it fails nowhere`, async ({ host, page }) => {
    const opened = await heldBack(page, waits);
    const asked = page.waitForRequest(waits);
    await host.openAs(BRUNO);
    await asked;
    await tell(page, "element.tokenProvider = element.tokenProvider; await element.ready();");
    const again = await page.evaluateHandle(() => document.querySelector("esim-renewal"));
    opened.open();
    await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
    await again.evaluate((element) => {
      element.refresh();
      element.open("data-20").catch(() => {});
      element.remove();
    });
    await again.evaluate((element) => document.querySelector("section").append(element));
    await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  });
}

test("twenty elements live beside each other, and all can go", async ({ host, page }) => {
  test.slow();
  const many = Array.from({ length: 20 }, (_, at) => `<section aria-label="Renewal ${at}"><esim-renewal config="carrier.json"></esim-renewal></section>`);
  await host.open({ body: many.join(""), script: `for (const element of document.querySelectorAll("esim-renewal")) element.tokenProvider = tokenFor("${BRUNO.msisdn}");` });
  for (const at of [0, 7, 19]) await expect(host.widgetIn(`Renewal ${at}`).plan(BRUNO.plan)).toBeVisible({ timeout: 60_000 });
  await host.widgetIn("Renewal 7").choose("Data 20");
  await expect(host.widgetIn("Renewal 19").card("Data 20")).toBeVisible();
  await page.evaluate(() => document.querySelectorAll("section:not(:last-of-type)").forEach((section) => section.remove()));
  const last = host.widgetIn("Renewal 19");
  await last.choose("Data 5");
  await last.review();
});

const SECOND = ["info", "<esim-renewal> is defined already: this further script does nothing."];
/** What is said in the page's console. */
const saidIn = (page) => {
  const said = [];
  page.on("console", (message) => said.push([message.type(), message.text()]));
  return said;
};

test("of two versions of the script the first counts, and the second says so", async ({ host, page, sandbox }) => {
  const loader = await readFile(join(process.env.ESIM_DIST ?? "../../dist", "esim-renewal.js"), "utf8");
  await sandbox.addPage("another-version.js", `${loader}\nglobalThis.another = true;`);
  const said = saidIn(page);
  await host.openAs(BRUNO, { script: 'await import("./another-version.js");' });
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await expect.poll(() => said).toEqual([SECOND]);
  expect(await page.evaluate(() => globalThis.another)).toBe(true);
});

test("beside a version that came first this one loads nothing", async ({ guard, host, page }) => {
  const said = saidIn(page);
  await host.open({
    loader: false,
    body: '<section aria-label="Renewal"><esim-renewal config="carrier.json">The other version</esim-renewal></section>',
    script: 'customElements.define("esim-renewal", class extends HTMLElement {}); await import("./esim-renewal.js"); window.done = true;',
  });
  await page.waitForFunction(() => window.done);
  await expect.poll(() => said).toEqual([SECOND]);
  await expect(page.getByText("The other version")).toBeVisible();
  expect(guard.requests.filter((request) => request.url().endsWith(".wasm"))).toEqual([]);
});

test("a framework that mounts, removes and mounts again leaves one widget", async ({ guard, host, page }) => {
  await host.open({
    body: '<section aria-label="Renewal"></section>',
    script: `const section = document.querySelector("section");
             const mount = () => {
               const element = Object.assign(document.createElement("esim-renewal"), { config: "carrier.json", tokenProvider: tokenFor("${BRUNO.msisdn}") });
               section.append(element);
               return () => element.remove();
             };
             mount()();
             mount();`,
  });
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await expect(page.locator("esim-renewal")).toHaveCount(1);
  expect(guard.requests.filter((request) => request.url().includes("/productInventory/"))).toHaveLength(1);
});
