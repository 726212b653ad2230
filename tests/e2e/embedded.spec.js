// What an element meets on the pages of others: tokens that are none, styles, files that come late, frameworks.

import { FR } from "./pages/words.js";
import { collectEvents } from "./support/events.js";
import { gate, heldBack } from "./support/gate.js";
import { routeOnce } from "./support/once.js";
import { BRUNO, expect, test } from "./support/test.js";

const named = (events, name) => events.filter((event) => event.name === name).map(({ detail }) => detail);
const within = (attributes, children = "") => `<section aria-label="Renewal"><esim-renewal ${attributes}>${children}</esim-renewal></section>`;
/** What the page says to the one element on it. */
const tell = (page, script) => page.evaluate(`(async (element) => { ${script} })(document.querySelector("esim-renewal"))`);
/** The page gives tokens, but while `window.offline` is so. */
const OFFLINE = (atFirst) => `
  window.offline = ${atFirst};
  const token = tokenFor("${BRUNO.msisdn}");
  document.querySelector("esim-renewal").tokenProvider = () => (window.offline ? Promise.reject(new Error("offline")) : token());`;
/** With which code a promise of the element's is broken. */
const broken = (page, promise) => tell(page, `return ${promise}.then(() => "kept", ({ code }) => code);`);

test.describe("the page's tokens", () => {
  test("what is no token, such as the page that asks to sign in, is told, and nobody is signed in", async ({ guard, host, page }) => {
    guard.expect(/^console: <esim-renewal>: setting-invalid tokenProvider/);
    const events = await collectEvents(page);
    await host.open({ script: 'document.querySelector("esim-renewal").tokenProvider = async () => "<!doctype html>\\n<title>Sign in</title>";' });
    await expect(host.widget.signIn).toBeVisible();
    await expect(host.widget.card("Data 20")).toBeVisible();
    expect(named(events, "esim-error")).toEqual([{ code: "setting-invalid", about: "tokenProvider" }]);
  });

  test("one that cannot be had now is tried again, and nobody is signed out by it", async ({ host }) => {
    await host.open({ script: OFFLINE("true") });
    const again = host.widget.alert.getByRole("button", { name: host.widget.t.tryAgain });
    await expect(again).toBeVisible();
    await expect(host.widget.signIn).toHaveCount(0);
    await host.page.evaluate(() => (window.offline = false));
    await again.click();
    await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  });

  test.describe("in the middle of a checkout", () => {
    test.use({ ownCarrier: true });

    test("what was refused for its token was not sent, where no other can be had", async ({ guard, host, page }) => {
      guard.expect(/ 401$/, /status of 401/);
      await host.open({ script: OFFLINE("false") });
      await host.widget.chooseAndReview("Data 20");
      await page.evaluate(() => (window.offline = true));
      await routeOnce(page, "**/productOrder", (route) => route.fulfill({ status: 401, json: {} }));
      await host.widget.consentAndOrder();
      await host.widget.expectStep("Your order was not sent");
      await expect(host.widget.signIn).toHaveCount(0);
    });

    test("on the way back from the payment page it is being confirmed, and the receipt comes once a token does", async ({ host, page, payment, sandbox }) => {
      await host.open({ script: OFFLINE('location.search.includes("esim-return")') });
      const { widget } = host;
      await widget.chooseAndReview("Data 20");
      await widget.consentAndOrder();
      await payment.payAccepted();
      await widget.expectStep(widget.t.paymentUnknown);
      await widget.expectNoPayButton();
      // The carrier is asked again by itself, at once where the browser says that the network is back.
      await page.evaluate(() => {
        window.offline = false;
        dispatchEvent(new Event("online"));
      });
      await widget.expectReceipt({ "Total paid": "€24.00" });
      await sandbox.expectOneCharge(BRUNO, 24);
    });
  });
});

