// Apps that know the package alone: each renews a plan, under the policy of the sandbox's pages.

import { join } from "node:path";
import { Widget } from "../e2e/pages/widget.js";
import { EN } from "../e2e/pages/words.js";
import { BRUNO, Sandbox } from "../e2e/support/sandbox.js";
import { serve } from "../e2e/support/static-host.js";
import { expect, test as base } from "../e2e/support/test.js";

const test = base.extend({
  // The one change of the policy that Vue 3 needs: it makes a Trusted Types policy of its own name.
  trustedTypes: [undefined, { option: true }],

  sandbox: async ({ trustedTypes }, use) => {
    const sandbox = await Sandbox.start({ trustedTypes });
    await use(sandbox);
    await sandbox.stop();
  },
});

for (const app of ["html", "react", "vue"]) {
  test.describe(() => {
    if (app === "vue") test.use({ trustedTypes: "vue" });

    test(`a plan is renewed in ${app}, the app is told of it once, and nothing stays behind`, async ({ page, payment, sandbox }) => {
      const address = await sandbox.addFolder(app, join(process.env.ESIM_APPS, app, app === "html" ? "" : "dist"));
      const widget = new Widget(page.getByRole("region", { name: "Renewal", exact: true }), EN);
      await page.goto(address);
      await expect(widget.plan(BRUNO.plan)).toBeVisible();
      await widget.chooseAndReview("Data 20");
      await widget.consentAndOrder();
      await payment.payAccepted();
      await widget.expectReceipt({ "Total paid": "€24.00" });
      const { Order: order } = await widget.facts();
      await expect(page.getByRole("list", { name: "Completed orders" }).getByRole("listitem")).toHaveText([order]);
      await sandbox.expectOneCharge(BRUNO, 24);

      const element = await page.evaluateHandle(() => document.querySelector("esim-renewal"));
      await page.getByRole("button", { name: "Close", exact: true }).click();
      await expect(page.locator("esim-renewal")).toHaveCount(0);
      await expect.poll(() => element.evaluate(({ shadowRoot }) => shadowRoot.innerHTML)).toBe("<slot></slot>");
    });
  });
}

test("a component that comes back goes on where it was", async ({ page, sandbox }) => {
  const address = await sandbox.addFolder("react", join(process.env.ESIM_APPS, "react", "dist"));
  const widget = new Widget(page.getByRole("region", { name: "Renewal", exact: true }), EN);
  await page.goto(address);
  await widget.choose("Data 20");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.locator("esim-renewal")).toHaveCount(0);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await widget.expectStep("Your basket");
  await expect(page.locator("esim-renewal")).toHaveCount(1);
});

test("a tag manager's tag shows the offers, and leads on to the checkout", async ({ guard, page, sandbox }) => {
  // Such a page lets scripts add scripts: Trusted Types are off there.
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self' ${sandbox.carrier}`;
  const files = { "carrier.json": JSON.stringify({ apiBase: sandbox.carrier }) };
  const host = await serve(join(process.env.ESIM_APPS, "html"), { base: "/", policy, files });
  guard.expect(new RegExp(`^stray: ${host.origin}`));
  try {
    await page.goto(`${host.origin}/tag.html`);
    const choice = page.getByRole("link", { name: /^Choose / }).first();
    await expect(choice).toHaveAttribute("href", /^https:\/\/www\.carrier\.example\/renew\?esim-offering=/);
  } finally {
    await host.stop();
  }
});

test("where the page pins the script, another script is not run", async ({ guard, page, sandbox }) => {
  guard.expect(/^console: .*integrity/);
  const address = await sandbox.addFolder("html", join(process.env.ESIM_APPS, "html"));
  await page.route("**/esim-renewal.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()} ` });
  });
  await page.goto(address);
  await expect(page.getByText("Call us: we renew it for you.")).toBeVisible();
  await expect.poll(() => guard.requests.some((request) => request.url().endsWith("/esim-renewal.js"))).toBe(true);
  expect(await page.evaluate(() => customElements.get("esim-renewal"))).toBeUndefined();
});
