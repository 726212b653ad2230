import { Standalone } from "./pages/standalone.js";
import { EN, FR } from "./pages/words.js";
import { overflow, smallTargets, violations } from "./support/axe.js";
import { gate } from "./support/gate.js";
import { moved } from "./support/moved.js";
import { ALICE, expect, test } from "./support/test.js";

/** Another carrier's file. */
const AZUR = {
  name: "Azur Télécom",
  hotline: "+33 1 86 95 00 00",
  page: {
    title: { en: "Your eSIM with Azur", fr: "Votre eSIM chez Azur" },
    description: "All of Azur's eSIM plans.",
    logo: "azur*",
    colours: { accent: "#8a1538", deal: "orange" },
    radius: "3px",
    font: "Georgia, serif",
    theme: "dark",
    note: { en: "Azur, a company of Nice.", fr: "Azur, une société de Nice." },
    links: [
      { text: { en: "Privacy", fr: "Confidentialité" }, href: "https://azur.example/privacy" },
      { text: "Imprint", href: "imprint.html" },
      { text: "Accessibility line", href: "tel:+33186950001" },
    ],
  },
};

/** The page is given the sandbox's file with these changes, once `opened` is. */
async function configure(page, changes, opened) {
  await page.route("**/carrier.json", async (route) => {
    // Asked for by the test itself: what the page asks for is given up where the page is left meanwhile.
    const original = await (await fetch(route.request().url())).json();
    await opened;
    await route.fulfill({ json: { ...original, ...changes } });
  });
}

const token = (page, name) => page.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(), name);

