import { Playground } from "./pages/playground.js";
import { overflow, smallTargets, violations } from "./support/axe.js";
import { BRUNO, expect, test as base } from "./support/test.js";

const test = base.extend({ playground: async ({ page, sandbox }, use) => use(new Playground(page, sandbox)) });

const SCRIPT = '<script type="module" src="esim-renewal.js"></script>';

test("an attribute that is changed changes the widget, and stands in the snippet", async ({ page, playground }) => {
  const { widget } = playground;
  await playground.open();
  await playground.expectSnippet([SCRIPT, '<esim-renewal config="carrier.json"></esim-renewal>']);
  await playground.fill("Attributes", "locale", "fr");
  await expect(page.getByRole("tab", { name: "Forfaits" })).toBeVisible();
  await (await playground.control("Attributes", "pricing")).selectOption("none");
  await (await playground.control("Attributes", "qualification")).check();
  await playground.expectSnippet([SCRIPT, '<esim-renewal config="carrier.json" locale="fr" pricing="none" qualification></esim-renewal>']);
  await expect(page.getByText("Ces prix servent à comparer.")).toBeVisible();

  await page.reload();
  await expect(page.getByText("Ces prix servent à comparer.")).toBeVisible();
  await expect(await playground.control("Attributes", "locale")).toHaveValue("fr");
  await playground.fill("Attributes", "locale", "");
  await (await playground.control("Attributes", "pricing")).selectOption("");
  await (await playground.control("Attributes", "qualification")).uncheck();
  await playground.expectSnippet([SCRIPT, '<esim-renewal config="carrier.json"></esim-renewal>']);
  await expect(widget.button(widget.t.choose("Data 20"))).toBeVisible();
});

test("a token is drawn as it is typed, and what is none is marked and left out", async ({ playground }) => {
  const { widget } = playground;
  await playground.open();
  await playground.fill("Tokens", "--esim-radius", "2px");
  await expect(widget.card("Data 20")).toHaveCSS("border-radius", "2px");
  const accent = await playground.control("Tokens", "--esim-accent");
  const fill = () => widget.button("Renew").evaluate((button) => getComputedStyle(button).backgroundColor);
  const before = await fill();
  await (await playground.control("Tokens", "--esim-accent: pick a colour")).fill("#8a1538");
  await expect(accent).toHaveValue("#8a1538");
  await expect.poll(fill).not.toBe(before);
  const expected = [SCRIPT, "<style>", "esim-renewal {", "  --esim-radius: 2px;", "  --esim-accent: #8a1538;", "}", "</style>", '<esim-renewal config="carrier.json"></esim-renewal>'];
  await playground.expectSnippet(expected);
  await accent.fill("red; } </style>");
  await expect(accent).toHaveAttribute("aria-invalid", "true");
  await playground.expectSnippet(expected.filter((line) => !line.includes("accent")));
  expect(await fill()).toBe(before);
});

test("events stand in the log as they fire, with what they say", async ({ playground }) => {
  await playground.open();
  await expect(playground.entries("esim-ready")).toHaveCount(1);
  await playground.widget.choose("Data 20");
  await expect(playground.entries("esim-step-changed").last()).toContainText('{"step":"choose"}');
  await expect(playground.entries("esim-step-changed").last()).toContainText(/^\d\d:\d\d:\d\d\.\d{3} /);
  await playground.page.getByRole("button", { name: "Clear" }).click();
  await expect(playground.log.getByRole("listitem")).toHaveCount(0);
});

test("what is vetoed does not happen", async ({ playground }) => {
  const { widget } = playground;
  await playground.open();
  const veto = await playground.control("Vetoes", "esim-before-select");
  await veto.check();
  await widget.button(widget.t.choose("Data 20")).click();
  await expect(playground.entries("esim-before-select")).toContainText('{"offeringId":"data-20"} (vetoed)');
  await expect(widget.offers).toBeVisible();
  await veto.uncheck();
  await widget.choose("Data 20");
  await expect(playground.entries("esim-before-select").last()).not.toContainText("vetoed");
});

