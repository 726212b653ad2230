// The sandbox carrier: one process with a database of its own, and what the tests ask it behind the widget's back.

import { expect } from "@playwright/test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const root = resolve(import.meta.dirname, "../../..");
const program = process.env.ESIM_SANDBOX || join(root, "target/debug/sandbox");
/** The folder of the built files. */
export const dist = process.env.ESIM_DIST || join(root, "dist");

/** The demo's subscribers. */
export const ALICE = { name: "Alice Demo", msisdn: "+37761234501", plan: "Riviera 20 GB" };
export const BRUNO = { name: "Bruno Demo", msisdn: "+37761234502", plan: "Riviera 10 GB" };
export const CHIARA = { name: "Chiara Demo", msisdn: "+37761234503", plan: "Riviera Week" };
export const DORA = { name: "Dora Demo", msisdn: "+37761234504", plan: "Riviera 10 GB" };
export const EMIL = { name: "Emil Demo", msisdn: "+37761234505", plan: "No plan on this line yet" };
export const FATOU = { name: "Fatou Demo", msisdn: "+37761234506", plan: "Riviera 10 GB" };

const whose = (subscriber) => (subscriber ? `?msisdn=${encodeURIComponent(subscriber.msisdn)}` : "");

export class Sandbox {
  #process;
  #folder;