test("the page's styles do not get in", async ({ host, page }) => {
  await host.openAs(BRUNO);
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await expect(host.widget.card("Data 20")).toBeVisible();
  const looks = () => tell(page, `
    const names = ["font-family", "font-size", "font-style", "letter-spacing", "word-spacing", "text-transform", "text-indent", "text-align", "text-shadow", "white-space", "color", "line-height"];
    return ["h2", ".btn", "p", "[role=tab]"].map((selector) => {
      const style = getComputedStyle(element.shadowRoot.querySelector(selector));
      return names.map((name) => style.getPropertyValue(name));
    });`);
  const before = await looks();
  await page.evaluate(async () => {
    const rules = "font: italic 900 40px/3 cursive !important; letter-spacing: 9px !important; word-spacing: 9px; text-transform: uppercase; text-indent: 40px; text-align: right; text-shadow: 0 0 9px red; white-space: nowrap; color: red !important;";
    document.adoptedStyleSheets = [await new CSSStyleSheet().replace(`body *, esim-renewal { ${rules} }`)];
  });
  expect(await looks()).toEqual(before);
});

test("what one element was told of storage is not undone by another that was told nothing", async ({ host, page }) => {
  await host.openAs(BRUNO, {
    body: `${within('config="carrier.json"')}<section aria-label="Other"><esim-renewal config="carrier.json"></esim-renewal></section>`,
    script: 'document.querySelector("esim-renewal").consent = { storage: false };',
  });
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await expect(host.widgetIn("Other").card("Data 20")).toBeVisible();
  await page.evaluate(() => document.querySelector("[aria-label=Other] esim-renewal").setAttribute("carrier-name", "Another"));
  await host.widget.choose("Data 20");
  const stored = () => page.evaluate(() => [sessionStorage.length, localStorage.length]);
  expect(await stored()).toEqual([0, 0]);
  await tell(page, "element.consent = { storage: true };");
  await host.widget.review();
  await expect.poll(stored).not.toEqual([0, 0]);
});

test("a switch that says false is off, and a base that says nothing is not set", async ({ guard, host, page }) => {
  await host.openAs(BRUNO, { body: within('config="carrier.json" search-in-address="false" product-catalog-base=""') });
  expect(await tell(page, "return [element.searchInAddress, element.productCatalogBase];")).toEqual([false, ""]);
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await host.widget.button("Find and compare").click();
  await host.page.getByRole("searchbox").or(host.page.getByRole("checkbox", { name: /Deals/ })).first().waitFor();
  expect(new URL(page.url()).search).toBe("");
  expect(guard.requests.some((request) => request.url().includes("/productCatalogManagement/"))).toBe(true);
});

test("a name in the file that means nothing is told", async ({ guard, host, page, sandbox }) => {
  guard.expect(/^console: <esim-renewal>: setting-invalid/);
  const events = await collectEvents(page);
  const file = { ...(await sandbox.carrierFile()), hotlin: "+377 1", theme: "dark", apis: { payments: "https://pay.example", quote: 1 } };
  await sandbox.addPage("misspelt.json", JSON.stringify(file));
  await host.openAs(BRUNO, { body: within('config="misspelt.json"') });
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  expect(named(events, "esim-error").map(({ about }) => about).sort()).toEqual(["apis.payments", "hotlin", "quote-base", "theme"]);
});

