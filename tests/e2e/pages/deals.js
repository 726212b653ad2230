import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { prerender } from "../support/prerender.js";
import { Widget } from "./widget.js";
import { EN } from "./words.js";

const PLACE = /<!-- esim-renewal: prerendered -->.*<!-- \/esim-renewal: prerendered -->/s;

/** The carrier's page of deals, with what is on offer there in its own document. */
export class DealsPage {
  constructor(page, sandbox, words = EN) {
    this.page = page;
    this.sandbox = sandbox;
    this.widget = new Widget(page.getByRole("main"), words);
    this.cards = page.getByRole("main").getByRole("article");
    this.widgetCards = this.widget.root.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });
  }

  /** Opens it; with `far` the deals are several screens below, and `options` are those of the program that writes them. */
  async open({ far = false, options = {} } = {}) {
    const { page, sandbox } = this;
    const name = `deals-${randomUUID()}`;
    const fragment = await prerender(sandbox, { "carrier-name": "Rocher Mobile", "promo-code": "MONACO20", ...options });
    const empty = await (await fetch(`${sandbox.pages}/deals.html`)).text();
    const filled = empty.replace(PLACE, () => fragment);
    expect(filled).not.toBe(empty);
    await sandbox.addPage(`${name}.css`, ".site-hero { min-block-size: 4000px }");
    const sheet = far ? `<link rel="stylesheet" href="${name}.css"></head>` : "</head>";
    await page.goto(await sandbox.addPage(`${name}.html`, filled.replace("</head>", () => sheet)));
  }

  /** A prerendered card. */
  card(name) {
    return this.cards.filter({ has: this.page.getByRole("heading", { name, exact: true }) });
  }

  link(name) {
    return this.page.getByRole("link", { name: this.widget.t.choose(name), exact: true });
  }

  /** What machines read. */
  async products() {
    const [data] = await this.page.locator('script[type="application/ld+json"]').allTextContents();
    return JSON.parse(data)["@graph"];
  }

  /** Waits until the widget stands where the deals were. */
  async expectWidget() {
    await expect(this.cards).toHaveCount(0);
    await expect(this.widget.card("Data 50")).toBeVisible();
  }
}

/** The texts of cards, by their names. */
export async function textsOf(cards) {
  const texts = await cards.evaluateAll((found) => found.map((card) => [card.querySelector("h3").innerText, card.innerText.replace(/\s+/g, " ")]));
  return Object.fromEntries(texts);
}

/** Where on the page cards and what is on them stand, by their names: left, top, width and height. */
export async function placesOf(cards) {
  const parts = ["h3", ".esim-deal, .badge", ".esim-hero, .hero", "dl", ".esim-price, .price", "a"];
  const places = await cards.evaluateAll((found, parts) => found.map((card) => {
    const place = (part) => {
      if (!part) return null;
      const { left, top, width, height } = part.getBoundingClientRect();
      return [left + scrollX, top + scrollY, width, height].map(Math.round).join(" ");
    };
    return [card.querySelector("h3").innerText, [card, ...parts.map((part) => card.querySelector(part))].map(place)];
  }), parts);
  return Object.fromEntries(places);
}
