// A certified OpenID provider (https://github.com/panva/node-oidc-provider) as the sign-in server, with pages of its own.

import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";

export const CLIENT = "web";

const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });

const page = (title, form) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"></head><body><main><h1>${title}</h1>${form}</main></body></html>`;
const button = (name, label) => `<button name="${name}" value="yes">${label}</button>`;

export class IdentityProvider {
  #server;
  #provider;
  #answer;
  /** What the way back to the page is changed into, for tests of answers that do not hold. */
  tamper = (address) => address;

  /** Listens on a free port. The client is registered once its page has an address. */
  static async start() {
    const provider = new IdentityProvider();
    provider.#server = createServer((request, response) => provider.#handle(request, response));
    provider.#server.listen(0, "127.0.0.1");
    await once(provider.#server, "listening");
    provider.origin = `http://127.0.0.1:${provider.#server.address().port}`;
    return provider;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** Registers a public client, whose page is the address to return to from the sign-in and from the sign-out. */
  register(url) {
    this.page = url;
    this.#provider = new Provider(this.origin, {
      clients: [
        {
          client_id: CLIENT,
          token_endpoint_auth_method: "none",
          grant_types: ["authorization_code", "refresh_token"],
          response_types: ["code"],
          redirect_uris: [url],
          post_logout_redirect_uris: [url],
        },
      ],
      clientBasedCORS: (_, origin, client) => client.redirectUris.some((uri) => new URL(uri).origin === origin),
      cookies: { keys: [randomUUID()] },
      features: {
        devInteractions: { enabled: false },
        revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context, form) => {
            context.body = page("End the session?", form.replace("</form>", `${button("logout", "End it")}</form>`));
          },
        },
      },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
      issueRefreshToken: (_, client) => client.grantTypeAllowed("refresh_token"),
      jwks: { keys: [{ ...key, use: "sig", alg: "RS256" }] },
      scopes: ["openid", "offline_access"],
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 600, RefreshToken: 3600, Session: 3600 },
    });
    this.#answer = this.#provider.callback();
  }

  async #handle(request, response) {
    const set = response.setHeader.bind(response);
    response.setHeader = (name, value) => {
      const leadsBack = name.toLowerCase() === "location" && String(value).startsWith(this.page);
      return set(name, leadsBack ? this.tamper(value) : value);
    };
    if (request.url.startsWith("/interaction/")) await this.#interact(request, response);
    else this.#answer(request, response);
  }

  /** The provider's own pages: who is it, and may the client know? */
  async #interact(request, response) {
    const { prompt, params, session } = await this.#provider.interactionDetails(request, response);
    if (request.method === "GET") {
      const ask = prompt.name === "login" ? `<label>Account <input name="account"></label>${button("go", "Continue")}` : button("go", "Allow");
      response.writeHead(200, { "Content-Type": "text/html" }).end(page(prompt.name, `<form method="post">${ask}${button("deny", "Deny")}</form>`));
      return;
    }
    const form = new URLSearchParams(await text(request));
    const result = form.has("deny")
      ? { error: "access_denied", error_description: `${session?.accountId ?? "Somebody"} does not want to` }
      : prompt.name === "login"
        ? { login: { accountId: form.get("account") } }
        : { consent: { grantId: await this.#grant(session.accountId, params) } };
    await this.#provider.interactionFinished(request, response, result);
  }

  async #grant(accountId, { client_id: clientId, scope }) {
    const grant = new this.#provider.Grant({ accountId, clientId });
    grant.addOIDCScope(scope);
    return grant.save();
  }

  /** Whose access token this is, or nothing where it does not hold. */
  async account(accessToken) {
    return (await this.#provider.AccessToken.find(accessToken))?.accountId;
  }

  /** Ends an access token before its time. */
  async end(accessToken) {
    await (await this.#provider.AccessToken.find(accessToken)).destroy();
  }

  /** What the token endpoint says to a refresh token. */
  async refresh(token) {
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: token, client_id: CLIENT });
    return (await fetch(`${this.origin}/token`, { method: "POST", body })).json();
  }
}
