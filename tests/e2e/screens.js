// The screens that there are, and how a person gets to each.

import { expect } from "@playwright/test";
import { Embed } from "./pages/embed.js";
import { Finder } from "./pages/finder.js";
import { gate } from "./support/gate.js";
import { ALICE, BRUNO, CHIARA, DORA, EMIL, FATOU } from "./support/sandbox.js";

const plan = (subscriber, text) => async ({ embed }) => {
  await embed.openAs(subscriber);
  await expect(embed.widget.plan(subscriber.plan)).toContainText(text);
};

const tab = (name, offering) => async ({ embed }) => {
  await embed.openAs(ALICE);
  await embed.widget.show(name);
  await expect(embed.widget.card(offering)).toBeVisible();
};

const basket = async ({ embed }) => {
  await embed.openAs(DORA);
  await embed.widget.choose("Data 20");
  await embed.widget.button("Add something else").click();
  await embed.widget.show("Roaming");
  await embed.widget.button("Choose European Union 5 GB with Roaming access").click();
  await embed.widget.expectStep("Your basket");
};

const review = async ({ embed }) => {
  await embed.openAs(ALICE);
  await embed.widget.chooseAndReview("Data 20");
};

const order = async (given) => {
  await review(given);
  await given.embed.widget.consentAndOrder();
};

const lost = [/net::ERR_FAILED/];