test("carrier.json alone makes the page another carrier's", async ({ page, standalone }) => {
  const { widget } = standalone;
  await standalone.open();
  const fill = () => widget.signIn.evaluate((button) => getComputedStyle(button).backgroundColor);
  const before = await fill();

  await configure(page, AZUR);
  await standalone.open();
  await expect(page).toHaveTitle("Your eSIM with Azur · azur*");
  await expect(page.locator("meta[name=description]")).toHaveAttribute("content", "All of Azur's eSIM plans.");
  await expect(page.getByRole("heading", { level: 1, name: "Your eSIM with Azur" })).toBeAttached();
  await expect(page.getByRole("banner").getByRole("link", { name: "azur*" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Call +33 1 86 95 00 00" })).toHaveAttribute("href", "tel:+33186950000");
  await expect(page.getByRole("contentinfo")).toContainText("Azur, a company of Nice.");
  const legal = page.getByRole("navigation", { name: "About us" }).getByRole("link");
  expect(await legal.evaluateAll((links) => links.map((link) => [link.textContent, link.href]))).toEqual([
    ["Privacy", "https://azur.example/privacy"],
    ["Imprint", `${standalone.url}imprint.html`],
    ["Accessibility line", "tel:+33186950001"],
  ]);
  await expect(page.getByText("Rocher")).toHaveCount(0);

  expect(await fill()).not.toBe(before);
  for (const [name, value] of Object.entries({ "--esim-accent": "#8a1538", "--esim-deal": "orange", "--esim-radius": "3px" })) {
    expect(await token(page, name), name).toBe(value);
  }
  await expect(widget.card("Data 20")).toHaveCSS("border-radius", "3px");
  await expect(widget.card("Data 20")).toHaveCSS("font-family", "Georgia, serif");
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
});

test("what is wrong in carrier.json is left out and named, and all else counts", async ({ guard, page, standalone }) => {
  // The hotline is the widget's setting too, which says the same of it.
  guard.expect(/carrier\.json: .* is left out/, /setting-invalid hotline/);
  const said = [];
  page.on("console", (message) => said.push(...(/carrier\.json: (\S+) is left out/.exec(message.text())?.slice(1) ?? [])));
  const links = [
    { text: "Script", href: "javascript:alert(1)" },
    { text: "Data", href: "data:text/html,x" },
    { href: "https://azur.example/" },
    { text: "Terms", href: "terms.html" },
  ];
  const colours = { accent: "no colour", deal: "var(--ink)" };
  const wrong = { title: 7, colours, radius: "3px; color: red", font: "inherit", theme: "blue", locale: "xx", links };
  await configure(page, { name: "Azur", hotline: "javascript:1", page: wrong });
  await standalone.open();

  await expect(page).toHaveTitle("Renew your eSIM plan · Azur");
  await expect(page.getByRole("contentinfo").getByRole("link")).toHaveText(["Terms"]);
  await expect(page.locator("a[href^='javascript:'], a[href^='data:']")).toHaveCount(0);
  expect(await token(page, "--brand")).toMatch(/^oklch\(/);
  for (const name of ["--esim-deal", "--esim-radius", "--esim-font"]) expect(await token(page, name), name).toBe("");
  await expect(page.locator("html")).toHaveCSS("color-scheme", "light dark");
  await expect(page.getByRole("link", { name: "Call +377 99 00 34 56" })).toBeVisible();
  const named = ["title", "colours.accent", "colours.deal", "radius", "font", "theme", "locale", "links[0].href", "links[1].href", "links[2].text"];
  expect(said.toSorted()).toEqual(["hotline", ...named.map((name) => `page.${name}`)].toSorted());
});

test("without the file the page stays as it is written", async ({ guard, page, standalone }) => {
  guard.expect(/carrier\.json/, /config-unreadable/);
  await page.route("**/carrier.json", (route) => route.fulfill({ status: 404 }));
  await page.goto(standalone.url);
  await expect(page.getByRole("heading", { level: 2, name: "Renew your plan" })).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: "Rocher Mobile" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Call +377 99 00 34 56" })).toHaveCount(2);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the page names the carrier and its phone", async ({ guard, page, standalone }) => {
    // Where scripts are off the browser refuses to fetch them ahead.
    guard.expect(/^failed: GET .*\.js csp$/);
    await page.goto(standalone.url);
    await expect(page).toHaveTitle("Renew your eSIM plan · Rocher Mobile");
    await expect(page.getByRole("main").getByRole("link", { name: "Call +377 99 00 34 56" })).toBeVisible();
  });
});

test("the language is switched in place, and the address alone remembers it", async ({ page, standalone }) => {
  await configure(page, AZUR);
  await standalone.open();
  await page.evaluate(() => (window.sameDocument = true));
  await page.getByRole("link", { name: "Français" }).click();
  await expect(page).toHaveURL(`${standalone.url}?lang=fr`);
  await expect(page.getByRole("link", { name: "English" })).toBeFocused();
  const french = async () => {
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await expect(page).toHaveTitle("Votre eSIM chez Azur · azur*");
    // The fallback has such a link too, until the widget stands.
    const help = page.getByRole("navigation", { name: "Aide et langue" });
    await expect(help.getByRole("link", { name: "Appeler le +33 1 86 95 00 00" })).toBeVisible();
    await expect(page.getByRole("contentinfo")).toContainText("une société de Nice");
    await expect(page.getByRole("link", { name: "Confidentialité" })).toBeAttached();
    await expect(page.getByRole("region", { name: FR.ways })).toBeVisible();
  };
  await french();
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
  await page.reload();
  await french();
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en-GB");
  await expect(page.getByRole("region", { name: EN.ways })).toBeVisible();
  await page.goto(standalone.url);
  await expect(page).toHaveTitle("Your eSIM with Azur · azur*");
});

test.describe("in a French browser", () => {
  test.use({ locale: "fr-CH" });

  test("the page speaks French, unless the file says otherwise", async ({ page, standalone }) => {
    await page.goto(standalone.url);
    await expect(page.locator("html")).toHaveAttribute("lang", "fr-CH");
    await expect(page.getByRole("region", { name: FR.ways })).toBeVisible();
    await configure(page, { page: { locale: "en-IE" } });
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", "en-IE");
    await expect(page.getByRole("region", { name: EN.ways })).toBeVisible();
  });
});

for (const width of [360, 1280]) {
  test(`nothing moves when the file comes late (${width} px)`, async ({ page, standalone }) => {
    await page.setViewportSize({ width, height: 800 });
    const { open, opened } = gate();
    await configure(page, AZUR, opened);
    await page.goto(standalone.url, { waitUntil: "commit" });
    await expect(page.getByRole("main").getByRole("link", { name: "Call +377 99 00 34 56" })).toBeVisible();
    open();
    await expect(standalone.widget.card("Data 20")).toBeVisible();
    await expect(page.getByRole("link", { name: "Call +33 1 86 95 00 00" })).toBeVisible();
    expect(await moved(page)).toEqual([]);
  });
}

test("the page can be used before the file comes", async ({ page, standalone }) => {
  const { open, opened } = gate();
  await configure(page, AZUR, opened);
  await page.goto(standalone.url, { waitUntil: "commit" });
  await page.getByRole("link", { name: "Français" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Renouveler votre forfait" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Appeler le +377 99 00 34 56" })).toHaveAttribute("href", "tel:+37799003456");
  open();
  await expect(page).toHaveTitle("Votre eSIM chez Azur · azur*");
});

for (const [width, colorScheme] of [[360, "light"], [360, "dark"], [1280, "light"], [1280, "dark"]]) {
  test(`the page of a carrier with a pale colour can be used by everybody (${width} px, ${colorScheme})`, async ({ page, standalone }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await configure(page, { ...AZUR, page: { ...AZUR.page, colours: { accent: "#ffd400" }, theme: "auto" } });
    await standalone.open();
    await expect(page.getByRole("link", { name: "Imprint" })).toBeAttached();
    expect.soft(await violations(page)).toEqual([]);
    expect.soft(await overflow(page)).toBe(0);
    for (const part of ["banner", "contentinfo"]) expect.soft(await smallTargets(page.getByRole(part))).toEqual([]);
  });
}

test("the ways back from the sign-in and the sign-out keep the language", async ({ page, sandbox }) => {
  const standalone = new Standalone(page, sandbox, { url: `${sandbox.pages}/?lang=fr`, words: FR });
  const { widget } = standalone;
  await standalone.open();
  await standalone.signIn(ALICE);
  const french = async () => {
    await expect(page).toHaveURL(standalone.url);
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  };
  await french();
  await expect(widget.plan(ALICE.plan)).toContainText("14,8 Go sur 20 Go");
  await widget.button(widget.t.signOut).click();
  await expect(widget.signIn).toBeVisible();
  await french();
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => !key.startsWith("esim-renewal")))).toEqual([]);
});

test("a choice of the address that was put away stays away over a reload, with the sign-in that is behind it", async ({ page, sandbox }) => {
  const standalone = new Standalone(page, sandbox, { url: `${sandbox.pages}/?esim-offering=data-20` });
  const { widget } = standalone;
  await standalone.open();
  await widget.root.getByRole("button", { name: widget.t.signIn }).first().click();
  await standalone.identify(ALICE.msisdn);
  await widget.expectStep(widget.t.howMany);
  await widget.button("Remove Data 20").click();
  await expect(widget.plan(ALICE.plan)).toBeVisible();
  // The tokens are gone with the document: the browser goes to the sign-in server and comes back.
  const silently = page.waitForRequest(/prompt=none/);
  await page.reload();
  await silently;
  await expect(widget.plan(ALICE.plan)).toBeVisible();
  await expect(widget.card("Data 20")).toBeVisible();
  await expect(widget.heading(widget.t.howMany)).toHaveCount(0);
  // The link followed again brings it again.
  await page.goto(standalone.url);
  await widget.expectStep(widget.t.howMany);
});
