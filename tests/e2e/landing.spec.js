import { DealsPage, placesOf, textsOf } from "./pages/deals.js";
import { FR } from "./pages/words.js";
import { violations } from "./support/axe.js";
import { collectEvents } from "./support/events.js";
import { heldBack } from "./support/gate.js";
import { moved } from "./support/moved.js";
import { ALICE, expect, test as base } from "./support/test.js";

const test = base.extend({
  deals: async ({ page, sandbox }, use) => use(new DealsPage(page, sandbox)),
});

/** What of the widget the browser asked for beside its loader. */
const loaded = (guard) => guard.requests.map((request) => new URL(request.url()).pathname).filter((path) => /\/(widget|carrier)\b|\.wasm$/.test(path));

/** Scrolls, and waits until what the browser tells of it has been told. */
const scrollTo = (page, top) =>
  page.evaluate((top) => new Promise((done) => {
    scrollTo({ top, behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
  }), top);

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the deals are readable, by people and by machines, and lead to the checkout with choice and code", async ({ deals, page, sandbox }) => {
    await deals.open();
    await expect(page.getByRole("heading", { name: "Deals", exact: true })).toBeVisible();
    await expect(deals.card("Data 50")).toContainText(/5 euros off Data 50 · ends .+€40\.00/);
    await expect(deals.card("Data 50").locator("s")).toHaveCount(0);
    await expect(deals.card("Riviera 20 GB").locator("s")).toHaveText("€21.90");
    await expect(deals.card("Data 20")).toHaveCount(0);
    const { promotion } = await sandbox.promotion("5 euros off Data 50");
    const data50 = (await deals.products()).find(({ sku }) => sku === "data-50");
    expect(data50.offers).toMatchObject({ price: "40.00", priceCurrency: "EUR", url: "embed.html?esim-offering=data-50" });
    expect(new Date(data50.offers.priceValidUntil).getTime()).toBe(Math.floor(new Date(promotion.validFor.endDateTime) / 1000) * 1000);
    await deals.link("Riviera 100 GB").click();
    await expect(page).toHaveURL(`${sandbox.pages}/embed.html?esim-offering=riviera-100&esim-code=MONACO20`);
  });
});

test("a choice and its code are taken up on the checkout's page", async ({ deals, embed }) => {
  await deals.open({ far: true });
  // By the keyboard, whose focus the widget waits for: it would come between a scroll to the link and a click on it.
  await deals.link("Riviera 100 GB").press("Enter");
  await embed.widget.expectStep("Your basket");
  await embed.widget.review();
  await embed.widget.expectFacts({ "To pay now": "€27.92" });
});

test("a link that is followed again brings its choice again, and a reload does not", async ({ deals, embed, page }) => {
  const { widget } = embed;
  const follow = async () => {
    await deals.link("Riviera 100 GB").press("Enter");
    await widget.expectStep("Your basket");
  };
  await deals.open({ far: true });
  const landing = page.url();
  await follow();
  await widget.button("Remove Riviera 100 GB").click();
  await expect(widget.offers).toBeVisible();
  await page.reload();
  await expect(widget.plan(ALICE.plan)).toBeVisible();
  await expect(widget.heading("Your basket")).toHaveCount(0);
  await page.goto(landing);
  await follow();
  // What is begun stays as it is.
  await widget.review();
  await page.goto(landing);
  await deals.link("Riviera 100 GB").press("Enter");
  await widget.expectStep("Check your order");
});

test("nothing of the widget is loaded before it comes near what is seen", async ({ deals, guard, page }) => {
  await deals.open({ far: true });
  const top = await page.locator("esim-renewal").evaluate((element) => element.getBoundingClientRect().top);
  const height = page.viewportSize().height;
  await scrollTo(page, top - height - 700);
  expect(loaded(guard)).toEqual([]);
  await scrollTo(page, top - height - 500);
  await deals.expectWidget();
  expect(loaded(guard).filter((path) => path.endsWith(".wasm"))).not.toEqual([]);
});

for (const [view, attributes] of [["deals", ""], ["plans", ""], ["journey", 'loading="lazy"']]) {
  test(`a view ${view} ${attributes || "with children"} waits until it is eager`, async ({ guard, host, page }) => {
    const element = `<esim-renewal config="carrier.json" view="${view}" ${attributes}><p>Offers</p></esim-renewal>`;
    await host.sandbox.addPage("far.css", ".far { margin-block-start: 4000px }");
    await host.open({ body: `<link rel="stylesheet" href="far.css"><section class="far" aria-label="Renewal">${element}</section>` });
    await expect(page.getByText("Offers")).toBeVisible();
    await scrollTo(page, 0);
    expect(loaded(guard).filter((path) => path.includes("widget"))).toEqual([]);
    await (await host.element()).evaluate((element) => (element.loading = "eager"));
    await expect(host.widgetIn("Renewal").root.getByRole("heading", { level: 3 }).first()).toBeVisible();
  });
}

