import { defineConfig } from "@playwright/test";
import { browser, firefox } from "./support/browser.js";

const projects = [{ name: "chromium", use: browser }];
if (process.env.ESIM_FIREFOX) {
  // The element's life, and what the page around may ask of it.
  projects.push({ name: "firefox", testMatch: ["element.spec.js", "surface.spec.js"], use: firefox });
}

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  projects,
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // What is waited for comes at once or never: these are for a machine that is busy with other things.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Monaco",
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    trace: process.env.ESIM_TRACE ? "retain-on-failure" : "off",
  },
});