test("methods are called with what is typed, and their answers stand in the log", async ({ playground, page }) => {
  const { widget } = playground;
  await playground.open();
  await playground.control("Methods", "offering");
  const open = playground.settings.getByRole("form", { name: "open" });
  await open.getByLabel("offering").fill("data-20");
  await open.getByLabel("options").fill('{"quantity": 2}');
  await open.getByRole("button", { name: "open()" }).click();
  await expect(playground.entries("open()")).toContainText("true");
  await expect(widget.quantity).toHaveValue("2");
  await open.getByLabel("offering").fill("no-such-thing");
  await open.getByRole("button", { name: "open()" }).click();
  await expect(playground.entries("open()").last()).toContainText("rejected: unknown-offering");
  await page.getByRole("button", { name: "destroy()" }).click();
  await expect(page.getByRole("heading", { name: "Renew your plan" })).toBeVisible();
  await page.getByRole("button", { name: "Insert again" }).click();
  // What was begun goes on.
  await expect(widget.quantity).toHaveValue("2");
});

test("a text of the integrator's own replaces the widget's", async ({ playground }) => {
  await playground.open();
  await playground.fill("Texts", "texts", "renew = Prolong\nno pair");
  await expect(playground.widget.button("Prolong")).toBeVisible();
  await expect(await playground.control("Texts", "texts")).toHaveAttribute("aria-invalid", "true");
  const script = ['<script type="module">', 'document.querySelector("esim-renewal").texts = {', '  "renew": "Prolong"', "};", "</script>"];
  await playground.expectSnippet([SCRIPT, '<esim-renewal config="carrier.json"></esim-renewal>', ...script]);
});

test("a slot is filled on the page and in the snippet", async ({ playground, page }) => {
  await playground.open();
  await (await playground.control("Slots", "header")).check();
  await expect(page.locator("esim-renewal > [slot=header]")).toHaveText("header");
  await playground.expectSnippet([SCRIPT, '<esim-renewal config="carrier.json">', '  <div slot="header">header</div>', "</esim-renewal>"]);
});

test("another subscriber's plan is shown", async ({ playground, page }) => {
  await playground.open();
  await page.getByLabel("Signed in as").selectOption(BRUNO.msisdn);
  await expect(playground.widget.plan(BRUNO.plan)).toContainText("400 MB of 10 GB");
});

test("a setting is found by a word of its description", async ({ playground, page }) => {
  await playground.open();
  const { settings } = playground;
  await page.getByRole("searchbox", { name: "Find a setting" }).fill("BCP 47");
  await expect(settings.getByLabel("locale", { exact: true })).toBeVisible();
  await expect(settings.getByLabel("config", { exact: true })).toBeHidden();
  await expect(settings.locator("summary").filter({ hasText: "Tokens" })).toBeHidden();
});

test("the snippet is copied", async ({ context, playground, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.open();
  await playground.fill("Attributes", "carrier-name", 'A "B" & <C>');
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('carrier-name="A &quot;B&quot; &amp; &lt;C>"');
  expect(copied).toBe(await playground.snippet.inputValue());
  await page.getByRole("button", { name: "Start anew" }).click();
  await playground.expectSnippet([SCRIPT, '<esim-renewal config="carrier.json"></esim-renewal>']);
});

test("without the list of settings the widget still works", async ({ guard, page, playground }) => {
  guard.expect(/custom-elements\.json/);
  await page.route("**/custom-elements.json", (route) => route.fulfill({ status: 404 }));
  await page.goto(playground.url);
  await expect(page.getByText("The list of settings could not be loaded.")).toBeVisible();
  await expect(playground.widget.card("Data 20")).toBeVisible();
});

for (const width of [360, 768, 1280]) {
  test(`the playground can be used by everybody (${width} px)`, async ({ page, playground }) => {
    test.slow();
    await page.setViewportSize({ width, height: 800 });
    await playground.open();
    await playground.openAll();
    expect.soft(await overflow(page)).toBe(0);
    expect.soft(await smallTargets(page)).toEqual([]);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await violations(page), colorScheme).toEqual([]);
    }
  });
}

test("the carrier's page leads to the playground", async ({ embed, page, playground }) => {
  await embed.open();
  await page.getByRole("link", { name: "Playground" }).click();
  await expect(playground.widget.card("Data 20")).toBeVisible();
});
