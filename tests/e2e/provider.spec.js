import { createHash } from "node:crypto";
import { ProviderPage } from "./pages/provider.js";
import { collectEvents } from "./support/events.js";
import { CLIENT, IdentityProvider } from "./support/provider.js";
import { Sandbox } from "./support/sandbox.js";
import { ALICE, test as base, expect } from "./support/test.js";

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern
  provider: async ({}, use) => {
    const provider = await IdentityProvider.start();
    await use(provider);
    await provider.stop();
  },
  sandbox: async ({ provider }, use) => {
    const sandbox = await Sandbox.start({ connect: provider.origin });
    await use(sandbox);
    await sandbox.stop();
  },
  renewal: async ({ page, provider, sandbox }, use) => use(new ProviderPage(page, sandbox, provider)),
});

const REFUSED = [/^failed: .* 401$/, /^console: Failed to load resource: .* 401 /];
const LOST = [/^failed: .* net::ERR_FAILED/, /^console: Failed to load resource: net::ERR_FAILED/];

/** What was sent to an address of the provider, oldest first: the query, or the form. */
const sent = (guard, provider, path) =>
  guard.requests
    .filter((request) => request.url().split("?")[0] === `${provider.origin}${path}`)
    .map((request) => Object.fromEntries(request.postData() ? new URLSearchParams(request.postData()) : new URL(request.url()).searchParams));

const failures = (events) => events.filter(({ name }) => name === "esim-error").map(({ detail }) => detail);

test("a sign-in sends what it will be checked against, and the carrier is asked with the provider's token", async ({ guard, page, provider, renewal }) => {
  await renewal.prepare(ALICE);
  await renewal.open({ query: "?from=mail&state=mine#top" });
  await renewal.widget.signIn.click();
  await renewal.identify();
  await expect(renewal.widget.plan(ALICE.plan)).toBeVisible();
  expect(page.url()).toBe(`${renewal.url}?from=mail&state=mine#top`);

  const [asked] = sent(guard, provider, "/auth");
  expect(asked).toMatchObject({ response_type: "code", client_id: CLIENT, redirect_uri: renewal.url, scope: "openid", code_challenge_method: "S256" });
  const [redeemed] = sent(guard, provider, "/token");
  expect(redeemed).toMatchObject({ grant_type: "authorization_code", client_id: CLIENT, redirect_uri: renewal.url });
  expect(createHash("sha256").update(redeemed.code_verifier).digest("base64url")).toBe(asked.code_challenge);
  const secrets = [asked.state, asked.nonce, redeemed.code_verifier];
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  expect(new Set(secrets).size).toBe(3);

  expect(renewal.tokens).toHaveLength(1);
  expect(await provider.account(renewal.tokens[0])).toBe("subscriber");
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  for (const secret of [...secrets, renewal.tokens[0]]) expect(kept).not.toContain(secret);
});

test("an element that comes later has the token that is there", async ({ guard, page, provider, renewal }) => {
  await renewal.openAs(ALICE);
  await page.evaluate(() => document.querySelector("main").append(document.querySelector("esim-renewal").cloneNode()));
  await expect(renewal.widget.plan(ALICE.plan)).toHaveCount(2);
  expect(renewal.tokens).toHaveLength(1);
  expect(sent(guard, provider, "/token")).toHaveLength(1);
});

test("a reload signs in without a question, as long as the provider's session is there", async ({ context, guard, page, provider, renewal }) => {
  const events = await collectEvents(page);
  await renewal.openAs(ALICE);
  await page.reload();
  await expect(renewal.widget.plan(ALICE.plan)).toBeVisible();
  expect(sent(guard, provider, "/auth").map(({ prompt }) => prompt)).toEqual([undefined, "none"]);
  expect(renewal.tokens).toHaveLength(2);

  await context.clearCookies();
  await page.reload();
  await renewal.expectSignedOut();
  await page.reload();
  await renewal.expectSignedOut();
  expect(sent(guard, provider, "/auth"), "it is asked in vain once").toHaveLength(3);
  expect(failures(events), "that somebody has to sign in is no failure").toEqual([]);
});

test("a provider that says it does not answer silently is not asked to", async ({ guard, page, provider, renewal }) => {
  await renewal.openAs(ALICE);
  await renewal.describe({ prompt_values_supported: ["login", "consent"] });
  await page.reload();
  await renewal.expectSignedOut();
  expect(sent(guard, provider, "/auth")).toHaveLength(1);
});

