// A stand-in for an identity provider, for the browser tests: OpenID Connect with the code flow and PKCE. Its sign-in page is a form that asks
// for an address and believes it. Prints its issuer and runs until it is ended.
// usage: node scripts/identity-provider.mjs
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";

const CLIENT = "lode";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const codes = new Map();
const base64url = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function idToken(claims) {
  const text = `${base64url({ alg: "ES256", kid: "one", typ: "JWT" })}.${base64url(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

function exchange(form) {
  const code = codes.get(form.get("code"));
  codes.delete(form.get("code"));
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  const isRight =
    code?.code_challenge === challenge &&
    code.redirect_uri === form.get("redirect_uri") &&
    form.get("client_id") === CLIENT;
  if (!isRight) return [400, { error: "invalid_grant" }];
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: issuer, aud: CLIENT, iat: now, exp: now + 300, nonce: code.nonce },
    ...{ sub: `person ${code.email}`, email: code.email, email_verified: true },
  };
  return [200, { access_token: "unused", token_type: "Bearer", id_token: idToken(claims) }];
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Leads back with a code, or where the person gives up, with an error. */
function lead(response, asked) {
  const back = new URL(asked.get("redirect_uri"));
  back.searchParams.set("state", asked.get("state"));
  if (asked.get("email")) {
    const code = randomUUID();
    codes.set(code, Object.fromEntries(asked));
    back.searchParams.set("code", code);
  } else {
    back.searchParams.set("error", "access_denied");
  }
  response.writeHead(302, { location: back.href }).end();
}

let issuer = "";
const server = createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  const json = (status, body) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (url.pathname === "/.well-known/openid-configuration") {
    const at = (path) => issuer + path;
    json(200, {
      issuer,
      authorization_endpoint: at("/authorize"),
      token_endpoint: at("/token"),
      jwks_uri: at("/keys"),
      end_session_endpoint: at("/leave"),
    });
  } else if (url.pathname === "/keys") {
    json(200, { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "ES256" }] });
  } else if (url.pathname === "/token") {
    let body = "";
    for await (const piece of request) body += piece;
    json(...exchange(new URLSearchParams(body)));
  } else if (url.pathname === "/authorize" && !url.searchParams.has("email")) {
    const kept = [...url.searchParams].map(
      ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
    );
    const page = `<!doctype html><title>Provider</title><form>${kept.join("")}<label>Who are you? <input name="email"></label><button>Go on</button></form>`;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  } else if (url.pathname === "/authorize") {
    lead(response, url.searchParams);
  } else if (url.pathname === "/leave") {
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8" })
      .end("<!doctype html><title>Signed out</title><p>Signed out at the provider");
  } else {
    json(404, {});
  }
});
server.listen(0, "127.0.0.1", () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  console.log(issuer);
});