/** By its name, what opens each. */
export const screens = {
  "signed out": async ({ standalone }) => {
    await standalone.open();
    await expect(standalone.widget.card("Data 20")).toBeVisible();
  },
  "a plan with plenty left": plan(ALICE, "14.8 GB of 20 GB"),
  "a plan that is nearly used up": plan(BRUNO, "400 MB of 10 GB"),
  "a plan that has ended": plan(CHIARA, "Your eSIM stays installed"),
  "the plans": tab("Plans", "Riviera Unlimited"),
  "the extras": tab("Extras", "Spam call blocking"),
  "the roaming packs": tab("Roaming", "World 5 GB"),
  "the bundles": tab("Bundles", "Globetrotter"),
  "finding and comparing": async ({ embed }) => {
    const finder = new Finder(embed.widget);
    await embed.openAs(BRUNO);
    await finder.open();
    await finder.type.selectOption({ label: "Plans" });
    await finder.compare("Riviera 20 GB");
    await finder.compare("Riviera Unlimited");
    await finder.country.fill("frnce");
    await expect(finder.table).toBeVisible();
  },
  "nothing that fits": async ({ embed }) => {
    const finder = new Finder(embed.widget);
    await embed.openAs(ALICE);
    await finder.open();
    await finder.deals.check();
    await finder.data.fill("500");
    await expect(embed.widget.root.getByRole("heading", { name: "Nothing fits all of that" })).toBeVisible();
  },
  "a trip": async ({ embed }) => {
    const finder = new Finder(embed.widget);
    await embed.openAs(DORA);
    await finder.open();
    await finder.openTrip();
    await finder.leg(0, "japan", "7");
    await embed.widget.button("Add a country").click();
    await finder.leg(1, "korea", "5");
    await finder.plan("6");
    await expect(finder.answer).toContainText("In all");
  },
  "two lines, and what needs another": async ({ embed }) => {
    await embed.openAs(DORA);
    await embed.widget.show("Roaming");
    await expect(embed.widget.card("World 5 GB")).toContainText("which comes with it");
  },
  "a line without a plan": async ({ embed }) => {
    await embed.openAs(EMIL);
    await expect(embed.widget.card("Data 20")).toContainText("Needs a plan");
  },
  "a suspended line": plan(FATOU, "has suspended this line"),
  "a basket of several": basket,
  "an amount that is none": async ({ embed, page }) => {
    await embed.openAs(ALICE);
    await embed.widget.show("Credit");
    await embed.widget.choose("Credit");
    await embed.widget.toReview.click();
    await expect(page.getByRole("textbox", { name: "Amount" })).toBeFocused();
  },
  "the review of several, with a code and ways to pay": async (given) => {
    const { embed, page } = given;
    await basket(given);
    await embed.widget.review();
    await page.getByText("Promo code").click();
    await page.getByRole("textbox", { name: "Promo code" }).fill("NOPE");
    await embed.widget.button("Apply").click();
    await expect(page.getByText("There is no code NOPE.")).toBeVisible();
    await expect(page.getByRole("radio").first()).toBeVisible();
  },
  "the choice": async ({ embed }) => {
    await embed.openAs(ALICE);
    await embed.widget.choose("Data 20");
  },
  "the choice, with what is no quantity": async ({ embed }) => {
    await embed.openAs(ALICE);
    await embed.widget.choose("Data 20");
    await embed.widget.quantity.fill("0");
    await expect(embed.widget.toReview).toBeDisabled();
  },
  "the review": review,
  "the review, with the contract's summary open": async (given) => {
    await review(given);
    await given.page.getByText("Contract summary").click();
    await expect(given.page.getByText("None: it ends by itself")).toBeVisible();
  },
  "the review without the tick": async (given) => {
    await review(given);
    await given.embed.widget.order.click();
    await expect(given.embed.widget.alert).toHaveText("Please tick the box to go on.");
  },
  "while the order is placed": async (given) => {
    const { embed, page } = given;
    await review(given);
    await page.route("**/productOrder", () => gate().opened);
    // It stays for as long as it is looked at: no call takes too long.
    await page.evaluate(() => (AbortSignal.timeout = () => new AbortController().signal));
    await embed.widget.consentAndOrder();
    await expect(embed.widget.heading("Placing your order")).toBeVisible();
  },
  "being confirmed": async (given) => {
    const { embed, guard, page } = given;
    guard.expect(...lost);
    await review(given);
    await page.route("**/productOrder", (route) => route.abort("failed"));
    await embed.widget.consentAndOrder();
    await embed.widget.expectStep("Your order is being confirmed");
  },
  "the payment is open": async (given) => {
    await order(given);
    await expect(given.payment.heading).toBeVisible();
    await given.page.goBack();
    await given.embed.widget.expectStep("Your payment isn’t finished");
  },
  "a payment in another tab": async (given) => {
    const { context, embed, payment, sandbox } = given;
    await order(given);
    await payment.cancel();
    await embed.widget.expectStep(embed.widget.t.cancelled);
    const [copy] = await Promise.all([context.waitForEvent("page"), embed.page.evaluate(() => void window.open(location.href))]);
    await new Embed(copy, sandbox).widget.expectStep(embed.widget.t.cancelled);
    await embed.page.bringToFront();
    await embed.widget.expectStep(embed.widget.t.inAnotherTab);
  },
  "the card in the page's own fields": async ({ embed, page }) => {
    await embed.openAs(ALICE);
    await page.evaluate(() => {
      const element = document.querySelector("esim-renewal");
      const field = document.createElement("p");
      field.slot = "payment";
      field.textContent = "A provider's fields";
      element.append(field);
      element.paymentHandler = () => new Promise(() => {});
    });
    await embed.widget.chooseAndReview("Data 20");
    await embed.widget.consentAndOrder();
    await embed.widget.expectStep("Enter your card");
  },
  "an order that is not finished": async (given) => {
    const { embed, page, payment } = given;
    await order(given);
    await payment.cancel();
    await embed.widget.button(embed.widget.t.otherOffers).click();
    await page.reload();
    await expect(embed.widget.button("See the order")).toBeVisible();
  },
  "another price than before": async ({ embed, guard, sandbox }) => {
    guard.expect(/409/);
    await embed.openAs(ALICE);
    await embed.widget.chooseAndReview("Data 20");
    await sandbox.setPrice("data-20", 2550);
    await embed.widget.consentAndOrder();
    await embed.widget.expectStep(embed.widget.t.priceChanged);
    await embed.widget.button(embed.widget.t.newPrice).click();
    await embed.widget.expectFacts({ Before: "€24.00", Now: "€25.50" });
  },
  declined: async (given) => {
    await order(given);
    await given.payment.payDeclined();
    await given.embed.widget.expectStep("Your card was declined");
  },
  "the receipt": async (given) => {
    await order(given);
    await given.payment.payAccepted();
    await given.embed.widget.expectReceipt();
  },
  "no plan and no offers": async ({ embed, guard, page }) => {
    guard.expect(...lost);
    await page.route("**/tmf-api/**", (route) => route.abort("failed"));
    await embed.open();
    await expect(embed.widget.alert).toHaveCount(2, { timeout: 15_000 });
  },
  "no price": async ({ embed, guard, page }) => {
    guard.expect(...lost);
    await embed.openAs(ALICE);
    await embed.widget.choose("Data 20");
    await page.route("**/shoppingCart", (route) => route.abort("failed"));
    await embed.widget.toReview.click();
    await expect(embed.widget.alert).toContainText("There is no price right now");
  },
  "the order failed": async (given) => {
    const { embed, page } = given;
    await review(given);
    await page.route("**/productOrder", async (route) => {
      const response = await route.fetch();
      const [order, status] = [await response.json(), response.status()];
      await route.fulfill({ response, status, json: { ...order, orderTotalPrice: [{ priceType: "oneTime", price: { taxIncludedAmount: { unit: "EUR", value: 1 } } }] } });
    });
    await embed.widget.consentAndOrder();
    await embed.widget.expectStep("We stopped before paying");
  },
};
