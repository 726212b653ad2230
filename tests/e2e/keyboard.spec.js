import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });

/** Presses Tab until something has the focus, as a person without a mouse does. */
async function tabTo(page, target, most = 60) {
  const name = target.toString();
  for (let pressed = 0; pressed < most; pressed++) {
    const focused = await target.evaluateAll((found) => found.some((element) => element.getRootNode().activeElement === element));
    if (focused) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${name} cannot be reached with the Tab key`);
}

async function press(page, target) {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

test("the whole journey by keyboard alone", async ({ page, payment, sandbox, standalone }) => {
  const { widget } = standalone;
  await standalone.open();
  await test.step("sign in", async () => {
    await press(page, widget.signIn);
    const phone = page.getByLabel("Phone number");
    await expect(phone).toBeVisible();
    await tabTo(page, phone);
    await page.keyboard.type(BRUNO.msisdn);
    await page.keyboard.press("Enter");
    const code = page.getByLabel("One-time code");
    await expect(code).toBeVisible();
    const shown = await page.getByRole("main").innerText();
    await tabTo(page, code);
    await page.keyboard.type(/\b\d{6}\b/.exec(shown)[0]);
    await page.keyboard.press("Enter");
    await expect(widget.plan(BRUNO.plan)).toBeVisible();
  });
  await test.step("the card's button leads to the offers", async () => {
    await press(page, widget.plan(BRUNO.plan).getByRole("button", { name: "Renew" }));
    await expect(widget.tab("Plans")).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("heading", { name: widget.t.ways })).toBeFocused();
  });
  await test.step("arrows, Home and End move among the kinds", async () => {
    await tabTo(page, widget.tab("Plans"));
    const moves = [["ArrowRight", "Extras"], ["End", "Credit"], ["ArrowRight", "Data"], ["ArrowLeft", "Credit"], ["Home", "Data"]];
    for (const [key, kind] of moves) {
      await page.keyboard.press(key);
      await expect(widget.tab(kind)).toBeFocused();
      await expect(widget.tab(kind)).toHaveAttribute("aria-selected", "true");
    }
  });
  await test.step("choose", async () => {
    await press(page, widget.button(widget.t.choose("Data 20")));
    await widget.expectStep(widget.t.howMany);
    await tabTo(page, widget.button(widget.t.more));
    await page.keyboard.press("Space");
    await expect(widget.quantity).toHaveValue("2");
    await expect(widget.button(widget.t.more)).toBeFocused();
    await press(page, widget.toReview);
  });
  await test.step("consent and order", async () => {
    await expect(widget.order).toBeVisible();
    await widget.expectStep(widget.t.check);
    await press(page, widget.order);
    await expect(widget.consent).toBeFocused();
    await page.keyboard.press("Space");
    await press(page, widget.order);
  });
  await test.step("pay", async () => {
    await payment.expectAmount("€48.00");
    await tabTo(page, page.getByRole("radio"));
    await page.keyboard.press("Space");
    await press(page, page.getByRole("button", { name: /^Pay / }));
  });
  await widget.expectReceipt({ "Total paid": "€48.00" });
  await press(page, widget.button(widget.t.toMyPlan));
  await expect(widget.plan(BRUNO.plan)).toContainText("40.4 GB of 50 GB");
  await sandbox.expectOneCharge(BRUNO, 48);
});

test("the focus is not lost when the checkout is left", async ({ embed, page }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  await widget.choose("Data 20");
  await press(page, widget.button(widget.t.otherOffers));
  await expect(widget.offers).toBeVisible();
  const lost = () => page.evaluate(() => document.activeElement === document.body);
  await expect.poll(lost).toBe(false);
});
