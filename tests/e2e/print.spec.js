import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true, colorScheme: "dark" });

/** The number of pages of an A4 print, and what a print shows that only a screen needs. */
async function printed(page) {
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("tab")).toHaveCount(0);
  await expect(page.getByRole("link")).toHaveText(["Rocher Mobile"]);
  const { ink, paper } = await page.evaluate(() => {
    const style = (element) => getComputedStyle(element);
    const shown = document.querySelector("esim-renewal").shadowRoot.querySelector("h2");
    return { ink: style(shown).color, paper: [document.documentElement, document.body].map((one) => style(one).backgroundColor) };
  });
  await page.emulateMedia({ media: null });
  return { pages: pdf.match(/\/Type\s*\/Page\b/g).length, ink, paper };
}

const BLACK_ON_WHITE = { pages: 1, ink: "rgb(0, 0, 0)", paper: ["rgba(0, 0, 0, 0)", "rgba(0, 0, 0, 0)"] };

test("the plan and the receipt are printed on one page each, black on white, without buttons", async ({ page, payment, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(BRUNO);
  await expect(widget.plan(BRUNO.plan)).toContainText("400 MB of 10 GB");
  expect(await printed(page)).toEqual(BLACK_ON_WHITE);

  await widget.chooseAndReview("Data 20");
  await widget.consentAndOrder();
  await payment.payAccepted();
  await widget.expectReceipt();
  expect(await printed(page)).toEqual(BLACK_ON_WHITE);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Your plan now ends")).toBeVisible();
  await expect(page.getByText("Total paid")).toBeVisible();
});
