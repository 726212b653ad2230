import { gate } from "./support/gate.js";
import { routeOnce } from "./support/once.js";
import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

for (const host of ["standalone", "embed"]) {
  test(`a reload at each step loses nothing and orders nothing twice (${host})`, async ({ embed, guard, page, payment, sandbox, standalone }) => {
    test.slow();
    const host_ = host === "embed" ? embed : standalone;
    const { widget } = host_;
    await host_.openAs(BRUNO);

    await test.step("at the choice", async () => {
      await widget.choose("Data 20");
      await widget.button(widget.t.more).click();
      await expect(widget.quantity).toHaveValue("2");
      await page.reload();
      await widget.expectStep(widget.t.howMany);
      await expect(widget.quantity).toHaveValue("2");
      await widget.expectFacts({ "Total, VAT included": "€48.00" });
    });
    await test.step("at the review", async () => {
      await widget.review();
      await page.reload();
      await widget.expectStep(widget.t.check);
      await widget.expectFacts({ "To pay now": "€48.00" });
      await expect(widget.consent).not.toBeChecked();
      await sandbox.expectBooked(BRUNO, {});
    });
    await test.step("while the payment is open", async () => {
      await widget.consentAndOrder();
      await payment.expectAmount("€48.00");
      await page.goBack();
      await widget.expectStep(widget.t.paymentOpen);
      await page.reload();
      await widget.expectStep(widget.t.paymentOpen);
      await widget.button(widget.t.backToPayment("€48.00")).click();
      await payment.expectAmount("€48.00");
      await page.reload();
    });
    await test.step("on the way back", async () => {
      // Once the token is asked for, the page has come to rest: before, it leaves for the sign-in by itself.
      const atRest = page.waitForRequest(/\/(oauth|demo)\/token$/);
      await payment.payAccepted();
      await page.waitForURL(`${host_.url}**`);
      await atRest;
      await page.reload();
      await widget.expectReceipt({ "Total paid": "€48.00" });
    });
    await test.step("on the receipt", async () => {
      await page.reload();
      await widget.expectReceipt({ "Data 20 × 2": "€48.00", "Total paid": "€48.00" });
    });
    await test.step("after it", async () => {
      await widget.toMyPlan();
      await page.reload();
      await expect(widget.plan(BRUNO.plan)).toContainText("40.4 GB of 50 GB");
    });
    await sandbox.expectOneCharge(BRUNO, 48);
    expect(guard.posted("productOrder")).toHaveLength(1);
    expect(guard.posted("payment")).toHaveLength(1);
  });
}

test("a reload right after the order finds it again", async ({ embed, guard, page, payment, sandbox }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  await widget.chooseAndReview("Data 20");
  // The order arrives, and the page is gone before its reply.
  const arrived = gate();
  await routeOnce(page, "**/productOrder", async (route) => {
    await route.fetch();
    arrived.open();
  });
  guard.expect(/^failed: POST .*\/productOrder net::ERR_ABORTED/);
  await widget.consentAndOrder();
  await arrived.opened;
  await page.reload();
  await widget.expectStep("Your order is not paid yet");
  await widget.button(widget.t.pay("€24.00")).click();
  await payment.payAccepted();
  await widget.expectReceipt();
  await sandbox.expectOneCharge(BRUNO, 24);
  expect(guard.posted("productOrder")).toHaveLength(1);
});

test("a way back that is forged says nothing", async ({ embed, sandbox }) => {
  await embed.open("?esim-return=00000000-0000-4000-8000-000000000000");
  await embed.subscriber.selectOption(BRUNO.msisdn);
  await expect(embed.widget.plan(BRUNO.plan)).toBeVisible();
  await sandbox.expectBooked(BRUNO, {});
});
