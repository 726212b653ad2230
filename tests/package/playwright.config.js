import endToEnd from "../e2e/playwright.config.js";

export default {
  ...endToEnd,
  testDir: import.meta.dirname,
  globalSetup: "./setup.js",
};
