// What is not the content that was released does not run.

import { collectEvents } from "./support/events.js";
import { ALICE, expect, test } from "./support/test.js";

const FALLBACK = { body: '<section aria-label="Renewal"><esim-renewal config="carrier.json"><p>Call us.</p></esim-renewal></section>' };
/** What the browser says of a file that is not what it should be. */
const REFUSED = /^console: .*integrity/;

/** Changes one byte of a file on its way: a letter of a text in it, so that it would run as well as before. */
async function changeOneByte(page, file, text) {
  await page.route(file, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    const at = body.indexOf(text);
    expect(at, `${text} stands in ${file}`).toBeGreaterThan(0);
    body[at] ^= 1;
    await route.fulfill({ response, body });
  });
}

test("a module with one byte changed is not run", async ({ guard, host, page }) => {
  guard.expect(REFUSED, /^console: esim-renewal could not be loaded/);
  await changeOneByte(page, "**/widget.*.wasm", "esim-ready");
  const events = await collectEvents(page);
  await host.open(FALLBACK);
  await expect.poll(() => events).toEqual([{ name: "esim-error", detail: { code: "load-failed" } }]);
  await expect(page.getByText("Call us.")).toBeVisible();
});

test("a part with one byte changed is not run, and the subscriber can try again", async ({ guard, host, page }) => {
  guard.expect(REFUSED, /^console: TypeError: Failed to fetch/);
  await host.openAs(ALICE);
  await changeOneByte(page, "**/checkout.*.wasm", "Check your order");
  await host.widget.button(host.widget.t.choose("Data 20")).click();
  const again = host.widget.button("Try again");
  await expect(again).toBeVisible();
  await page.unroute("**/checkout.*.wasm");
  await again.click();
  await host.widget.expectStep(host.widget.t.howMany);
});