test("a provider that never gives the state back is asked three times, and not for ever", async ({ guard, page, provider, renewal }) => {
  await renewal.openAs(ALICE);
  provider.tamper = () => renewal.url;
  await page.reload();
  await renewal.expectSignedOut();
  expect(sent(guard, provider, "/auth")).toHaveLength(1 + 3);
});

test("an access token that ends is renewed once, by a refresh token that is used once", async ({ guard, payment, provider, renewal, sandbox }) => {
  guard.expect(...REFUSED);
  await renewal.openAs(ALICE);
  const { widget } = renewal;
  await provider.end(renewal.tokens[0]);
  await widget.chooseAndReview("Data 5");
  await provider.end(renewal.tokens[1]);
  await widget.consentAndOrder();
  await payment.expectAmount("€9.00");
  await sandbox.expectBooked(ALICE, { orders: ["pending"], payments: ["pendingAuthorization"] });

  const asked = sent(guard, provider, "/token");
  expect(asked.map(({ grant_type: type }) => type)).toEqual(["authorization_code", "refresh_token", "refresh_token"]);
  const [first, second] = asked.slice(1).map(({ refresh_token: token }) => token);
  expect(second).not.toBe(first);
  expect(renewal.tokens).toHaveLength(3);
  expect(await provider.refresh(first), "whoever has the old one has nothing").toMatchObject({ error: "invalid_grant" });
});

test("a renewal that gets lost signs nobody out: it is asked for again by the same refresh token", async ({ guard, page, provider, renewal }) => {
  guard.expect(...REFUSED, ...LOST);
  await renewal.openAs(ALICE);
  const { widget } = renewal;
  await widget.choose("Data 5");
  await provider.end(renewal.tokens[0]);
  await page.route(`${provider.origin}/token`, (route) => route.abort("failed"));
  await widget.toReview.click();
  await expect(widget.alert).toBeVisible();
  await page.unroute(`${provider.origin}/token`);
  await widget.button(widget.t.tryAgain).click();
  await expect(widget.order).toBeVisible();
  const used = sent(guard, provider, "/token").slice(1).map(({ refresh_token: token }) => token);
  expect(new Set(used).size).toBe(1);
  expect(used.length).toBeGreaterThan(1);
});

test("signing out ends the session at the provider, and the refresh token with it", async ({ guard, page, provider, renewal }) => {
  await renewal.openAs(ALICE);
  // A question that is still open would be answered with 401 once the token is revoked.
  await expect(renewal.widget.plan(ALICE.plan)).toContainText("14.8 GB of 20 GB");
  await renewal.widget.button(renewal.widget.t.signOut).click();
  await page.getByRole("button", { name: "End it" }).click();
  await renewal.expectSignedOut();
  const [revoked] = sent(guard, provider, "/token/revocation");
  expect(revoked).toMatchObject({ token_type_hint: "refresh_token", client_id: CLIENT });
  expect(await provider.refresh(revoked.token)).toMatchObject({ error: "invalid_grant" });
  const [left] = sent(guard, provider, "/session/end");
  expect(left).toMatchObject({ client_id: CLIENT, post_logout_redirect_uri: renewal.url, id_token_hint: expect.stringMatching(/^[\w-]+(\.[\w-]+){2}$/) });

  await page.reload();
  await renewal.expectSignedOut();
  await renewal.widget.signIn.click();
  await expect(renewal.account, "the provider asks again who it is").toBeVisible();
});

test("whoever says no at the provider is back on the page, signed out", async ({ guard, page, provider, renewal }) => {
  const events = await collectEvents(page);
  await renewal.prepare(ALICE);
  await renewal.open({ query: "?from=mail" });
  await renewal.widget.signIn.click();
  await page.getByRole("button", { name: "Deny" }).click();
  await renewal.expectSignedOut();
  expect(page.url()).toBe(`${renewal.url}?from=mail`);
  await expect(renewal.widget.alert).toHaveCount(0);
  await expect.poll(() => failures(events)).toEqual([{ code: "sign-in-failed", about: "access_denied" }]);
  await page.reload();
  await renewal.expectSignedOut();
  expect(sent(guard, provider, "/auth"), "nothing asks again by itself").toHaveLength(1);
  expect(failures(events), "what is over is not told again").toHaveLength(1);
});

