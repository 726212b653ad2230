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
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Monaco",
    actionTimeout: 7_000,
    navigationTimeout: 10_000,
    trace: process.env.ESIM_TRACE ? "retain-on-failure" : "off",
  },
});
