import { Finder } from "./pages/finder.js";
import { ALICE, BRUNO, DORA, expect, test } from "./support/test.js";

test.describe("filters", () => {
  let finder;

  test.beforeEach(async ({ embed }) => {
    finder = new Finder(embed.widget);
    await embed.open();
    await finder.open();
  });

  test("each narrows what is shown, and the count is said", async () => {
    await finder.type.selectOption({ label: "Plans" });
    await expect.poll(() => finder.names()).toHaveLength(8);
    await finder.data.fill("20");
    await finder.expectNames(["Riviera 20 GB", "Riviera 50 GB", "Riviera 100 GB", "Riviera Unlimited", "Riviera 20 GB, a year ahead"]);
    await finder.price.fill("30");
    await finder.expectNames(["Riviera 20 GB", "Riviera 50 GB"]);
    await finder.deals.check();
    await finder.expectNames(["Riviera 20 GB", "Riviera 50 GB"]);
    await finder.price.fill("20");
    await finder.expectNames(["Riviera 20 GB"]);
    await finder.days.fill("60");
    await finder.expectNames([]);
  });

  test("deals only are those that have one", async () => {
    await finder.type.selectOption({ label: "Data" });
    await finder.deals.check();
    await finder.expectNames(["Data 50", "Data 100"]);
  });

  for (const [typed, country] of [["japan", "Japan"], ["Japn", "Japan"], ["USA", "United States"], ["England", "United Kingdom"], ["türkei", "Türkiye"], ["Holland", "Netherlands"]]) {
    test(`a country is found as “${typed}”`, async ({ embed }) => {
      await finder.type.selectOption({ label: "Roaming" });
      await finder.country.fill(typed);
      await finder.filters.getByRole("button", { name: country, exact: true }).click();
      await expect(finder.filters.getByText(`${country} is in: `)).toBeVisible();
      for (const card of await embed.widget.root.locator(".find > .offers").getByRole("listitem").all()) await expect(card).toBeVisible();
      const names = await finder.names();
      expect(names.length).toBeGreaterThan(0);
      await finder.filters.getByRole("button", { name: `Remove ${country}` }).click();
      await expect.poll(async () => (await finder.names()).length).toBeGreaterThan(names.length);
    });
  }

  test("what is no number is said, and not looked for", async ({ embed }) => {
    await finder.type.selectOption({ label: "Plans" });
    for (const [field, wrong] of [[finder.data, "lots"], [finder.days, "-1"], [finder.price, "1.213,49"], [finder.days, "1.5"]]) {
      await field.fill(wrong);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(embed.widget.root.getByText("Please type a number.").first()).toBeVisible();
      await expect.poll(() => finder.names()).toHaveLength(8);
      await field.fill("");
      await expect(field).not.toHaveAttribute("aria-invalid");
    }
  });

  test("where nothing fits it is said what to let go, with how much that gives", async ({ embed }) => {
    await finder.type.selectOption({ label: "Plans" });
    await finder.data.fill("100");
    await finder.price.fill("20");
    await expect(embed.widget.root.getByRole("heading", { name: "Nothing fits all of that" })).toBeVisible();
    await expect(embed.widget.button("Without “Data needed, in GB”: 4")).toBeVisible();
    await embed.widget.button("Without “Price limit”: 3").click();
    await finder.expectNames(["Riviera 100 GB", "Riviera Unlimited", "Riviera 20 GB, a year ahead"]);
    await expect(finder.price).toHaveValue("");
    await embed.widget.button("Clear all").click();
    await expect(finder.type).toHaveValue("");
    await expect(finder.data).toHaveValue("");
  });

  test("where no one filter alone is in the way, the fewest are named: in the sentence that is announced, and to press", async ({ embed }) => {
    await finder.type.selectOption({ label: "Plans" });
    await finder.data.fill("5000");
    await finder.days.fill("5000");
    await finder.price.fill("1");
    await expect(finder.status).toHaveText("0 offers. Without “Days needed” and “Price limit” some fit.");
    await embed.widget.button("Without “Days needed” and “Price limit”: 1").click();
    await finder.expectNames(["Riviera Unlimited"]);
    await expect(finder.days).toHaveValue("");
    await expect(finder.price).toHaveValue("");
  });

  test("each order is one", async () => {
    await finder.type.selectOption({ label: "Plans" });
    const first = async (order) => {
      await finder.sort.selectOption({ label: order });
      await expect(finder.sort).toHaveValue(/./);
      return (await finder.names())[0];
    };
    expect(await first("Price")).toBe("Riviera Week");
    expect(await first("Price per GB")).toBe("Riviera 100 GB");
    expect(await first("Price per day")).toBe("Riviera 5 GB");
    expect(await first("Most data")).toBe("Riviera Unlimited");
    expect(await first("Longest validity")).toBe("Riviera 20 GB, a year ahead");
  });
});

