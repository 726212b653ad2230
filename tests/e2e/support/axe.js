import { AxeBuilder } from "@axe-core/playwright";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const CONTROLS = ["button", "tab", "textbox", "searchbox", "combobox", "checkbox", "link"];

/** What breaks WCAG 2.2 on the page, as text. */
export async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("\n")}`);
}

/** How much wider than the window the page is. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What can be tapped within a part and is smaller than 44 px. A checkbox is as large as its label. */
export async function smallTargets(part) {
  const small = [];
  for (const role of CONTROLS) {
    const controls = await part.getByRole(role).evaluateAll((found) =>
      found.map((element) => {
        const target = element.type === "checkbox" ? (element.closest("label") ?? element) : element;
        const { width, height } = target.getBoundingClientRect();
        return { width, height, name: element.ariaLabel ?? element.textContent };
      }),
    );
    small.push(...controls.filter(({ width, height }) => width < 43.99 || height < 43.99).map((control) => ({ role, ...control })));
  }
  return small;
}
