import { expect } from "@playwright/test";

/** The carrier's ledger judges what a subscriber was told: whoever has a receipt paid once, whoever has none was not charged. */
export function judge(ledger, ends, price) {
  expect(Object.values(ledger.paidPerOrder).filter((times) => times > 1), "nothing is paid twice").toEqual([]);
  expect(Object.values(ledger.ordersPerKey).filter((orders) => orders > 1), "one order for each consent").toEqual([]);
  const charged = ledger.charges.filter(({ refunded }) => !refunded).map(({ amount }) => amount.value);
  const done = ledger.orders.filter(({ state }) => state === "completed");
  expect(charged, "what was charged is carried out, at the price of the consent").toEqual(done.map(() => price));
  // Two tabs may show the receipt of the same order, and none shows one that is not carried out.
  const hasReceipt = ends.includes("receipt");
  expect(done.length > 0, "a receipt is shown exactly where something is carried out").toBe(hasReceipt);
  return { done: done.length };
}