test("the focus stays where one is: nothing that had it takes it away", async ({ embed, page }) => {
  const { widget } = embed;
  const finder = new Finder(widget);
  const heading = widget.root.getByRole("heading", { name: "Find and compare" });
  await embed.openAs(ALICE);
  await finder.open();
  await finder.country.fill("japan");
  await finder.country.press("Enter");
  const remove = finder.filters.getByRole("button", { name: "Remove Japan" });
  await expect(remove).toBeFocused();
  await remove.press("Enter");
  await expect(finder.country).toBeFocused();
  await finder.compare("Data 5");
  await finder.table.getByRole("button", { name: "Remove Data 5" }).press("Enter");
  await expect(heading).toBeFocused();
  await finder.data.fill("500");
  await finder.price.fill("1");
  await page.getByRole("button", { name: /^Without “Data needed/ }).press("Enter");
  await expect(heading).toBeFocused();
  await widget.button("Clear all").press("Enter");
  await expect(widget.button("Clear all")).toBeFocused();
  await widget.button("Back to all offers").press("Enter");
  await expect(widget.root.getByRole("heading", { name: "Ways to renew" })).toBeFocused();
});

test("what a filter leaves on the screen is not drawn anew", async ({ embed }) => {
  const finder = new Finder(embed.widget);
  await embed.open();
  await finder.open();
  await finder.type.selectOption({ label: "Plans" });
  await expect.poll(() => finder.names()).toHaveLength(8);
  const card = await embed.widget.card("Riviera 50 GB").elementHandle();
  await finder.data.fill("20");
  await expect.poll(() => finder.names()).toHaveLength(5);
  await finder.sort.selectOption({ label: "Price" });
  await expect.poll(async () => (await finder.names())[0]).toBe("Riviera 20 GB");
  expect(await card.evaluate((element) => element.isConnected)).toBe(true);
});

test("a long list grows where it ends: what is there stays, and the focus goes to the first that comes", async ({ embed, page }) => {
  const { widget } = embed;
  await page.route("**/productOffering?*", async (route) => {
    const response = await route.fetch();
    const pattern = (await response.json()).find(({ id }) => id === "data-20");
    const offset = Number(new URL(route.request().url()).searchParams.get("offset"));
    const json = Array.from({ length: 60 }, (_, at) => ({ ...pattern, id: `pack-${at}`, name: `Pack ${at}` })).slice(offset);
    await route.fulfill({ response, json, headers: { ...response.headers(), "x-total-count": "60" } });
  });
  await embed.open();
  const grows = async (count) => {
    await expect.poll(count).toBe(24);
    const first = await widget.card("Pack 0").elementHandle();
    await widget.button("Show 24 more").press("Enter");
    await expect.poll(count).toBe(48);
    await expect(widget.card("Pack 24")).toBeFocused();
    await widget.button("Show 12 more").press("Enter");
    await expect.poll(count).toBe(60);
    await expect(widget.card("Pack 48")).toBeFocused();
    await expect(widget.root.getByRole("button", { name: /^Show \d+ more$/ })).toHaveCount(0);
    expect(await first.evaluate((element) => element.isConnected)).toBe(true);
  };
  await grows(async () => (await widget.cardNames()).length);
  const finder = new Finder(widget);
  await finder.open();
  await grows(async () => (await finder.names()).length);
});

