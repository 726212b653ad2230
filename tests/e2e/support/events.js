const NAMES = ["esim-ready", "esim-error", "esim-step-changed", "esim-checkout-completed"];

/** Collects the element's events as they reach the window, also across reloads: `[{ name, detail }]`. */
export async function collectEvents(page) {
  const events = [];
  await page.exposeFunction("tellTest", (name, detail) => events.push({ name, detail }));
  await page.addInitScript((names) => {
    for (const name of names) addEventListener(name, (event) => window.tellTest(name, event.detail));
  }, NAMES);
  return events;
}