for (const [locale, words, unit] of [["en-GB", undefined, "€40.00"], ["fr", FR, "40,00 €"]]) {
  test(`the widget says the same as the page did, in ${locale}`, async ({ page, sandbox }) => {
    const deals = new DealsPage(page, sandbox, words);
    await deals.open({ far: true, options: { locale } });
    const before = await textsOf(deals.cards);
    expect(before["Data 50"]).toContain(unit);
    await deals.cards.first().scrollIntoViewIfNeeded();
    await deals.expectWidget();
    const after = await textsOf(deals.widgetCards);
    // A page that may be hours old counts nothing down.
    const { "Data 100": counted, ...steady } = before;
    expect(counted).toContain("Data 100 in a flash");
    expect(after).toMatchObject(steady);
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });
}

test("the deals stay until the widget has its own", async ({ deals, page }) => {
  const answered = await heldBack(page, "**/promotion?*");
  const offers = page.waitForResponse("**/productOffering?*").then((response) => response.finished());
  await deals.open();
  await offers;
  // The widget has the offers, and does not know which are deals.
  await expect(page.getByRole("heading", { name: "Deals", exact: true, includeHidden: true })).toHaveCount(2);
  await expect(deals.card("Data 50")).toBeVisible();
  answered.open();
  await deals.expectWidget();
});

test("a link that has the focus is not taken away", async ({ deals, page }) => {
  const events = await collectEvents(page);
  await deals.open({ far: true });
  await deals.link("Data 50").focus();
  await expect.poll(() => events.map(({ name }) => name)).toEqual(["esim-ready"]);
  await page.keyboard.press("Tab");
  await expect(deals.link("Data 100")).toBeFocused();
  await expect(deals.card("Data 100")).toBeVisible();
  await page.getByRole("link", { name: "Rocher Mobile" }).focus();
  await deals.expectWidget();
});

test("what is being pressed is not taken away", async ({ deals, page }) => {
  const answered = await heldBack(page, "**/promotion?*");
  const events = await collectEvents(page);
  await deals.open();
  await deals.card("Data 50").getByRole("heading").hover();
  await page.mouse.down();
  answered.open();
  await expect.poll(() => events.map(({ name }) => name)).toEqual(["esim-ready"]);
  await expect(deals.card("Data 50")).toBeVisible();
  await page.mouse.up();
  await deals.expectWidget();
});

test("where the carrier does not answer the deals stay", async ({ deals, guard, page }) => {
  guard.expect(/404/);
  await page.route("**/productOffering?*", (route) => route.fulfill({ status: 404, body: "" }));
  await deals.open();
  await expect(page.getByText("The offers can’t be loaded")).toBeAttached();
  await expect(page.getByText("The offers can’t be loaded")).toBeHidden();
  await expect(deals.link("Data 50")).toBeVisible();
});

for (const width of [360, 1280]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("nothing moves when the widget takes the place of the deals", async ({ deals, page }) => {
      await deals.open();
      await deals.expectWidget();
      expect(await moved(page)).toEqual([]);
    });

    test.describe(() => {
      test.use({ ownCarrier: true });

      test("who has scrolled past the deals meanwhile stays where they are", async ({ deals, page, sandbox }) => {
        // What is counted down is worded in another way than on the page, and may be a line shorter.
        await sandbox.advance(3 * 3600);
        await deals.open({ far: true });
        const height = () => page.evaluate(() => document.documentElement.scrollHeight);
        const before = { cards: await placesOf(deals.cards), height: await height() };
        await scrollTo(page, 1e6);
        await deals.expectWidget();
        expect({ cards: await placesOf(deals.widgetCards), height: await height() }).toEqual(before);
        expect(await moved(page)).toEqual([]);
      });
    });

    test("the deals on the page can be used by everybody", async ({ deals, page }) => {
      // Twice axe, which looks at everything.
      test.slow();
      await deals.open({ far: true });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        expect.soft(await violations(page), colorScheme).toEqual([]);
      }
      const { height } = await deals.link("Data 50").boundingBox();
      expect(height).toBeGreaterThanOrEqual(44);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    });
  });
}

test("the script alone, on a page without an element, loads nothing before one comes", async ({ guard, host, page }) => {
  await host.open({ body: '<section aria-label="Renewal"></section>' });
  await page.evaluate(() => customElements.whenDefined("esim-renewal"));
  const modules = () => loaded(guard).filter((path) => path.endsWith(".wasm"));
  expect(modules()).toEqual([]);
  await page.evaluate(() => {
    document.querySelector("section").append(Object.assign(document.createElement("esim-renewal"), { config: "carrier.json" }));
  });
  await expect(host.widget.card("Data 20")).toBeVisible();
  expect(modules()).not.toEqual([]);
});
