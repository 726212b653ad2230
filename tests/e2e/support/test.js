// What every test is given.

import { test as base } from "@playwright/test";
import { Embed } from "../pages/embed.js";
import { PaymentPage } from "../pages/payment.js";
import { Standalone } from "../pages/standalone.js";
import { HostPage } from "./host-page.js";
import { Guard } from "./guard.js";
import { Sandbox } from "./sandbox.js";

export { expect } from "@playwright/test";
export { ALICE, BRUNO, CHIARA, DORA, EMIL, FATOU } from "./sandbox.js";

export const test = base.extend({
  /** Whether a test changes what its subscriber has, and so wants a carrier of its own. */
  ownCarrier: [false, { option: true }],

  sharedSandbox: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const sandbox = await Sandbox.start();
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: "worker" },
  ],

  sandbox: async ({ ownCarrier, sharedSandbox }, use) => {
    if (!ownCarrier) return use(sharedSandbox);
    const sandbox = await Sandbox.start();
    await use(sandbox);
    await sandbox.stop();
  },

  guard: [
    async ({ context, sandbox }, use) => {
      const guard = await Guard.watch(context, sandbox);
      await use(guard);
      await guard.check();
    },
    { auto: true },
  ],

  standalone: async ({ page, sandbox }, use) => use(new Standalone(page, sandbox)),
  embed: async ({ page, sandbox }, use) => use(new Embed(page, sandbox)),
  host: async ({ page, sandbox }, use) => use(new HostPage(page, sandbox)),
  payment: async ({ page }, use) => use(new PaymentPage(page)),
});