  /**
   * Starts a carrier on free ports with a fresh database. Its pages may ask the origin `connect` too, and make the Trusted
   * Types policy `trustedTypes`.
   */
  static async start({ connect, trustedTypes } = {}) {
    const sandbox = new Sandbox();
    sandbox.#folder = await mkdtemp(join(tmpdir(), "esim-e2e-"));
    const db = join(sandbox.#folder, "sandbox.sqlite");
    const pages = join(sandbox.#folder, "pages");
    await cp(dist, pages, { recursive: true });
    const options = ["--json", "--carrier-port", "0", "--pages-port", "0", "--fresh", "--db", db, "--dist", pages];
    if (connect) options.push("--connect", connect);
    if (trustedTypes) options.push("--trusted-types", trustedTypes);
    sandbox.#process = spawn(program, options, { stdio: ["ignore", "pipe", "inherit"] });
    const said = createInterface({ input: sandbox.#process.stdout });
    const [line] = await Promise.race([
      once(said, "line"),
      once(said, "close").then(() => Promise.reject(new Error(`${program} ended before it was ready`))),
    ]);
    ({ carrier: sandbox.carrier, pages: sandbox.pages } = JSON.parse(line));
    /** Whom its pages may ask. */
    sandbox.origins = [sandbox.pages, sandbox.carrier, ...(connect ? [connect] : [])];
    return sandbox;
  }

  /** Ends the process and deletes its database. */
  async stop() {
    if (this.#process.exitCode === null) {
      this.#process.kill("SIGKILL");
      await once(this.#process, "exit");
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Puts a folder beside the pages, and answers the address of its page. */
  async addFolder(name, folder) {
    await cp(folder, join(this.#folder, "pages", name), { recursive: true });
    return `${this.pages}/${name}/`;
  }

  /** Puts a file beside the pages, which is served under the same policy as they are. */
  async addPage(name, text) {
    await writeFile(join(this.#folder, "pages", name), text);
    return `${this.pages}/${name}`;
  }

  /** Puts all pages once more into a folder below, with a `carrier.json` of their own. Answers the folder's address. */
  async copyPages(folder, changes = {}) {
    const to = join(this.#folder, "pages", folder);
    await cp(dist, to, { recursive: true });
    await Promise.all([".br", ".gz"].map((suffix) => rm(join(to, `carrier.json${suffix}`), { force: true })));
    await writeFile(join(to, "carrier.json"), JSON.stringify({ ...(await this.carrierFile()), ...changes }));
    return `${this.pages}/${folder}/`;
  }

  /** The `carrier.json` of the pages. */
  async carrierFile() {
    return (await fetch(`${this.pages}/carrier.json`)).json();
  }

  async #ask(path, { token, body, method = body ? "POST" : "GET" } = {}) {
    const headers = { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { "Content-Type": "application/json" }) };
    const answer = await fetch(this.carrier + path, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${answer.status} for ${path}: ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  }

  /** An access token, without a sign-in. */
  async token({ msisdn }) {
    return (await this.#ask("/demo/token", { body: { msisdn } })).access_token;
  }

  /** What a subscriber has. */
  async products(subscriber) {
    const token = await this.token(subscriber);
    return this.#ask("/tmf-api/productInventory/v4/product", { token });
  }

  /** The credit that a subscriber topped up without an order, in the order in which it was. */
  async topUps(subscriber) {
    const token = await this.token(subscriber);
    return this.#ask("/tmf-api/prepayBalanceManagement/v4/topupBalance", { token });
  }

  /** When a subscriber's plan ends. */
  async planEnd(subscriber) {
    const products = await this.products(subscriber);
    return new Date(products.find((product) => product.productSpecification.name === "plan").terminationDate);
  }

  /** Changes the price of an offering. */
  async setPrice(offering, cents) {
    await this.#ask("/demo/price", { body: { offering, cents } });
  }

  /** The next price that a subscriber asks for is wrong in this way. */
  async spoilNextPrice({ msisdn }, fault) {
    await this.#ask("/demo/fault", { body: { msisdn, fault } });
  }

  /**
   * A subscriber's next calls of one kind go wrong: `call` and `fault` by their names in docs/sandbox.md. For a public
   * call (`catalogue`, `promotions`, `token`) the subscriber is null.
   */
  async fault(subscriber, call, fault, { times, seconds } = {}) {
    await this.#ask("/demo/fault", { body: { msisdn: subscriber?.msisdn, call, fault, times, seconds } });
  }

  /** Nothing of a subscriber's goes wrong any more; with null, no public call does. */
  async clearFaults(subscriber) {
    await this.#ask(`/demo/fault${whose(subscriber)}`, { method: "DELETE" });
  }

  /** The faults that are still to come for a subscriber, or with null for public calls. */
  async faults(subscriber) {
    return this.#ask(`/demo/fault${whose(subscriber)}`);
  }

  /**
   * All of a subscriber, whatever faults are set: orders, payments, charges, refunds, topUps, and the counts
   * `ordersPerKey` (by `externalId`) and `paidPerOrder` (by order, captured and not refunded).
   */
  async ledger(subscriber) {
    return this.#ask(`/demo/ledger${whose(subscriber)}`);
  }

  /** From now on the carrier's `Date` header is so many seconds ahead of its clock, or behind it. */
  async setDateOffset(dateOffsetSeconds) {
    await this.#ask("/demo/clock", { body: { dateOffsetSeconds } });
  }

  /** A promotion by its name, and what time it is at the carrier. */
  async promotion(name) {
    const answer = await fetch(`${this.carrier}/tmf-api/promotionManagement/v4/promotion`);
    const promotion = (await answer.json()).find((one) => one.name === name);
    return { promotion, now: new Date(answer.headers.get("Date")) };
  }

  /** Moves the carrier's time forward. Access tokens end meanwhile. */
  async advance(seconds) {
    await this.#ask("/demo/clock", { body: { seconds } });
  }

  /** All that was ever booked for a subscriber: orders, payments, charges, refunds. */
  async booked(subscriber) {
    const token = await this.token(subscriber);
    const orders = await this.#ask("/tmf-api/productOrderingManagement/v4/productOrder?limit=100", { token });
    const booked = { orders: [], payments: [], charges: [], refunds: [] };
    for (const key of new Set(orders.map((order) => order.externalId))) {
      const ledger = await this.#ask(`/demo/ledger?externalId=${encodeURIComponent(key)}`);
      for (const kind of Object.keys(booked)) booked[kind].push(...ledger[kind]);
    }
    return booked;
  }

  /** What is booked for a subscriber, as the states of the orders, the payments and the amounts of the charges. */
  async expectBooked(subscriber, expected) {
    const { orders, payments, charges, refunds } = await this.booked(subscriber);
    expect({
      orders: orders.map(({ state }) => state),
      payments: payments.map(({ status, statusReason }) => statusReason ?? status).sort(),
      charges: charges.map(({ amount }) => `${amount.value} ${amount.unit}`),
    }).toEqual({ orders: [], payments: [], charges: [], ...expected });
    expect(refunds).toEqual([]);
    return { orders, payments, charges };
  }

  /** All that is booked for a subscriber is one order, paid once. */
  async expectOneCharge(subscriber, value) {
    const charges = [`${value} EUR`];
    const { orders, payments } = await this.expectBooked(subscriber, { orders: ["completed"], payments: ["captured"], charges });
    expect(orders[0].orderTotalPrice[0].price.taxIncludedAmount).toEqual({ unit: "EUR", value });
    expect(payments[0].totalAmount).toEqual({ unit: "EUR", value });
  }

  /** What broke the pages' content security policy so far. */
  async violations() {
    return (await fetch(`${this.pages}/csp-report`)).json();
  }
}
