// The browser keeps the page as it was while the payment page is shown, and brings it back (the back/forward cache).

import { browser } from "./support/browser.js";
import { BRUNO, expect, test } from "./support/test.js";

// The test runner turns that cache off.
test.use({ ownCarrier: true, launchOptions: { ...browser.launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] } });

test("a page that was kept asks the carrier where its payment stands", async ({ embed, page, payment, sandbox }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  await page.evaluate(() => {
    window.kept = "as it was";
    window.addEventListener("pageshow", (event) => (window.persisted = event.persisted));
  });
  await widget.chooseAndReview("Data 20");
  await widget.consentAndOrder();
  await payment.expectAmount("€24.00");
  // What was kept is not loaded again.
  await page.goBack({ waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => [window.kept, window.persisted])).toEqual(["as it was", true]);

  await widget.expectStep(widget.t.paymentOpen);
  await widget.button(widget.t.backToPayment("€24.00")).click();
  await payment.payAccepted();
  await widget.expectReceipt();
  await sandbox.expectOneCharge(BRUNO, 24);
});
