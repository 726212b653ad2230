// How long the finder takes from a real key press until the right count is painted, by the number of offerings, on a
// processor slowed down four times. Beside it, in the same run, the same list made by hand in plain JavaScript: as many
// offerings, the same conditions, as many cards drawn. Prints a table in Markdown.

import { chromium } from "@playwright/test";
import { Finder } from "./pages/finder.js";
import { HostPage } from "./support/host-page.js";
import { browser as options } from "./support/browser.js";
import { Sandbox } from "./support/sandbox.js";

const SIZES = [10, 100, 1_000, 10_000];
const ROUNDS = 12;
const WINDOW = 24;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** So many offerings like those that the carrier has, each a little different. */
function catalogue(pattern, count) {
  return Array.from({ length: count }, (_, at) => {
    const one = structuredClone(pattern);
    one.id = `pack-${at}`;
    one.name = `Pack ${at}`;
    one.prodSpecCharValueUse.find(({ name }) => name === "dataVolume").productSpecCharacteristicValue[0].value = 1 + (at % 60);
    one.productOfferingPrice[0].price.taxIncludedAmount.value = 3 + (at % 97);
    return one;
  });
}

/** Types into a field, and gives the milliseconds until the text that is watched has changed and is painted. */
async function measure(page, field, watched, text) {
  const watch = await watched.elementHandle();
  const input = await field.elementHandle();
  const painted = page.evaluate(
    ([watch, input]) =>
      new Promise((resolve) => {
        let begun = 0;
        const before = watch.textContent;
        input.addEventListener("input", (event) => (begun ||= event.timeStamp), { capture: true });
        const observer = new MutationObserver(() => {
          if (watch.textContent === before) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
        });
        observer.observe(watch, { childList: true, characterData: true, subtree: true });
      }),
    [watch, input],
  );
  await field.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.press(text);
  return painted;
}

/** The same list by hand. */
const HAND_MADE = `
const all = ${"__ALL__"};
const field = document.querySelector("input"), count = document.querySelector("p"), list = document.querySelector("ul");
const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR" });
const draw = () => {
  const least = Number(field.value || 0);
  const fitting = all.filter((one) => one.data >= least);
  list.replaceChildren(...fitting.slice(0, ${WINDOW}).map((one) => {
    const card = document.createElement("li"), name = document.createElement("h3"), facts = document.createElement("dl");
    name.textContent = one.name;
    for (const [term, value] of [["Data", one.data + " GB"], ["Per GB", money.format(one.price / one.data)], ["Works in", "Monaco, France"]]) {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = term; dd.textContent = value; facts.append(dt, dd);
    }
    const price = document.createElement("b"), compare = document.createElement("button"), choose = document.createElement("button");
    price.textContent = money.format(one.price); compare.textContent = "Compare " + one.name; choose.textContent = "Choose " + one.name;
    card.append(name, facts, price, compare, choose);
    return card;
  }));
  count.textContent = fitting.length + " offers";
};
field.addEventListener("input", draw);
draw();
`;

const browser = await chromium.launch(options.launchOptions);
const sandbox = await Sandbox.start();
try {
  const answer = await fetch(`${sandbox.carrier}/tmf-api/productCatalogManagement/v4/productOffering?limit=100`);
  const pattern = (await answer.json()).find(({ id }) => id === "data-20");
  console.log("| offerings | widget, ms | by hand, ms | ratio |\n|---|---|---|---|");
  for (const size of SIZES) {
    const all = catalogue(pattern, size);
    const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Monaco" });
    const [page, plain] = [await context.newPage(), await context.newPage()];
    await page.route("**/productOffering?*", (route) => {
      const offset = Number(new URL(route.request().url()).searchParams.get("offset"));
      return route.fulfill({ json: all.slice(offset), headers: { "Access-Control-Allow-Origin": "*" } });
    });
    const host = new HostPage(page, sandbox);
    await host.open({ body: '<section aria-label="Renewal"><esim-renewal config="carrier.json"></esim-renewal></section>' });
    const finder = new Finder(host.widget);
    await finder.open();
    const packs = all.map((one, at) => ({ name: one.name, data: 1 + (at % 60), price: 3 + (at % 97) }));
    await plain.setContent(`<!doctype html><input><p></p><ul></ul>`);
    await plain.addScriptTag({ content: HAND_MADE.replace("__ALL__", JSON.stringify(packs)) });
    for (const one of [page, plain]) {
      const session = await context.newCDPSession(one);
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    }
    const status = host.widget.root.locator(".find > [role=status]");
    const [widget, hand] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const text = String(2 + (round % 7));
      await page.bringToFront();
      widget.push(await measure(page, finder.data, status, text));
      await plain.bringToFront();
      hand.push(await measure(plain, plain.locator("input"), plain.locator("p"), text));
    }
    const [ours, theirs] = [median(widget), median(hand)];
    console.log(`| ${size.toLocaleString("en")} | ${ours.toFixed(0)} | ${theirs.toFixed(0)} | ${(ours / theirs).toFixed(1)} |`);
    await context.close();
  }
} finally {
  await browser.close();
  await sandbox.stop();
}
