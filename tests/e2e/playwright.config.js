import { defineConfig } from "@playwright/test";
import { browser } from "./support/browser.js";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: [["list"]],
  use: {
    ...browser,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Monaco",
    actionTimeout: 7_000,
    navigationTimeout: 10_000,
    trace: process.env.ESIM_TRACE ? "retain-on-failure" : "off",
  },
});