test("what is looked for survives a reload: on the standalone page in its address", async ({ page, standalone }) => {
  const finder = new Finder(standalone.widget);
  await standalone.open();
  await finder.open();
  await finder.type.selectOption({ label: "Roaming" });
  await finder.data.fill("5");
  await finder.country.fill("japan");
  await finder.country.press("Enter");
  await expect.poll(() => new URL(page.url()).searchParams.get("esim-find")).toBe("type=roaming&country=JP&data=5");
  const names = await finder.names();
  await page.reload();
  await expect(finder.type).toHaveValue("roaming");
  await expect(finder.data).toHaveValue("5");
  await finder.expectNames(names);
  await standalone.widget.button("Back to all offers").click();
  await expect(standalone.widget.card("Data 20")).toBeVisible();
  expect(page.url()).not.toContain("esim-find");
});

test("what is looked for survives a reload: elsewhere in the tab, and the address is left alone", async ({ embed, page }) => {
  const finder = new Finder(embed.widget);
  await embed.open();
  const address = page.url();
  await finder.open();
  await finder.type.selectOption({ label: "Plans" });
  await finder.sort.selectOption({ label: "Price" });
  await expect.poll(async () => (await finder.names())[0]).toBe("Riviera Week");
  expect(page.url()).toBe(address);
  await page.reload();
  await expect(finder.type).toHaveValue("plan");
  await expect.poll(async () => (await finder.names())[0]).toBe("Riviera Week");
});

test("what stands side by side and the trip survive another language and a reload", async ({ embed, page }) => {
  const { widget } = embed;
  const finder = new Finder(widget);
  await embed.open();
  await finder.open();
  await finder.compare("Data 5");
  await finder.compare("Data 20");
  await finder.openTrip();
  await finder.leg(0, "Japan", "7");
  await widget.button("Add a country").click();
  await finder.leg(1, "korea", "5");
  await finder.plan("6.5");
  await expect(finder.answer).toContainText("In all €");
  const heads = async (table) => (await table.getByRole("columnheader").allInnerTexts()).map((text) => text.split("\n")[0]);
  const expectKept = async (table, [japan, korea]) => {
    await expect.poll(async () => (await heads(table)).slice(-2)).toEqual(["Data 5", "Data 20"]);
    const legs = widget.root.locator(".leg");
    await expect(legs).toHaveCount(2);
    await expect(legs.nth(0)).toContainText(japan);
    await expect(legs.nth(1)).toContainText(korea);
    await expect(legs.nth(1).locator("[inputmode=decimal]")).toHaveValue("5");
    await expect(widget.root.locator(".trip form > .field [inputmode=decimal]")).toHaveValue("6.5");
  };
  await page.evaluate(() => document.querySelector("esim-renewal").setAttribute("locale", "fr"));
  await expectKept(widget.root.getByRole("table", { name: "Côte à côte" }), ["Japon", "Corée du Sud"]);
  await page.evaluate(() => document.querySelector("esim-renewal").removeAttribute("locale"));
  await expectKept(finder.table, ["Japan", "South Korea"]);
  await page.reload();
  await expectKept(finder.table, ["Japan", "South Korea"]);
  await finder.trip.getByRole("button", { name: "Find the cheapest packs" }).click();
  await expect(finder.answer).toContainText("In all €");
});

