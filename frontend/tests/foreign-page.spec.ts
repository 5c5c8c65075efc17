import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, expect, test } from "@playwright/test";

/**
 * What a page of another origin, and a name that somebody made to lead to this machine, get from a server without sign-in, in a real
 * browser: nothing. The tests of the server send the same requests without one.
 */

let foreign: Server;
let origin: string;

test.beforeAll(async () => {
  foreign = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<!doctype html><title>Somebody else's page</title>");
  });
  await new Promise<void>((ready) => foreign.listen(0, "127.0.0.1", ready));
  // Another port of the same machine is another origin.
  origin = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
});

test.afterAll(() => foreign.close());

test("a page of another origin reads nothing and changes nothing", async ({ page, baseURL, request }) => {
  const base = (baseURL ?? "").replace(/\/$/, "");
  const before = await (await request.get("/api/views")).json();
  const importsBefore = await (await request.get("/api/imports")).json();
  const asked: string[] = [];
  page.on("request", (sent) => {
    if (sent.url().startsWith(`${base}/api/`)) asked.push(sent.url());
  });
  await page.goto(origin);
  const read = await page.evaluate(async (target) => {
    const outcome: Record<string, string> = {};
    const attempt = async (name: string, path: string, init?: RequestInit) => {
      try {
        const answer = await fetch(target + path, init);
        outcome[name] = answer.type === "opaque" ? "opaque" : `read ${answer.status}`;
      } catch {
        outcome[name] = "refused";
      }
    };
    await attempt("read", "/api/me");
    await attempt("read blindly", "/api/companies/search?q=a", { mode: "no-cors" });
    const text = { "content-type": "text/plain" };
    const view = JSON.stringify({ name: "foreign" });
    await attempt("write as text", "/api/views", {
      method: "POST",
      mode: "no-cors",
      headers: text,
      body: view,
    });
    await attempt("write as JSON", "/api/views", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: view,
    });
    await attempt("act without a body", "/api/jobs/queues/exports/pause", {
      method: "POST",
      mode: "no-cors",
    });
    const form = new FormData();
    form.append("file", new Blob(["orgnr;name\n5560000001;Foreign AB\n"]), "evil.csv");
    await attempt("upload", "/api/imports?kind=companies", { method: "POST", mode: "no-cors", body: form });
    const image = await new Promise<string>((done) => {
      const made = document.createElement("img");
      made.onload = () => done("loaded");
      made.onerror = () => done("refused");
      made.src = `${target}/api/universe/export?format=csv`;
    });
    outcome.image = image;
    const frame = await new Promise<string>((done) => {
      const made = document.createElement("iframe");
      made.onload = () => {
        try {
          done(made.contentDocument?.body ? "readable" : "closed");
        } catch {
          done("closed");
        }
      };
      made.src = `${target}/`;
      document.body.append(made);
    });
    outcome.frame = frame;
    return outcome;
  }, base);
  for (const [name, outcome] of Object.entries(read)) {
    expect(["refused", "opaque", "closed"], `${name}: ${outcome}`).toContain(outcome);
  }
  // The browser did send them.
  expect(asked.length).toBeGreaterThanOrEqual(7);

  expect((await (await request.get("/api/views")).json()).items).toEqual(before.items);
  expect((await (await request.get("/api/imports")).json()).items?.length).toBe(importsBefore.items?.length);
});

test("a name that was made to lead here is answered nothing", async ({ baseURL }, testInfo) => {
  const base = new URL(baseURL ?? "");
  const options = testInfo.project.use.launchOptions ?? {};
  const rule = `--host-resolver-rules=MAP rebind.example ${base.hostname}`;
  // What newer browsers do against it by themselves is switched off: the server must not rest on it.
  const trusting =
    "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights";
  const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), rule, trusting] });
  try {
    const page = await browser.newPage();
    const foreignName = `http://rebind.example:${base.port}/`;
    expect((await page.goto(foreignName))?.status()).toBe(403);
    // Somebody's page came from there before the name was made to lead here, with a policy of its own.
    await page.route(foreignName, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Before</title>" }),
    );
    await page.goto(foreignName);
    const own = await page.evaluate(async () => {
      const asked = [
        fetch("/api/me"),
        fetch("/api/views", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: '{"name":"rebound"}',
        }),
      ];
      return Promise.all(asked.map(async (one) => (await one).status));
    });
    expect(own).toEqual([403, 403]);
    // The same browser is answered by the server's own name.
    expect((await page.goto(base.href))?.status()).toBe(200);
  } finally {
    await browser.close();
  }
});
