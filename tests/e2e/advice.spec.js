import { ALICE, BRUNO, CHIARA, DORA, expect, test } from "./support/test.js";

test("data that will not last: until when, what it would cost, and the plan that suits", async ({ embed }) => {
  const { widget } = embed;
  await embed.openAs(BRUNO);
  const plan = widget.plan(BRUNO.plan);
  await expect(plan).toContainText(/At this rate your data lasts until \d+ \w+, before your plan ends\./);
  await expect(plan).toContainText(/What you use after that costs about €\d+\.\d\d until your plan ends\. You use about \d+ MB a day\./);
  await expect(plan).toContainText(/23:59 CES?T/);
  await widget.show("Plans");
  const advised = widget.card("Riviera 20 GB");
  await expect(advised).toContainText("Suits you: your 10 GB ran out in 2 of the last 3 periods.");
  await expect(widget.offers.getByText("Suits you:")).toHaveCount(1);
  expect(await widget.facts(advised)).toMatchObject({ "Against my plan": "10 GB more" });
  expect(await widget.facts(widget.card("Riviera 5 GB"))).toMatchObject({ "Against my plan": "5 GB less" });
  expect(await widget.facts(widget.card("Riviera 10 GB"))).toMatchObject({ "Against my plan": "the same" });
  expect(await widget.facts(widget.card("Riviera Unlimited"))).toMatchObject({ "Against my plan": "Unlimited" });
});

for (const { who, forecast, plan, reason } of [
  { who: ALICE, forecast: "At this rate your data lasts until your plan ends.", plan: "Riviera 20 GB", reason: "Suits you: you used at most 8.1 GB of 20 GB in the last 3 periods, and smaller plans have too few calls or messages." },
  { who: DORA, forecast: /At this rate your data lasts until \d+ \w+, before your plan ends\./, plan: "Riviera 10 GB", reason: "Suits you: you used at most 7.4 GB of 10 GB in the last 3 periods." },
]) {
  test(`${who.name}: how long it lasts and which plan suits is told from the use`, async ({ embed }) => {
    const { widget } = embed;
    await embed.openAs(who);
    await expect(widget.plan(who.plan)).toContainText(forecast);
    await widget.show("Plans");
    await expect(widget.card(plan)).toContainText(reason);
  });
}

test("without a history nothing is recommended, and why is said", async ({ embed }) => {
  const { widget } = embed;
  await embed.openAs(CHIARA);
  await widget.show("Plans");
  await expect(widget.offers).toContainText("No recommendation yet: that takes two periods of use.");
  await expect(widget.offers.getByText("Suits you:")).toHaveCount(0);
});

test("signed out there are deals and prices, and no advice", async ({ standalone }) => {
  const { widget } = standalone;
  await standalone.open();
  await widget.show("Plans");
  await expect(widget.card("Riviera 20 GB")).toContainText("€19.90");
  await expect(widget.offers.getByText(/Suits you:|No recommendation|Against my plan/)).toHaveCount(0);
});
