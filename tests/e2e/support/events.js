const NAMES = ["esim-ready", "esim-error", "esim-step-changed", "esim-checkout-completed"];

/** All events of the element. */
export const ALL = [
  ...NAMES, "esim-sign-in-requested", "esim-plan-selected", "esim-checkout-started", "esim-payment-pending", "esim-before-select",
  "esim-before-order", "esim-before-leave",
];

/** Collects the element's events as they reach the window, also across reloads: `[{ name, detail }]`. */
export async function collectEvents(page, names = NAMES) {
  const events = [];
  await page.exposeFunction("tellTest", (name, detail) => events.push({ name, detail }));
  await page.addInitScript((names) => {
    for (const name of names) addEventListener(name, (event) => window.tellTest(name, event.detail));
  }, names);
  return events;
}
