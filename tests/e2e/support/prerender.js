// The program that writes the carrier's offers into pages.

import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "../../..");
const program = process.env.ESIM_PRERENDER || join(root, "target/debug/prerender");

/** What the program writes of what a carrier has on offer; `options` as on its command line. */
export async function prerender({ carrier }, options = {}) {
  const all = { "api-base": carrier, "time-zone": "Europe/Monaco", locale: "en-GB", config: "carrier.json", "checkout-url": "embed.html", ...options };
  const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await promisify(execFile)(program, words);
  return stdout;
}
