// One thing that a subscriber or the browser does at one point of a renewal, beside one fault of the carrier's: reload,
// Back, another tab, no network, an element that is taken away. The carrier's ledger judges.

import { Embed } from "./pages/embed.js";
import { PaymentPage } from "./pages/payment.js";
import { Follower } from "./pages/subscriber.js";
import { judge } from "./support/judge.js";
import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });
test.slow();

/** Where it happens: on a screen, or while an answer is on its way. */
const POINTS = ["choice", "review", "ordering", "opening", "paying", "back"];

/** What goes wrong at the carrier meanwhile. */
const FAULTS = [null, "order: dropAfter", "order: fail500After", "order: duplicate", "order: busy503", "payment: dropAfter", "payment: wrongJson", "orders: dropBefore"];

const put = (how) => (page) => page.evaluate(how).catch(() => {});

/** What happens. Each answers the tabs in which the subscriber goes on. */
const EVENTS = {
  reload: async (tab) => {
    await tab.page.reload();
    return [tab];
  },
  leave: async (tab) => {
    await tab.page.goto(`${tab.sandbox.pages}/carrier.json`);
    await tab.page.goBack();
    return [tab];
  },
  offline: async (tab) => {
    await tab.context.setOffline(true);
    await tab.page.evaluate(() => window.dispatchEvent(new Event("offline"))).catch(() => {});
    await tab.context.setOffline(false);
    // A page whose scripts did not come is loaded again, as a person would.
    const stands = await tab.page.evaluate(() => Boolean(document.querySelector("esim-renewal")?.shadowRoot)).catch(() => false);
    if (!stands && new URL(tab.page.url()).origin === tab.sandbox.pages) await tab.page.reload();
    return [tab];
  },
  removed: async (tab) => {
    await put(() => {
      const [element] = document.getElementsByTagName("esim-renewal");
      const place = element?.parentNode;
      element?.remove();
      return new Promise((resolve) => requestAnimationFrame(() => resolve(place?.append(element))));
    })(tab.page);
    return [tab];
  },
  moved: async (tab) => {
    await put(() => {
      const [element] = document.getElementsByTagName("esim-renewal");
      if (element) document.body.append(element);
    })(tab.page);
    return [tab];
  },
  second: async (tab) => {
    const other = await newTab(tab);
    await other.embed.openAs(BRUNO);
    return [tab, other];
  },
  copied: async (tab) => {
    // On the payment page there is nothing of the widget's to copy.
    if (new URL(tab.page.url()).origin !== tab.sandbox.pages) return [tab];
    const [page] = await Promise.all([tab.context.waitForEvent("page"), tab.page.evaluate(() => void window.open(location.href))]);
    return [of({ ...tab, page }), tab];
  },
  closed: async (tab) => {
    const other = await newTab(tab);
    await tab.page.close();
    await other.embed.openAs(BRUNO);
    return [other];
  },
};

const of = ({ page, context, sandbox }) => ({ page, context, sandbox, embed: new Embed(page, sandbox), payment: new PaymentPage(page) });
const newTab = async ({ context, sandbox }) => of({ page: await context.newPage(), context, sandbox });

/** Every test run goes through these, `cargo xtask soak` through all. */
const ALL = Boolean(process.env.ESIM_ALL_FAULTS);
const SAMPLE = new Set([
  "reload while ordering, order: dropAfter", "removed while ordering", "second while ordering, order: fail500After", "copied at review",
  "closed at paying", "offline while opening", "leave at paying, payment: dropAfter", "moved while opening, payment: wrongJson",
  "copied on the way back", "closed while ordering, order: duplicate", "second at paying",
]);

/** An order that the carrier was too busy to take is never paid: it is not sent again by itself. */
const isReached = (point, fault) => fault !== "order: busy503" || ["choice", "review", "ordering"].includes(point);

const named = (event, point, fault) => {
  const where = { ordering: "while ordering", opening: "while opening", back: "on the way back" }[point] ?? `at ${point}`;
  return `${event} ${where}${fault ? `, ${fault}` : ""}`;
};

async function renew(tab, { event, point, fault }) {
  let happening = null;
  const happen = async () => {
    if (happening) return false;
    happening = EVENTS[event](tab);
    await happening;
    return true;
  };
  if (fault) {
    const [call, what] = fault.split(": ");
    await tab.sandbox.fault(BRUNO, call, what);
  }
  for (const [at, resource] of [["ordering", "productOrder"], ["opening", "payment"]]) {
    if (point !== at) continue;
    // The carrier has it, and its answer waits until the other thing has happened. A page that is gone hears none.
    await tab.page.route(`**/${resource}`, async (route) => {
      if (route.request().method() !== "POST" || happening) return route.fallback().catch(() => {});
      const response = await route.fetch().catch(() => null);
      await happen();
      await (response ? route.fulfill({ response }) : route.abort()).catch(() => {});
    });
  }
  let paid = false;
  const before = async (at) => {
    if (point === "back") {
      paid ||= at === "paying";
      return false;
    }
    return at === point && happen();
  };
  const follow = (one, options) => new Follower(one.page, one.embed.widget, one.payment).follow(options);
  if (point === "back") {
    // As soon as the way back is shown, before the carrier was asked.
    tab.page.on("framenavigated", (frame) => {
      if (frame !== tab.page.mainFrame() || !/esim-return=/.test(frame.url()) || !paid) return;
      tab.page.once("domcontentloaded", () => happen().catch(() => {}));
    });
  }
  const ends = [];
  // The tab may close, or another one may be where the subscriber goes on.
  const first = await follow(tab, { before }).catch((error) => {
    if (tab.page.isClosed()) return null;
    throw error;
  });
  if (first) ends.push(first);
  const tabs = (await happening) ?? [];
  for (const other of tabs.filter((one) => one.page !== tab.page)) ends.push(await follow(other));
  return { ends, happened: happening !== null };
}

for (const event of Object.keys(EVENTS)) {
  for (const point of POINTS) {
    for (const fault of FAULTS) {
      const name = named(event, point, fault);
      if (!isReached(point, fault) || (!ALL && !SAMPLE.has(name))) continue;
      test(name, async ({ context, guard, page, sandbox }) => {
        guard.expect(/^failed: /, /^console: (Failed to load resource|Access to fetch|TypeError: Failed to fetch|.*could not be loaded)/, /^page error: Failed to fetch/);
        const tab = of({ page, context, sandbox });
        await tab.embed.openAs(BRUNO);
        await tab.embed.widget.choose("Data 20");
        const { ends, happened } = await renew(tab, { event, point, fault });
        expect(happened, "what the test is about has happened").toBe(true);
        judge(await sandbox.ledger(BRUNO), ends, 24);
      });
    }
  }
}
