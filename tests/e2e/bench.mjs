// How long the finder takes from a real key press until what it changes is painted, by the number of offerings, on a
// processor slowed down four times: a limit of data typed, another order, another type. Beside it, in the same run, the
// same list made by hand in plain JavaScript: as many offerings, the same conditions, as many cards drawn. Prints a table
// in Markdown.

import { chromium } from "@playwright/test";
import { Finder } from "./pages/finder.js";
import { HostPage } from "./support/host-page.js";
import { browser as options } from "./support/browser.js";
import { Sandbox } from "./support/sandbox.js";

const SIZES = [10, 100, 1_000, 10_000];
const ROUNDS = 12;
const WINDOW = 24;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const gigabytes = (at) => 1 + (at % 60);
const price = (at) => 3 + ((at * 37) % 97);
const isExtra = (at) => at % 2 === 1;

/** So many offerings like those that the carrier has, each a little different, and every other of another type. */
function catalogue(pattern, count) {
  return Array.from({ length: count }, (_, at) => {
    const one = structuredClone(pattern);
    one.id = `pack-${at}`;
    one.name = `Pack ${at}`;
    one.prodSpecCharValueUse.find(({ name }) => name === "dataVolume").productSpecCharacteristicValue[0].value = gigabytes(at);
    one.productOfferingPrice[0].price.taxIncludedAmount.value = price(at);
    if (isExtra(at)) one.category = [{ id: "extras", name: "Extras" }];
    return one;
  });
}

/** Presses keys in a field, and gives the milliseconds until the text that is watched has changed and is painted. */
async function measure(page, field, watched, keys) {
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
  for (const key of keys) await page.keyboard.press(key);
  return painted;
}

/** The same list by hand. */
const HAND_MADE = `
const all = ${"__ALL__"};
const field = document.querySelector("input"), count = document.querySelector("p"), list = document.querySelector("ul");
const [type, sort] = document.querySelectorAll("select");
const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR" });
const draw = () => {
  const least = Number(field.value || 0);
  const fitting = all.filter((one) => one.data >= least && (!type.value || one.type === type.value));
  if (sort.value) fitting.sort((one, other) => one.price - other.price);
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
for (const one of [field, type, sort]) one.addEventListener("input", draw);
draw();
`;

const browser = await chromium.launch(options.launchOptions);
const sandbox = await Sandbox.start();
try {
  const answer = await fetch(`${sandbox.carrier}/tmf-api/productCatalogManagement/v4/productOffering?limit=100`);
  const pattern = (await answer.json()).find(({ id }) => id === "data-20");
  console.log("| offerings | change | widget, ms | by hand, ms | ratio |\n|---|---|---|---|---|");
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
    const packs = all.map((one, at) => ({ name: one.name, data: gigabytes(at), price: price(at), type: isExtra(at) ? "extra" : "data" }));
    await plain.setContent(
      `<!doctype html><input>
       <select><option value="">All<option value="data">Data</select><select><option value="">Listed<option value="price">Price</select>
       <p></p><ul></ul>`,
    );
    await plain.addScriptTag({ content: HAND_MADE.replace("__ALL__", JSON.stringify(packs)) });
    for (const one of [page, plain]) {
      const session = await context.newCDPSession(one);
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    }
    const status = host.widget.root.locator(".find > [role=status]");
    const cards = host.widget.root.locator(".find > .offers");
    // There and back, so that each round changes something.
    const turn = (round) => [round % 2 ? "ArrowUp" : "ArrowDown"];
    const changes = [
      { name: "data", ours: [finder.data, status], theirs: ["input", "p"], keys: (round) => ["Control+A", String(2 + (round % 7))] },
      { name: "order", ours: [finder.sort, cards], theirs: ["select >> nth=1", "ul"], keys: turn },
      { name: "type", ours: [finder.type, status], theirs: ["select >> nth=0", "p"], keys: turn },
    ];
    for (const { name, ours, theirs, keys } of changes) {
      const [widget, hand] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1) {
        await page.bringToFront();
        widget.push(await measure(page, ...ours, keys(round)));
        await plain.bringToFront();
        hand.push(await measure(plain, ...theirs.map((one) => plain.locator(one)), keys(round)));
      }
      const [us, them] = [median(widget), median(hand)];
      console.log(`| ${size.toLocaleString("en")} | ${name} | ${us.toFixed(0)} | ${them.toFixed(0)} | ${(us / them).toFixed(1)} |`);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await sandbox.stop();
}
