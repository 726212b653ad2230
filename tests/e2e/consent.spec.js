import { heldBack } from "./support/gate.js";
import { ALICE, BRUNO, expect, test } from "./support/test.js";

test("an order without the tick is refused, at the box and with the focus on it", async ({ embed, guard }) => {
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.chooseAndReview("Data 5");
  await expect(widget.consent).not.toBeChecked();
  await widget.order.click();
  await expect(widget.alert).toHaveText("Please tick the box to go on.");
  await expect(widget.consent).toBeFocused();
  await expect(widget.consent).toHaveAttribute("aria-invalid", "true");
  await expect(widget.consent).toHaveAccessibleDescription("Please tick the box to go on.");
  expect(guard.posted("productOrder")).toEqual([]);

  await widget.consent.check();
  await expect(widget.alert).toBeEmpty();
  await expect(widget.consent).not.toHaveAttribute("aria-invalid", "true");
});

test("what is typed and is no quantity is said to be none, and cannot be ordered", async ({ embed }) => {
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.choose("Data 5");
  for (const typed of ["0", "100", "two", "-1", "1.5", "", "99999999999999999999"]) {
    await test.step(`"${typed}"`, async () => {
      await widget.quantity.fill(typed);
      await expect(widget.quantity).toHaveAttribute("aria-invalid", "true");
      await expect(widget.quantity).toHaveAccessibleDescription("1 to 99");
      await expect(widget.toReview).toBeDisabled();
      await widget.quantity.press("Enter");
      await expect(widget.quantity).toBeFocused();
    });
  }
  for (const [typed, total] of [["99", "€891.00"], ["3", "€27.00"], ["1", "€9.00"]]) {
    await widget.quantity.fill(typed);
    await expect(widget.quantity).not.toHaveAttribute("aria-invalid", "true");
    await widget.expectFacts({ "Total, VAT included": total });
    await expect(widget.toReview).toBeEnabled();
  }
});

test("the buttons beside the quantity end at its bounds", async ({ embed }) => {
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.choose("Data 5");
  const [more, less] = [widget.button(widget.t.more), widget.button(widget.t.less)];
  await expect(less).toBeDisabled();
  await widget.quantity.fill("99");
  await expect(more).toBeDisabled();
  await less.click();
  await expect(widget.quantity).toHaveValue("98");
  await widget.quantity.fill("oops");
  await more.click();
  await expect(widget.quantity).toHaveValue("99");
  await expect(widget.toReview).toBeEnabled();
});

test("the total follows the choice back and forth between choice and review", async ({ embed }) => {
  const { widget } = embed;
  await embed.openAs(ALICE);
  await widget.chooseAndReview("Data 5");
  await widget.expectFacts({ "To pay now": "€9.00" });
  await widget.button("Edit").click();
  await widget.expectStep(widget.t.howMany);
  await widget.quantity.fill("7");
  await widget.review();
  await widget.expectFacts({ "Data 5 × 7": "€63.00", "To pay now": "€63.00", "of which VAT 20%": "€10.50" });
  await widget.button("Edit").click();
  await expect(widget.quantity).toHaveValue("7");
  await widget.button(widget.t.otherOffers).click();
  await expect(widget.offers).toBeVisible();
});

for (const { name, press } of [
  { name: "a double click", press: (order) => order.dblclick() },
  {
    name: "Enter and a click in the same moment",
    press: (order) =>
      order.evaluate((button) => {
        button.form.requestSubmit(button);
        button.click();
        button.click();
      }),
  },
]) {
  test.describe(() => {
    test.use({ ownCarrier: true });

    test(`${name} orders once`, async ({ embed, guard, page, payment, sandbox }) => {
      const { widget } = embed;
      await embed.openAs(BRUNO);
      await widget.chooseAndReview("Data 5");
      await widget.consent.check();
      // The reply waits until all clicks are done.
      const pressed = await heldBack(page, "**/productOrder");
      await press(widget.order);
      await expect(widget.heading(widget.t.ordering)).toBeVisible();
      pressed.open();
      await payment.expectAmount("€9.00");
      expect(guard.posted("productOrder")).toHaveLength(1);
      expect(guard.posted("payment")).toHaveLength(1);
      await payment.payAccepted();
      await widget.expectReceipt();
      await sandbox.expectOneCharge(BRUNO, 9);
    });
  });
}
