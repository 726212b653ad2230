import { expect, test } from "./support/test.js";
import { ALICE } from "./support/test.js";

/** What was seen and has moved by itself since the page began to load, and how far. */
const moved = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = [];
        const name = (node) => (node ? [node.localName ?? node.nodeName, ...(node.classList ?? [])].join(".") : "something gone");
        const from = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
        const add = (entries) => {
          for (const { hadRecentInput, value, sources, startTime } of entries) {
            const what = sources.map(({ node, previousRect, currentRect }) => `${name(node)}: ${from(previousRect)} → ${from(currentRect)}`);
            if (!hadRecentInput) seen.push(`${value.toFixed(4)} at ${Math.round(startTime)} ms: ${what.join("; ")}`);
          }
        };
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: "layout-shift", buffered: true });
        // What was buffered is delivered before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => (add(observer.takeRecords()), resolve(seen))));
      }),
  );

for (const width of [360, 1280]) {
  test(`nothing moves while the embedding page loads (${width} px)`, async ({ embed, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await embed.open();
    await expect(embed.widget.plan(ALICE.plan)).toContainText("14.8 GB of 20 GB");
    expect(await moved(page)).toEqual([]);
  });

  test(`nothing moves while the standalone page loads (${width} px)`, async ({ page, standalone }) => {
    await page.setViewportSize({ width, height: 800 });
    await standalone.open();
    await expect(standalone.widget.card("Data 20")).toBeVisible();
    expect(await moved(page)).toEqual([]);
  });

  test(`nothing moves on a slow network (${width} px)`, async ({ embed, page }) => {
    await page.setViewportSize({ width, height: 800 });
    const network = await page.context().newCDPSession(page);
    await network.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 });
    await embed.open();
    await expect(embed.widget.plan(ALICE.plan)).toContainText("14.8 GB of 20 GB");
    expect(await moved(page)).toEqual([]);
  });
}
