// The archive for static hosts: its page is finished, under the headers that its examples of servers send.

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Standalone } from "../e2e/pages/standalone.js";
import { BRUNO } from "../e2e/support/sandbox.js";
import { expect, test } from "../e2e/support/test.js";

const site = resolve(process.env.ESIM_SITE || join(import.meta.dirname, "../../target/package/site"));
const CARRIER = "https://api.carrier.example";

// What a test answers in a server's place is of no network, from which Chromium lets a page ask this machine by permission.
test.use({ ownCarrier: true, permissions: ["local-network-access"] });

/** The headers that do not depend on the file. */
async function headersOf(example, pattern) {
  const text = await readFile(join(site, "docs/examples", example), "utf8");
  const found = [...text.matchAll(pattern)].map(([, name, quoted, plain]) => [name, quoted ?? plain]);
  return Object.fromEntries(found.filter(([name]) => name !== "Cache-Control"));
}

test("both examples send the same, and under that a plan is renewed on the page", async ({ page, payment, sandbox }) => {
  const nginx = await headersOf("nginx.conf", /^\s*add_header ([\w-]+) (?:"([^"]*)"|(\S+)) always;/gm);
  const caddy = await headersOf("Caddyfile", /^\t\t([\w-]+) (?:"([^"]*)"|(\S+))$/gm);
  expect(Object.keys(nginx)).toHaveLength(6);
  expect(caddy).toEqual(nginx);
  expect(nginx["Content-Security-Policy"]).toContain(CARRIER);

  const headers = { ...nginx, "Content-Security-Policy": nginx["Content-Security-Policy"].replace(CARRIER, sandbox.carrier) };
  const carrier = JSON.stringify(await sandbox.carrierFile());
  await page.route(`${sandbox.pages}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || "index.html";
    if (name === "carrier.json") return route.fulfill({ headers, contentType: "application/json", body: carrier });
    await route.fulfill({ headers, path: join(site, "www", name) });
  });
  const standalone = new Standalone(page, sandbox);
  await standalone.openAs(BRUNO);
  await standalone.widget.chooseAndReview("Data 20");
  await standalone.widget.consentAndOrder();
  await payment.payAccepted();
  await standalone.widget.expectReceipt({ "Total paid": "€24.00" });
  await sandbox.expectOneCharge(BRUNO, 24);
});
