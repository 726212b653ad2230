import { moved } from "./support/moved.js";
import { ALICE, expect, test } from "./support/test.js";

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
