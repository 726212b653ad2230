import { expect, test } from "./support/test.js";
import { ALICE } from "./support/test.js";

/** How much of what was seen has moved by itself since the page began to load. */
const shift = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        const add = (entries) => entries.filter((entry) => !entry.hadRecentInput).forEach((entry) => (sum += entry.value));
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: "layout-shift", buffered: true });
        // What was buffered is delivered before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => (add(observer.takeRecords()), resolve(sum))));
      }),
  );

for (const width of [360, 1280]) {
  test(`nothing moves while the embedding page loads (${width} px)`, async ({ embed, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await embed.open();
    await expect(embed.widget.plan(ALICE.plan)).toContainText("14.8 GB of 20 GB");
    expect(await shift(page)).toBe(0);
  });

  test(`nothing moves while the standalone page loads (${width} px)`, async ({ page, standalone }) => {
    await page.setViewportSize({ width, height: 800 });
    await standalone.open();
    await expect(standalone.widget.card("Data 20")).toBeVisible();
    expect(await shift(page)).toBe(0);
  });

  test(`nothing moves on a slow network (${width} px)`, async ({ embed, page }) => {
    await page.setViewportSize({ width, height: 800 });
    const network = await page.context().newCDPSession(page);
    await network.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 });
    await embed.open();
    await expect(embed.widget.plan(ALICE.plan)).toContainText("14.8 GB of 20 GB");
    expect(await shift(page)).toBe(0);
  });
}