test.describe("an answer that does not hold signs nobody in", () => {
  const change = (name, value) => (address) => {
    const url = new URL(address);
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    return url.href;
  };

  for (const [what, tamper, about, exchanges] of [
    ["of another issuer", change("iss", "http://127.0.0.1:1"), "iss", 0],
    ["that does not name its issuer", change("iss", null), "iss", 0],
    ["without a code", change("code", null), "code", 0],
    ["with another code", change("code", "other"), "invalid_grant", 1],
  ]) {
    test(`one ${what}`, async ({ guard, page, provider, renewal }) => {
      guard.expect(new RegExp(`sign-in-failed: ${about} `));
      if (exchanges) guard.expect(/\/token 400$/, /^console: Failed to load resource: .* 400 /);
      const events = await collectEvents(page);
      await renewal.prepare(ALICE);
      await renewal.open();
      provider.tamper = tamper;
      await renewal.widget.signIn.click();
      await renewal.identify();
      await renewal.expectSignedOut();
      await expect(renewal.widget.alert).toContainText("Signing in doesn’t work right now");
      await expect.poll(() => failures(events)).toEqual([{ code: "sign-in-failed", about }]);
      expect(sent(guard, provider, "/token")).toHaveLength(exchanges);
      expect(page.url()).toBe(renewal.url);
      expect(renewal.tokens).toEqual([]);
    });
  }

  test("one with another state is none: nothing is asked for with it", async ({ guard, page, provider, renewal }) => {
    const events = await collectEvents(page);
    await renewal.prepare(ALICE);
    await renewal.open();
    provider.tamper = change("state", "other");
    await renewal.widget.signIn.click();
    await renewal.identify();
    await renewal.expectSignedOut();
    expect(sent(guard, provider, "/token")).toEqual([]);
    expect(failures(events)).toEqual([]);
  });

  for (const [what, about, claim] of [
    ["another nonce", "nonce", { nonce: "other" }],
    ["no nonce", "nonce", { nonce: undefined }],
    ["another issuer", "iss", { iss: "http://127.0.0.1:1" }],
    ["another audience", "aud", { aud: "another client" }],
    ["its end in the past", "exp", { exp: 1_700_000_000 }],
  ]) {
    test(`an id token with ${what}`, async ({ guard, page, renewal }) => {
      guard.expect(new RegExp(`sign-in-failed: ${about} `));
      const events = await collectEvents(page);
      await renewal.prepare(ALICE);
      await renewal.open();
      await renewal.claim(claim);
      await renewal.widget.signIn.click();
      await renewal.identify();
      await renewal.expectSignedOut();
      await expect.poll(() => failures(events)).toEqual([{ code: "sign-in-failed", about }]);
      expect(renewal.tokens).toEqual([]);
      expect(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes("sign")))).toEqual([]);
    });
  }
});

test.describe("a provider that does not fit is not gone to", () => {
  for (const [about, description] of [
    ["code_challenge_methods_supported", { code_challenge_methods_supported: ["plain"] }],
    ["issuer", { issuer: "http://127.0.0.1:1" }],
    ["authorization_endpoint", { authorization_endpoint: "javascript:alert(1)" }],
  ]) {
    test(about, async ({ guard, page, provider, renewal }) => {
      guard.expect(new RegExp(`sign-in-failed: ${about} `));
      const events = await collectEvents(page);
      await renewal.prepare(ALICE);
      await renewal.open();
      await renewal.describe(description);
      await renewal.widget.signIn.click();
      await expect(renewal.widget.alert).toContainText("Signing in doesn’t work right now");
      await expect.poll(() => failures(events)).toEqual([{ code: "sign-in-failed", about }]);
      expect(sent(guard, provider, "/auth")).toEqual([]);
    });
  }
});

test("access while the subscriber is away is asked for with a question, as the standard has it", async ({ guard, provider, renewal }) => {
  await renewal.openAs(ALICE, { scope: "openid offline_access" });
  expect(sent(guard, provider, "/auth")).toMatchObject([{ scope: "openid offline_access", prompt: "consent" }]);
});

test("without a scope none is sent, nor a nonce", async ({ guard, provider, page, renewal }) => {
  await renewal.prepare(ALICE);
  await renewal.open({ scope: "" });
  await renewal.widget.signIn.click();
  await page.waitForURL((url) => url.origin === provider.origin);
  const [asked] = sent(guard, provider, "/auth");
  expect(Object.keys(asked).sort()).toEqual(["client_id", "code_challenge", "code_challenge_method", "redirect_uri", "response_type", "state"]);
});
