// Takes the pictures of the widget that the documentation shows, into docs/pictures.

import { chromium } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Embed } from "./pages/embed.js";
import { Finder } from "./pages/finder.js";
import { PaymentPage } from "./pages/payment.js";
import { browser as options } from "./support/browser.js";
import { BRUNO, Sandbox } from "./support/sandbox.js";

const folder = resolve(import.meta.dirname, "../../docs/pictures");

const MARGIN = 12;

/** The pictures of one journey: what is done, and the name of the picture of what is then seen. */
const steps = [
  {
    name: "plan",
    async reach({ embed }) {
      await embed.openAs(BRUNO);
      await embed.widget.plan(BRUNO.plan).getByText("400 MB of 10 GB").waitFor();
      await embed.widget.card("Data 20").waitFor();
    },
    parts: ({ embed: { widget } }) => [widget.plan(BRUNO.plan), widget.card("Data 5")],
  },
  {
    name: "advice",
    async reach({ embed: { widget } }) {
      await widget.show("Plans");
      await widget.card("Riviera 20 GB").waitFor();
    },
    parts: ({ embed: { widget } }) => [widget.card("Riviera 5 GB"), widget.card("Riviera 50 GB")],
  },
  {
    name: "compare",
    async reach({ embed: { widget } }) {
      const finder = new Finder(widget);
      await finder.open();
      await finder.type.selectOption({ label: "Plans" });
      for (const name of ["Riviera 20 GB", "Riviera 50 GB", "Riviera Unlimited"]) await finder.compare(name);
    },
    parts: ({ embed: { widget } }) => [new Finder(widget).table],
  },
  {
    name: "trip",
    async reach({ embed: { widget } }) {
      const finder = new Finder(widget);
      await finder.openTrip();
      await finder.leg(0, "Japan", "7");
      await widget.button("Add a country").click();
      await finder.leg(1, "South Korea", "5");
      await finder.plan("6");
      await finder.answer.getByText("In all").waitFor();
    },
    parts: ({ embed: { widget } }) => [new Finder(widget).trip],
  },
  {
    name: "review",
    async reach({ embed: { widget } }) {
      await widget.button("Back to all offers").click();
      await widget.show("Data");
      await widget.choose("Data 20");
      await widget.button(widget.t.more).click();
      await widget.review();
      await widget.consent.check();
    },
    parts: ({ embed: { widget } }) => [widget.root.getByRole("form", { name: widget.t.check })],
  },
  {
    name: "confirming",
    async reach({ embed: { widget }, page }) {
      // The order arrives, its reply does not, and the carrier cannot be asked for now.
      const lose = async (route) => {
        if (route.request().method() === "POST") await route.fetch();
        await route.abort("failed");
      };
      await page.route("**/productOrder*", lose);
      await widget.order.click();
      await widget.expectStep(widget.t.orderUnknown);
    },
    parts: ({ embed: { widget } }) => [widget.plan(widget.t.orderUnknown)],
  },
  {
    name: "receipt",
    async reach({ embed: { widget }, page, payment }) {
      await page.unrouteAll({ behavior: "wait" });
      await widget.button(widget.t.checkNow).click();
      await widget.button(widget.t.pay("€48.00")).click();
      await payment.payAccepted();
      await widget.expectReceipt();
    },
    parts: ({ embed: { widget } }) => [widget.plan(widget.t.renewed)],
  },
];

/** The part of the page that holds some of its parts, with a margin. */
async function around(parts) {
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
  const top = Math.floor(Math.min(...boxes.map(({ y }) => y))) - MARGIN;
  const bottom = Math.ceil(Math.max(...boxes.map(({ y, height }) => y + height))) + MARGIN;
  return { x: 0, y: top, width: parts[0].page().viewportSize().width, height: bottom - top };
}

const [browser, sandbox] = await Promise.all([chromium.launch(options.launchOptions), Sandbox.start()]);
try {
  await mkdir(folder, { recursive: true });
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Monaco", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const given = { page, embed: new Embed(page, sandbox), payment: new PaymentPage(page) };
  for (const { name, reach, parts } of steps) {
    await reach(given);
    for (const width of [360, 1280]) {
      for (const colorScheme of name === "plan" ? ["light", "dark"] : ["light"]) {
        // High enough for all of it: what sticks to the window's edge would hide something else.
        await page.setViewportSize({ width, height: 9000 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const path = join(folder, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path, clip: await around(parts(given)), animations: "disabled", caret: "hide" });
      }
    }
  }
} finally {
  await browser.close();
  await sandbox.stop();
}
