// The pages lie on any static host, in any folder.

import { Standalone } from "./pages/standalone.js";
import { serve } from "./support/static-host.js";
import { dist } from "./support/sandbox.js";
import { ALICE, expect, test } from "./support/test.js";

const BASE = "/shop/renew/";

for (const path of ["/shop/renew", "/shop/renew/", "/shop/renew/index.html"]) {
  test(`any static host serves the page at ${path}, and is asked for each file once`, async ({ guard, page, sandbox }) => {
    const policy = (await fetch(sandbox.pages)).headers.get("Content-Security-Policy").replace(/; report-uri .*/, "");
    const file = { ...(await sandbox.carrierFile()), name: "Azur", page: { colours: { accent: "#8a1538" } } };
    const host = await serve(dist, { base: BASE, policy, files: { "carrier.json": JSON.stringify(file) } });
    guard.expect(new RegExp(`^stray: ${host.origin}${BASE.slice(0, -1)}`));
    try {
      const standalone = new Standalone(page, sandbox, { url: host.origin + path });
      await standalone.open();
      await expect(standalone.widget.card("Data 20")).toContainText("€24.00");
      await expect(page).toHaveTitle("Renew your eSIM plan · Azur");
      await page.getByRole("link", { name: "Français" }).click();
      await expect(page.getByRole("tab", { name: "Forfaits" })).toBeVisible();
      expect(host.asked.filter((name) => !name.startsWith(BASE)).filter((name) => name !== path)).toEqual([]);
      expect(host.asked).toContain(`${BASE}carrier.json`);
      expect(host.asked.toSorted()).toEqual([...new Set(host.asked)].toSorted());
    } finally {
      await host.stop();
    }
  });
}

test.describe("in a folder", () => {
  test.use({ ownCarrier: true });

  for (const end of ["", "index.html"]) {
    test(`signing in, paying and signing out lead back to ${BASE}${end}, with a clean address`, async ({ page, payment, sandbox }) => {
      const url = (await sandbox.copyPages("shop/renew", { name: "Azur" })) + end;
      const standalone = new Standalone(page, sandbox, { url });
      const { widget } = standalone;
      await standalone.openAs(ALICE);
      await expect(page).toHaveURL(url);
      await widget.chooseAndReview("Data 20");
      await widget.consentAndOrder();
      await payment.payAccepted();
      await widget.expectReceipt({ "Total paid": "€24.00" });
      await expect(page).toHaveURL(url);
      await widget.toMyPlan();
      // What the account has is read twice after an order. Signing out in the middle of it is another test's.
      await page.reload();
      await expect(widget.plan(ALICE.plan)).toContainText("34.8 GB of 40 GB");
      await widget.button(widget.t.signOut).click();
      await expect(widget.signIn).toBeVisible();
      await expect(page).toHaveURL(url);
      await sandbox.expectOneCharge(ALICE, 24);
    });
  }
});
