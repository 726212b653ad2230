import { Embed } from "./pages/embed.js";
import { EN, FR } from "./pages/words.js";
import { ALICE, BRUNO, CHIARA, expect, test } from "./support/test.js";

for (const { language, query, words, unit, total, vat } of [
  { language: "English", query: "", words: EN, unit: "€24.00", total: "€48.00", vat: "€8.00" },
  { language: "French", query: "?lang=fr", words: FR, unit: "24,00 €", total: "48,00 €", vat: "8,00 €" },
]) {
  test.describe(() => {
    test.use({ ownCarrier: true });

    test(`the journey on a carrier's page, in ${language}`, async ({ page, payment, sandbox }) => {
      const embed = new Embed(page, sandbox, words);
      const { widget, widget: { t } } = embed;
      await embed.openAs(BRUNO, query);
      const address = page.url();
      await expect(widget.card("Data 20")).toContainText(unit);
      await widget.choose("Data 20");
      await widget.button(t.more).click();
      await widget.expectFacts({ [t.totalWithTax]: total });
      await widget.review();
      const bill = { "Data 20 × 2": total, [t.vat]: vat };
      await widget.expectFacts({ ...bill, [t.toPay]: total });
      await expect(widget.order).toHaveText(t.orderToPay(total));
      expect(page.url()).toBe(address);
      await widget.consentAndOrder();
      await payment.expectAmount("€48.00");
      await payment.payAccepted();
      await widget.expectReceipt({ ...bill, [t.totalPaid]: total });
      await sandbox.expectOneCharge(BRUNO, 48);
      await widget.toMyPlan();
      await expect(widget.plan(BRUNO.plan).getByText(t.activeUntil)).toBeVisible();
    });
  });
}

test("another person who signs in on the page is shown their own plan", async ({ embed, page }) => {
  const { widget } = embed;
  for (const subscriber of [ALICE, BRUNO, CHIARA]) {
    await embed.openAs(subscriber);
    await expect(page.getByText(`4${subscriber.msisdn.slice(-3)} · SIM ends in`)).toBeVisible();
  }
  await embed.subscriber.selectOption("nobody");
  await expect(page.getByRole("heading", { name: "See what is left of your plan" })).toBeVisible();
  await expect(widget.card("Data 20")).toBeVisible();
});

test("a page that knows who is signed in is asked for it, and is not offered another sign-out", async ({ embed }) => {
  const { widget } = embed;
  await embed.open();
  await expect(widget.plan(ALICE.plan)).toBeVisible();
  await expect(widget.button(widget.t.signOut)).toHaveCount(0);
  await embed.subscriber.selectOption("nobody");
  await expect(widget.plan(ALICE.plan)).toHaveCount(0);
  await widget.button(widget.t.signIn).click();
  await expect(embed.subscriber).toBeFocused();
});

test("the first view asks the carrier for each thing once", async ({ embed, guard, sandbox }) => {
  await embed.open();
  await expect(embed.widget.plan(ALICE.plan)).toContainText("14.8 GB of 20 GB");
  const asked = guard.requests.map((request) => request.url()).filter((url) => url.startsWith(`${sandbox.carrier}/tmf-api/`));
  expect(asked.filter((url) => url.includes("/productOffering"))).toHaveLength(1);
  expect(asked.filter((url) => url.includes("/productInventory/"))).toHaveLength(1);
  const pages = guard.requests.map((request) => request.url()).filter((url) => url.startsWith(sandbox.pages) && !url.endsWith("/carrier.json"));
  expect(new Set(pages).size).toBe(pages.length);
});

test("who is signed out sees the offers, and a choice goes on after the sign-in", async ({ standalone }) => {
  const { widget } = standalone;
  await standalone.open();
  await widget.button(widget.t.choose("Data 20")).click();
  await standalone.identify(ALICE.msisdn);
  await widget.expectStep(widget.t.howMany);
});

test("signing out forgets the plan and the checkout", async ({ page, standalone }) => {
  const { widget } = standalone;
  await standalone.openAs(ALICE);
  // A question that is still open would be answered with 401 once the token is revoked.
  await expect(widget.plan(ALICE.plan)).toContainText("14.8 GB of 20 GB");
  await widget.choose("Data 20");
  await widget.button(widget.t.signOut).click();
  await expect(widget.signIn).toBeVisible();
  await expect(widget.offers).toBeVisible();
  await page.reload();
  await expect(widget.signIn).toBeVisible();
  await standalone.signIn(BRUNO);
});