test.describe("what is promised and cannot be", () => {
  test("is told by the code of the error, and goes well once the file comes", async ({ guard, host, page }) => {
    guard.expect(/ERR_FAILED|NS_ERROR_ABORT/, /^console: esim-renewal could not be loaded/);
    await page.route("**/widget.*.wasm", (route) => route.abort("failed"));
    await host.openAs(BRUNO, { body: within('config="carrier.json"', "<p>Call us.</p>") });
    expect(await broken(page, "element.ready()")).toBe("load-failed");
    expect(await broken(page, 'element.open("data-20")')).toBe("load-failed");
    await page.unroute("**/widget.*.wasm");
    expect(await tell(page, 'return element.open("data-20");')).toBe(true);
    await host.widget.expectStep(host.widget.t.howMany);
  });

  test("a file of settings that failed is asked for again once the network is back", async ({ guard, host, page }) => {
    guard.expect(/config-unreadable/, /ERR_FAILED|NS_ERROR_ABORT/);
    await page.route("**/settings.json", (route) => route.abort("failed"));
    await host.openAs(BRUNO, { body: within('config="settings.json"', "<p>Call us.</p>") });
    expect(await broken(page, "element.ready()")).toBe("config-unreadable");
    await expect(page.getByText("Call us.")).toBeVisible();
    await page.unroute("**/settings.json");
    await page.route("**/settings.json", async (route) => route.fulfill({ json: await host.sandbox.carrierFile() }));
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
    expect(await broken(page, "element.ready()")).toBe("kept");
  });

  test("of an element that is taken away it is broken", async ({ host, page }) => {
    const waits = gate();
    await page.route("**/carrier.json", async (route) => (route.request().resourceType() === "fetch" ? waits.opened.then(() => route.continue()) : route.continue()));
    await host.open({ script: "" }).catch(() => {});
    const promise = page.evaluate(() => {
      const element = document.querySelector("esim-renewal");
      const code = element.ready().then(() => "kept", (error) => error.code);
      element.remove();
      return code;
    });
    expect(await promise).toBe("not-ready");
    waits.open();
  });
});

test("the same texts again, in another object, redraw nothing", async ({ host, page }) => {
  await host.openAs(BRUNO, { script: 'document.querySelector("esim-renewal").texts = { ways_to_renew: "Top up" };' });
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  await host.widget.button("Choose Data 20").focus();
  await tell(page, 'element.texts = { ways_to_renew: "Top up" };');
  await expect(host.widget.button("Choose Data 20")).toBeFocused();
  await tell(page, 'element.texts = { ways_to_renew: "Renew" };');
  await expect(page.getByRole("heading", { name: "Renew", exact: true })).toBeVisible();
});

test("of two languages the one that was asked for last is shown, also when its words come first", async ({ host, page }) => {
  await host.openAs(BRUNO);
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  const waits = await heldBack(page, "**/fr.*.wasm");
  const asked = page.waitForRequest("**/fr.*.wasm");
  await tell(page, 'element.setAttribute("locale", "fr");');
  await asked;
  await tell(page, 'element.setAttribute("locale", "en-GB");');
  await expect(host.widget.card("Data 20")).toContainText("€24.00");
  const came = page.waitForResponse("**/fr.*.wasm");
  waits.open();
  await (await came).finished();
  // French again needs no file any more: whatever waited for it is over when it is shown.
  await tell(page, 'element.setAttribute("locale", "en-GB"); await new Promise((resolve) => setTimeout(resolve)); element.setAttribute("lang", "en");');
  await expect(host.widget.card("Data 20")).toContainText("€24.00");
  await expect(host.widgetIn("Renewal", FR).button(FR.choose("Data 20"))).toHaveCount(0);
});

test("the language of the page around is followed where the element has none of its own", async ({ host, page }) => {
  await host.openAs(BRUNO);
  const french = host.widgetIn("Renewal", FR);
  await expect(host.widget.card("Data 20")).toContainText("€24.00");
  await page.evaluate(() => (document.documentElement.lang = "fr"));
  await expect(french.card("Data 20")).toContainText("24,00 €");
  await page.evaluate(() => (document.querySelector("section").lang = "en"));
  await expect(host.widget.card("Data 20")).toContainText("€24.00");
  // So is a move to where another language is spoken.
  await page.evaluate(() => {
    const section = Object.assign(document.createElement("section"), { lang: "fr", ariaLabel: "Renewal" });
    document.querySelector("section").replaceWith(section, document.querySelector("esim-renewal"));
    section.append(document.querySelector("esim-renewal"));
  });
  await expect(french.card("Data 20")).toContainText("24,00 €");
  await page.evaluate(() => (document.querySelector("section").lang = "en"));
  await expect(host.widget.card("Data 20")).toContainText("€24.00");
  // What changes elsewhere, or says the same in the end, draws nothing anew.
  await host.widget.button("Choose Data 20").focus();
  await page.evaluate(async () => {
    document.querySelector("h1").lang = "fr";
    document.documentElement.lang = "fr-CH";
    await document.querySelector("esim-renewal").ready();
    await new Promise((resolve) => setTimeout(resolve));
  });
  await expect(host.widget.button("Choose Data 20")).toBeFocused();
});

