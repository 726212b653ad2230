// One fault at one call, and a subscriber who does what the screen offers. The carrier's ledger judges: whoever has a
// receipt paid once, whoever has none was not charged for what they did not get.

import { Follower } from "./pages/subscriber.js";
import { judge } from "./support/judge.js";
import { BRUNO, expect, test } from "./support/test.js";

test.use({ ownCarrier: true });
// Whoever waits for what never came waits as long as a person would.
test.slow();

/** What goes wrong at a call that creates, and whether the work was done all the same. */
const AT_A_POST = {
  dropBefore: false,
  dropAfter: true,
  delay: true,
  busy429: false,
  busy503: false,
  busy503date: false,
  fail500: false,
  fail500After: true,
  truncated: true,
  wrongJson: true,
  html: true,
  unknownState: true,
  duplicate: true,
  tokenExpired: false,
};

/** At a call that only asks. */
const AT_A_GET = ["dropBefore", "delay", "busy503", "fail500", "truncated", "wrongJson", "html", "unknownState", "tokenExpired"];

/** All of them take minutes: `cargo xtask soak` runs all, and every test run these. */
const ALL = Boolean(process.env.ESIM_ALL_FAULTS);
const SAMPLE = new Set([
  "order: dropBefore", "order: busy429", "order: dropAfter", "order: fail500After", "order: truncated", "order: unknownState", "order: duplicate",
  "payment: dropAfter", "payment: busy503", "payment: html", "payment: wrongJson", "payment: duplicate", "payment: tokenExpired",
  "orders: wrongJson", "orders: unknownState", "payments: html", "payments: unknownState", "cart: truncated", "methods: fail500",
]);

const body = (attributes) => `<section aria-label="Renewal"><esim-renewal config="carrier.json" ${attributes}></esim-renewal></section>`;

async function renew({ guard, host, page, payment, sandbox }, { call, fault, attributes = "", patience }) {
  guard.expect(/^failed: /, /^console: (Failed to load resource|Access to fetch)/);
  await host.openAs(BRUNO, { body: body(attributes) });
  const { widget } = host;
  await widget.choose("Data 20");
  await sandbox.fault(BRUNO, call, fault, fault === "delay" ? { seconds: 2 } : {});
  const end = await new Follower(page, widget, payment).follow({ patience });
  const ledger = await sandbox.ledger(BRUNO);
  judge(ledger, [end], 24);
  expect(await sandbox.faults(BRUNO), "the fault happened").toEqual([]);
  return { end, ledger };
}

for (const call of ["order", "payment"]) {
  for (const [fault, isDone] of Object.entries(AT_A_POST)) {
    if (!ALL && !SAMPLE.has(`${call}: ${fault}`)) continue;
    test(`${call}: ${fault}`, async ({ guard, host, page, payment, sandbox }) => {
      const { end } = await renew({ guard, host, page, payment, sandbox }, { call, fault });
      // What the carrier took is found again. What it may not have taken is not sent again by itself.
      if (isDone) expect(end).toBe("receipt");
      // 429 says that nothing was done: the subscriber is told so, and orders anew.
      if (fault === "busy429") expect(end).toBe("receipt");
    });
  }
}

for (const fault of ALL ? ["dropBefore", "fail500"] : ["dropBefore"]) {
  test(`order: ${fault}, at a carrier that takes a key once: it is sent again, and paid once`, async ({ guard, host, page, payment, sandbox }) => {
    const { end } = await renew({ guard, host, page, payment, sandbox }, { call: "order", fault, attributes: "idempotent", patience: 30_000 });
    expect(end).toBe("receipt");
  });
}

for (const call of ["orders", "payments", "cart", "methods"]) {
  for (const fault of AT_A_GET) {
    if (!ALL && !SAMPLE.has(`${call}: ${fault}`)) continue;
    test(`${call}: ${fault}`, async ({ guard, host, page, payment, sandbox }) => {
      const { end } = await renew({ guard, host, page, payment, sandbox }, { call, fault });
      expect(end).toBe("receipt");
    });
  }
}
