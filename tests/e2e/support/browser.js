// The browsers that the machine has: none is downloaded.

/** How Chromium is started. */
export const browser = {
  browserName: "chromium",
  launchOptions: {
    executablePath: process.env.ESIM_CHROMIUM || "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--no-first-run",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};

/** How Firefox is started, as it is released: by WebDriver BiDi. */
export const firefox = {
  browserName: "firefox",
  channel: "moz-firefox",
  launchOptions: { executablePath: process.env.ESIM_FIREFOX },
};