test("side by side: my plan and up to four others, with what changes in words", async ({ embed, page }) => {
  const { widget } = embed;
  const finder = new Finder(widget);
  await embed.openAs(BRUNO);
  await finder.open();
  await finder.type.selectOption({ label: "Plans" });
  for (const name of ["Riviera 20 GB", "Riviera 50 GB", "Riviera Unlimited", "Riviera Week"]) await finder.compare(name);
  await expect(widget.button("Compare Riviera 5 GB")).toHaveAttribute("aria-disabled", "true");
  await widget.button("Compare Riviera 5 GB").click({ force: true });
  const four = "Four fit side by side: take one away to compare another.";
  await expect(widget.button("Compare Riviera 5 GB")).toHaveAccessibleDescription(four);
  await expect(widget.card("Riviera 5 GB").getByText(four)).toBeVisible();
  await expect(widget.card("Riviera Week").getByText(four)).toHaveCount(0);
  await expect(finder.table.getByRole("columnheader")).toHaveCount(5);
  await expect(finder.table.getByRole("columnheader").first()).toContainText("Riviera 10 GB");
  const row = async (name) => {
    const cells = finder.table.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) }).getByRole("cell");
    return (await cells.allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
  };
  expect(await row("Data")).toEqual(["10 GB", "20 GB 10 GB more", "50 GB 40 GB more", "Unlimited, full speed up to 200 GB more", "3 GB 7 GB less"]);
  expect(await row("Valid")).toEqual(["30 days", "30 days the same", "30 days the same", "30 days the same", "7 days 23 days less"]);
  expect(await row("Price")).toEqual(["€14.90", "€19.90 €5.00 more", "€27.90 €13.00 more", "€44.90 €30.00 more", "€6.90 €8.00 less"]);
  expect(await row("Per GB")).toEqual(["€1.49", "€1.00 €0.49 less", "€0.56 €0.93 less", "does not apply", "€2.30 €0.81 more"]);
  expect(await row("Speed")).toEqual(["150 Mbit/s", "150 Mbit/s the same", "300 Mbit/s 150 more", "500 Mbit/s 350 more", "100 Mbit/s 50 less"]);
  await finder.table.getByRole("button", { name: "Remove Riviera Week" }).click();
  await expect(finder.table.getByRole("columnheader")).toHaveCount(4);

  // The names of the facts stay where they are while the rest moves; on a phone each offer is a card.
  await page.setViewportSize({ width: 720, height: 900 });
  const name = finder.table.getByRole("rowheader", { name: "Data", exact: true });
  const at = (await name.boundingBox()).x;
  await finder.table.locator("..").evaluate((box) => box.scrollTo({ left: 200 }));
  expect((await name.boundingBox()).x).toBeCloseTo(at, 0);
  await page.setViewportSize({ width: 360, height: 800 });
  // Each offer is a card: its name, then its facts in their order, before the next offer's.
  const rows = await finder.table.getByRole("row").all();
  const columns = await Promise.all(rows.map((row, at) => (at ? row.getByRole("cell") : row.getByRole("columnheader")).all()));
  const boxes = await Promise.all([0, 1, 2, 3].flatMap((column) => columns.map((cells) => cells[column].boundingBox())));
  expect(new Set(boxes.map(({ x }) => x)).size).toBe(1);
  for (let at = 1; at < boxes.length; at += 1) expect(boxes[at].y).toBeGreaterThanOrEqual(boxes[at - 1].y + boxes[at - 1].height - 1);
  expect(await row("Price")).toHaveLength(4);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await finder.table.getByRole("button", { name: "Remove Riviera 50 GB" }).press("Enter");
  await expect(finder.table.locator("..")).toBeFocused();
  await finder.table.getByRole("button", { name: "Choose Riviera 20 GB" }).click();
  await widget.expectStep("Your basket");
});

test("on a phone the results follow the filters, and what is picked is one press away", async ({ embed, page }) => {
  const { widget } = embed;
  const finder = new Finder(widget);
  await page.setViewportSize({ width: 360, height: 800 });
  await embed.openAs(ALICE);
  await finder.open();
  const [form, count] = await Promise.all([finder.filters.boundingBox(), finder.status.boundingBox()]);
  expect(count.y - form.y - form.height).toBeLessThan(32);
  expect(count.y - (await widget.root.getByRole("heading", { name: "Find and compare" }).boundingBox()).y).toBeLessThan(800);
  await finder.compare("Data 5");
  const toTable = widget.button("Side by side: 1");
  await expect(toTable).toBeInViewport();
  await expect(finder.table).not.toBeInViewport();
  await toTable.click();
  await expect(finder.table.locator("..")).toBeFocused();
  await expect(finder.table.getByText("Side by side", { exact: true })).toBeInViewport();
});

