import { AxeBuilder } from "@axe-core/playwright";
import { screens } from "./screens.js";
import { expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const CONTROLS = ["button", "tab", "textbox", "checkbox", "link"];

/** How much wider than the window the page is. */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What can be tapped within the widget and is smaller than 44 px. A checkbox is as large as its label. */
async function smallTargets(page) {
  const small = [];
  for (const role of CONTROLS) {
    const controls = await page.getByRole("main").getByRole(role).evaluateAll((found) =>
      found.map((element) => {
        const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
        return { width, height, name: element.ariaLabel ?? element.textContent };
      }),
    );
    small.push(...controls.filter(({ width, height }) => width < 43.99 || height < 43.99).map((control) => ({ role, ...control })));
  }
  return small;
}

async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("\n")}`);
}

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
      expect.soft(await smallTargets(page), `${width} px: targets of 44 px`).toEqual([]);
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
