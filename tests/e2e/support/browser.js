// The browser that the machine has: none is downloaded.

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