test("a language that changes while the widget starts anew is the one that is shown", async ({ host, page }) => {
  await host.openAs(BRUNO);
  await expect(host.widget.card("Data 20")).toContainText("€24.00");
  const waits = await heldBack(page, "**/carrier.json");
  const asked = page.waitForRequest("**/carrier.json");
  await tell(page, 'element.setAttribute("carrier-name", "Another");');
  await asked;
  await page.evaluate(() => (document.documentElement.lang = "fr"));
  const french = host.widgetIn("Renewal", FR);
  await expect(french.card("Data 20")).toContainText("24,00 €");
  const before = await french.card("Data 20").elementHandle();
  waits.open();
  await before.waitForElementState("hidden");
  await expect(french.card("Data 20")).toContainText("24,00 €");
});

test("other words than before do not begin anew what cannot begin", async ({ guard, host, page }) => {
  guard.expect(/config-unreadable|404/);
  await host.open({ body: within('config="nowhere.json"', "<p>Call us.</p>"), script: `
    const element = document.querySelector("esim-renewal");
    element.addEventListener("esim-error", () => { element.texts = { ways_to_renew: String(Math.random()) }; });` });
  const asked = () => guard.requests.filter((request) => request.url().endsWith("/nowhere.json")).length;
  expect(await broken(page, "element.ready()")).toBe("config-unreadable");
  await tell(page, 'element.texts = { ways_to_renew: "Top up" };');
  await page.evaluate(() => fetch("carrier.json"));
  expect(asked()).toBe(1);
});

test("children with a slot of their own are seen beside the widget, and do not stand in its place", async ({ guard, host, page }) => {
  guard.expect(/ERR_FAILED|NS_ERROR_ABORT/);
  await page.route("**/tmf-api/**", (route) => route.abort("failed"));
  await host.open({ body: within('view="plans" config="carrier.json"', '<p slot="header">Our offers</p>') });
  await expect(page.getByText("Our offers")).toBeVisible();
  await expect(host.widget.alert.first()).toBeVisible();
});

test("a choice by a method leads to the page where it can be bought, with its code", async ({ host, page, sandbox }) => {
  await host.open({ body: within('view="plans" config="carrier.json" checkout-url="embed.html"') });
  await expect(host.widget.offers).toBeVisible();
  await tell(page, 'element.open("riviera-100", { code: "MONACO20" });').catch(() => {});
  await expect(page).toHaveURL(`${sandbox.pages}/embed.html?esim-offering=riviera-100&esim-code=MONACO20`);
});

test("a lazy element that is put far away shows its children again", async ({ host, page }) => {
  await host.openAs(BRUNO, { body: within('config="carrier.json" loading="lazy"', "<p>Call us.</p>") });
  await expect(host.widget.plan(BRUNO.plan)).toBeVisible();
  const element = await page.evaluateHandle(() => document.querySelector("esim-renewal"));
  await element.evaluate((element) => element.remove());
  await element.evaluate((element) => {
    const far = document.createElement("div");
    far.append(element);
    document.body.append(...Array.from({ length: 400 }, () => document.createElement("br")), far);
  });
  await expect(page.getByText("Call us.")).toBeVisible();
});

test("a silent sign-in is asked for before it leaves, and the page can keep it from leaving", async ({ page, standalone }) => {
  await standalone.openAs(BRUNO);
  const asked = [];
  await page.exposeFunction("askTest", (detail) => asked.push(detail));
  await page.addInitScript(() => addEventListener("esim-before-leave", (event) => {
    event.preventDefault();
    window.askTest(event.detail);
  }));
  await page.reload();
  await expect(standalone.widget.signIn).toBeVisible();
  expect(asked).toEqual([{ url: expect.stringMatching(/^http/), reason: "sign-in" }]);
});