test("signed out, the comparison invites to sign in; what was picked then stands against my plan", async ({ page, standalone }) => {
  const { widget } = standalone;
  const finder = new Finder(widget);
  await standalone.open();
  await finder.open();
  await finder.type.selectOption({ label: "Plans" });
  await finder.compare("Riviera 50 GB");
  await expect(finder.table.getByRole("columnheader")).toHaveCount(1);
  const side = finder.table.locator("..");
  await expect(side).toContainText("Against my plan: sign in to see what changes.");
  await side.getByRole("button", { name: "Sign in" }).click();
  await standalone.identify(BRUNO.msisdn);
  await expect(finder.table.getByRole("columnheader")).toHaveCount(2);
  await expect(finder.table.getByRole("columnheader").first()).toContainText("Riviera 10 GB");
  await expect(finder.table).toContainText("40 GB more");
  await expect(side).not.toContainText("sign in");
});

test("a trip: the cheapest packs, what each is for, and the next best; they go into the basket", async ({ embed }) => {
  const { widget } = embed;
  const finder = new Finder(widget);
  await embed.openAs(DORA);
  await finder.open();
  await finder.openTrip();
  await finder.plan("6");
  await expect(finder.answer).toContainText("Please say each country, its days, and the data for the whole trip.");
  await finder.leg(0, "Japan", "7");
  await widget.button("Add a country").click();
  await finder.leg(1, "korea", "5");
  await finder.plan("6");
  await expect(finder.answer).toContainText("In all €");
  await expect(finder.answer).toContainText(/Days 1 to \d+ in Japan/);
  await expect(finder.answer).toContainText("No other set of packs does it for less.");
  await expect(finder.answer).toContainText("Next best: ");
  const total = /In all (€[\d.]+)/.exec(await finder.answer.innerText())[1];
  await expect(finder.answer).toContainText("Say the first day to put them in the basket");
  const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await finder.trip.getByLabel("First day of the trip").fill(day(10));
  await widget.button("Put in the basket").click();
  await widget.expectStep("Your basket");
  await widget.expectFacts({ "Total, VAT included": total });
  const starts = await embed.page.getByLabel("Starts").evaluateAll((fields) => fields.map((field) => field.value));
  expect(starts).toEqual([day(10), day(12)]);
  await widget.review();
  await widget.expectFacts({ "To pay now": total });
});

test("another question makes the answer go, and whoever is signed out is told why there is no basket", async ({ standalone }) => {
  const finder = new Finder(standalone.widget);
  await standalone.open();
  await finder.open();
  await finder.openTrip();
  await finder.leg(0, "Japan", "7");
  await finder.plan("6");
  await expect(finder.answer).toContainText("In all €");
  await finder.trip.locator(".leg").getByLabel("Days", { exact: true }).fill("8");
  await expect(finder.answer).toBeEmpty();
  await finder.plan("6");
  await finder.trip.getByLabel("First day of the trip").fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await expect(finder.answer).toContainText("They cannot be put in a basket here: sign in");
});

test("a trip that no pack covers is told by the country's name", async ({ embed }) => {
  const finder = new Finder(embed.widget);
  await embed.open();
  await finder.open();
  await finder.openTrip();
  await finder.leg(0, "monaco", "3");
  await finder.plan("1");
  await expect(finder.answer).toContainText("No pack here works in Monaco.");
  await finder.trip.locator(".leg").getByLabel("Days", { exact: true }).fill("91");
  await finder.plan("1");
  await expect(finder.answer).toContainText("A trip here has at most 10 countries and 90 days.");
});

test("what is found is chosen, and the checkout opens with it", async ({ embed }) => {
  const { widget } = embed;
  const finder = new Finder(widget);
  await embed.openAs(ALICE);
  await finder.open();
  await finder.type.selectOption({ label: "Data" });
  await widget.chooseAndReview("Data 50");
  await widget.expectFacts({ "To pay now": "€40.00" });
});
