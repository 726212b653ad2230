// Whether what is taken off the page is freed, as the browser counts it.

import { BRUNO, expect, test } from "./support/test.js";

const ROUNDS = 15;

/** Remembers the memory of all WebAssembly that a page starts. */
const watchMemory = () => {
  globalThis.memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const instantiate = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await instantiate.apply(WebAssembly, given);
      const { memory } = (made.instance ?? made).exports;
      if (memory) memories.add(memory);
      return made;
    };
  }
};

/** Puts an element onto the page, opens the checkout in it, and takes it away; so many times. */
const comeAndGo = (page, rounds) =>
  page.evaluate(async ([rounds, msisdn]) => {
    globalThis.gone ??= [];
    for (let round = 0; round < rounds; round += 1) {
      const element = Object.assign(document.createElement("esim-renewal"), { config: "carrier.json", tokenProvider: tokenFor(msisdn) });
      document.querySelector("section").append(element);
      await element.ready();
      if ((await element.open("data-20")) !== true) throw new Error("it did not open");
      element.remove();
      gone.push(new WeakRef(element));
    }
  }, [rounds, BRUNO.msisdn]);

/** What is still held once all that nobody has any more was collected. */
async function held(cdp, page) {
  const elements = async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    return page.evaluate(() => gone.filter((element) => element.deref()).length);
  };
  // What was on its way is called off, which is told a moment later.
  await expect.poll(elements).toBe(0);
  const { jsEventListeners: listeners, nodes } = await cdp.send("Memory.getDOMCounters");
  const counted = await page.evaluate(async () => ({
    bytes: [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    locks: (await navigator.locks.query()).held.length,
  }));
  return { ...counted, listeners, nodes };
}

test("what is taken off the page is freed", async ({ context, host, page }) => {
  test.slow();
  await page.addInitScript(watchMemory);
  await host.open({ body: '<section aria-label="Renewal"></section>', script: "window.tokenFor = tokenFor;" });
  await page.waitForFunction(() => "tokenFor" in window);
  const cdp = await context.newCDPSession(page);
  // What is made once for all elements is there after the first ones.
  await comeAndGo(page, ROUNDS);
  const { bytes, ...before } = await held(cdp, page);
  expect(bytes).toBeGreaterThan(0);
  expect(before.locks).toBe(0);
  await comeAndGo(page, 3 * ROUNDS);
  const { bytes: later, ...after } = await held(cdp, page);
  expect(after).toEqual(before);
  // How much is used at the same time is a little different each time; it is taken in pages of 64 KiB.
  expect(later).toBeLessThanOrEqual(bytes + 4 * 65_536);
});
