import { screens } from "./screens.js";
import { overflow, smallTargets, violations } from "./support/axe.js";
import { expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

/** The elements of the page in French, as a page changes its language. */
async function toFrench(page) {
  await page.evaluate(() => document.querySelectorAll("esim-renewal").forEach((element) => element.setAttribute("locale", "fr")));
  await expect(page.locator(".root[lang=fr]")).toBeVisible();
}

for (const [name, open] of Object.entries(screens)) {
  test(`${name}: can be used by everybody, at any width`, async ({ context, embed, guard, page, payment, sandbox, standalone }) => {
    // Five times axe, which looks at everything.
    test.slow();
    await open({ context, embed, guard, page, payment, sandbox, standalone });
    for (const width of [320, 360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect.soft(await overflow(page), `${width} px: nothing to scroll sideways`).toBe(0);
      if (width !== 360 && width !== 1280) continue;
      expect.soft(await smallTargets(page.getByRole("main")), `${width} px: targets of 44 px`).toEqual([]);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        expect.soft(await violations(page), `${width} px, ${colorScheme}: no violation of WCAG 2.2`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 360, height: 800 });
    await toFrench(page);
    expect.soft(await overflow(page), "in French: nothing to scroll sideways").toBe(0);
    expect.soft(await violations(page), "in French: no violation of WCAG 2.2").toEqual([]);
  });
}
