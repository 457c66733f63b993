// A certified OpenID provider (npm: oidc-provider) over TLS, with people and groups of a test's own, a page for
// signing in, and keys that can be changed while it runs.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, createServer } from "node:https";
import Provider from "oidc-provider";

function a_key() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" };
}

const page = (title, inside) =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><main><h1>${title}</h1>${inside}</main></body></html>`;

// people: {login: {name, groups}}. client: where the service is, https://host:port.
// authority: whom the provider believes when it tells the service of a sign-out.
export async function start_provider({ certificate, key, authority, people, client, secret }) {
  const agent = new Agent({ ca: readFileSync(authority) });
  // away: it answers nothing; without_tokens: it fails when a code is to become a token.
  const here = { people, away: false, without_tokens: false, port: 0 };
  let answer = (_, response) => response.writeHead(503).end();
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
    if (here.away || (here.without_tokens && request.url === "/token")) return request.destroy();
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    return answer(request, response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  here.port = server.address().port;
  here.issuer = `https://localhost:${here.port}`;

  const cookie_keys = [randomUUID()];
  function with_keys(keys) {
    const provider = new Provider(here.issuer, {
      jwks: { keys },
      cookies: { keys: cookie_keys },
      clients: [
        {
          client_id: "vastine",
          client_secret: secret,
          redirect_uris: [`${client}/api/v1/openid/callback`],
          post_logout_redirect_uris: [`${client}/`],
          backchannel_logout_uri: `${client}/api/v1/openid/logout`,
          backchannel_logout_session_required: true,
        },
      ],
      claims: { openid: ["sub", "sid"], profile: ["name", "preferred_username", "groups"], email: ["email"] },
      // All in the ID token, as Entra ID and Keycloak do.
      conformIdTokenClaims: false,
      pkce: { methods: ["S256"], required: () => true },
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context, form) => {
            context.body = page("Sign out?", `${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`);
          },
        },
      },
      httpOptions: () => ({ agent }),
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, login) =>
        here.people[login] && {
          accountId: login,
          claims: () => ({ sub: login, preferred_username: login, ...here.people[login] }),
        },
      // The organisation has agreed for its people.
      loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({
          clientId: context.oidc.client.clientId,
          accountId: context.oidc.session.accountId,
        });
        grant.addOIDCScope("openid profile email");
        await grant.save();
        return grant;
      },
    });
    const callback = provider.callback();
    answer = async (request, response) => {
      if (!request.url.startsWith("/interaction/")) return callback(request, response);
      try {
        if (request.method === "GET") {
          await provider.interactionDetails(request, response);
          response.setHeader("Content-Type", "text/html");
          return response.end(
            page(
              "The organisation",
              `<form method="post"><label>Account <input name="account"></label><button>Continue</button><button name="cancel" value="yes">Cancel</button></form>`,
            ),
          );
        }
        let body = "";
        for await (const piece of request) body += piece;
        const form = new URLSearchParams(body);
        const result = form.get("cancel")
          ? { error: "access_denied", error_description: "The person changed their mind" }
          : { login: { accountId: form.get("account") } };
        return await provider.interactionFinished(request, response, result);
      } catch (wrong) {
        return response.writeHead(500).end(String(wrong));
      }
    };
    return provider;
  }
  with_keys([a_key()]);
  here.change_keys = () => with_keys([a_key()]);
  here.stop = () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    });
  return here;
}
