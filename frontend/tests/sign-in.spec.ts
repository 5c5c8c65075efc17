import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";

/** A server that asks for sign-in, and the one-time link of its first administrator; scripts/test-browser starts one. */
const BASE = process.env.LODE_AUTH_URL ?? "";
const LINK = process.env.LODE_AUTH_LINK ?? "";
const ADMIN = process.env.LODE_AUTH_ADMIN ?? "";
const PASSWORD = "Korrekt häst batteri";

test.skip(!BASE || !LINK, "LODE_AUTH_URL and LODE_AUTH_LINK name no server that asks for sign-in");
test.use({ baseURL: BASE });
// The people of one test are those of the next.
test.describe.configure({ mode: "serial" });

/** What a page must never do: break its content security policy, or put a secret into an address. */
function watch(page: Page): { violations: string[]; addresses: string[] } {
  const seen = { violations: [] as string[], addresses: [] as string[] };
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) seen.violations.push(message.text());
  });
  page.on("request", (request) => seen.addresses.push(request.url()));
  return seen;
}

async function signIn(page: Page, email = ADMIN, password = PASSWORD): Promise<void> {
  await page.getByLabel("E-postadress").fill(email);
  await page.getByLabel("Lösenord", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Logga in" }).click();
}

/** The session's cookie; its value is the secret that no script may see. */
async function sessionCookie(page: Page) {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => name.startsWith("lode_session"));
}

/** Whatever a script in the page could read and carry away. */
async function readable(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Konto för/ }).click();
  await page.getByRole("menuitem", { name: "Logga ut" }).click();
  await expect(page).toHaveURL(/\/login/);
}

async function signedIn(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ baseURL: BASE, locale: "sv-SE" });
  await page.goto("/login");
  await signIn(page);
  await expect(page.getByRole("navigation", { name: "Huvudmeny" })).toBeVisible();
  return page;
}

test("the first administrator follows the link, chooses a password and is in", async ({ page }) => {
  const seen = watch(page);
  await page.goto(LINK.replace(/^https?:\/\/[^/]+/, ""));
  await expect(page).toHaveURL(/\/accept$/);
  await page.getByLabel("Ditt namn, så som kollegor ser det").fill("Astrid Admin");
  await page.getByLabel("Nytt lösenord", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Nytt lösenord en gång till").fill(PASSWORD);
  await page.getByRole("button", { name: "Spara och fortsätt" }).click();
  await expect(page.getByRole("button", { name: "Konto för Astrid Admin" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Administration" })).toBeVisible();
  expect(seen.violations).toEqual([]);
  expect(seen.addresses.filter((address) => address.includes("token_hash"))).toEqual([]);

  // The link was good for one time.
  await signOut(page);
  await page.goto("about:blank");
  await page.goto(LINK.replace(/^https?:\/\/[^/]+/, ""));
  await page.getByLabel("Nytt lösenord", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Nytt lösenord en gång till").fill(PASSWORD);
  await page.getByRole("button", { name: "Spara och fortsätt" }).click();
  await expect(page.getByRole("heading", { name: "Länken fungerar inte längre" })).toBeVisible();
});

test("anonymous is sent to sign in and brought back to the page that was wanted", async ({ page }) => {
  const seen = watch(page);
  await page.goto("/universe?f=revenue%20%3E%3D%201m&sort=name");
  await expect(page).toHaveURL(/\/login\?to=/);
  await signIn(page, ADMIN, "inte mitt lösenord");
  await expect(page.getByRole("alert")).toContainText("Adressen eller lösenordet stämmer inte");
  await signIn(page);
  await expect(page).toHaveURL(/\/universe\?.*f=revenue.*sort=name/);
  await expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");
  const { value } = (await sessionCookie(page)) ?? { value: "" };
  expect(value).toHaveLength(43);
  expect(seen.violations).toEqual([]);
  expect(seen.addresses.filter((address) => address.includes(value))).toEqual([]);
});

test("no script reads the session, and signing out ends it in every window", async ({ page }) => {
  await page.goto("/login");
  await signIn(page);
  await expect(page.getByRole("navigation", { name: "Huvudmeny" })).toBeVisible();
  const cookie = await sessionCookie(page);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  const seen = await readable(page);
  expect(seen).not.toContain(cookie?.value);
  expect(seen).not.toMatch(/token|lode\.session|lode_session/);

  // A second window is signed in by the same cookie, and the first goes on.
  const second = await page.context().newPage();
  await second.goto("/sources");
  await expect(second.getByRole("button", { name: /^Konto för/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: /^Konto för/ })).toBeVisible();
  await signOut(page);
  await expect(second).toHaveURL(/\/login\?to=/);
  expect(await sessionCookie(page)).toBeUndefined();
  const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
  expect((await page.request.get("/api/me", { headers })).status()).toBe(401);
  await second.close();
});

test("tokens that an earlier version left in storage become a cookie", async ({ page, request }) => {
  const answer = await request.post("/auth/v1/token?grant_type=password", {
    data: { email: ADMIN, password: PASSWORD },
  });
  const session: { access_token: string } = await answer.json();
  await page.goto("/login");
  await page.evaluate((kept) => localStorage.setItem("lode.session", JSON.stringify(kept)), session);
  await page.goto("/settings");
  await expect(page.getByRole("button", { name: /^Konto för/ })).toBeVisible();
  expect(await readable(page)).not.toContain("token");
  expect(await sessionCookie(page)).toBeDefined();
});

test("a page on another port of the same host, to which the cookie goes too, gets nothing", async ({
  page,
}) => {
  await page.goto("/login");
  await signIn(page);
  await expect(page.getByRole("navigation", { name: "Huvudmeny" })).toBeVisible();
  const foreign = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<!doctype html><title>Somebody else's page</title>");
  });
  await new Promise<void>((ready) => foreign.listen(0, new URL(BASE).hostname, ready));
  const other = await page.context().newPage();
  await other.goto(`http://${new URL(BASE).hostname}:${(foreign.address() as AddressInfo).port}`);
  // The browser shows the page none of the answers: what counts is what happened.
  const asked: string[] = [];
  other.on("request", (request) => {
    if (request.url().startsWith(BASE)) asked.push(request.method());
  });
  await other.evaluate(
    async (target) => {
      const send = (path: string, init: RequestInit) =>
        fetch(target + path, { mode: "no-cors", credentials: "include", ...init }).catch(() => null);
      await send("/api/me", {});
      await send("/auth/v1/logout", { method: "POST" });
      await send("/api/jobs/queues/exports/pause", { method: "POST" });
    },
    BASE.replace(/\/$/, ""),
  );
  expect(asked).toEqual(["GET", "POST", "POST"]);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Konto för/ })).toBeVisible();
  foreign.close();
});

test("a session that is ended elsewhere leads to sign-in and back", async ({ page, browser }) => {
  await page.goto("/login");
  await signIn(page);
  await expect(page.getByRole("navigation", { name: "Huvudmeny" })).toBeVisible();
  await page.goto("/sources");
  const other = await signedIn(browser);
  await other.goto("/settings");
  const sessions = other.getByRole("table", { name: "Inloggad på" });
  await expect(sessions.getByText("Den här")).toBeVisible();
  for (;;) {
    const buttons = sessions.getByRole("button", { name: "Logga ut" });
    const count = await buttons.count();
    if (count === 0) break;
    await buttons.first().click();
    await expect(buttons).toHaveCount(count - 1);
  }
  // The stream of changes ends with the session, so the page notices before anything is asked.
  await expect(page).toHaveURL(/\/login\?to=/);
  await signIn(page);
  await expect(page).toHaveURL(/\/sources/);
  await other.close();
});

test("an administrator invites a reader, who sees no administration", async ({ browser }) => {
  const admin = await signedIn(browser);
  await admin.goto("/admin?tab=users");
  await admin.getByRole("button", { name: "Bjud in" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("E-postadress").fill("rut@example.com");
  await dialog.getByLabel("Namn").fill("Rut Reader");
  await dialog.getByLabel("Roll").selectOption("viewer");
  await dialog.getByRole("button", { name: "Skapa länk" }).click();
  const link = await admin.getByRole("textbox", { name: "Engångslänk" }).inputValue();
  await admin.getByRole("button", { name: "Klar" }).click();
  await expect(admin.getByRole("row", { name: /Rut Reader/ })).toContainText("Inbjuden");

  const reader = await browser.newPage({ baseURL: BASE, locale: "sv-SE" });
  await reader.goto(link);
  await reader.getByLabel("Nytt lösenord", { exact: true }).fill(PASSWORD);
  await reader.getByLabel("Nytt lösenord en gång till").fill(PASSWORD);
  await reader.getByRole("button", { name: "Spara och fortsätt" }).click();
  await expect(reader.getByRole("navigation", { name: "Huvudmeny" })).toBeVisible();
  await expect(reader.getByRole("link", { name: "Administration" })).toHaveCount(0);
  await reader.goto("/admin");
  await expect(reader.getByText("Sidan är för administratörer")).toBeVisible();
  await reader.close();

  // Kept out at once, and let in again by the undo.
  await admin.reload();
  await admin.getByRole("button", { name: "Åtgärder för Rut Reader" }).click();
  await admin.getByRole("menuitem", { name: "Stäng ute" }).click();
  await expect(admin.getByRole("row", { name: /Rut Reader/ })).toContainText("Utestängd");
  await admin.keyboard.press("z");
  await expect(admin.getByRole("row", { name: /Rut Reader/ })).toContainText("Aktiv");
  await admin.close();
});

test("a person gets a copy of what is kept of them, asks to be erased, and is", async ({ browser }) => {
  const reader = await browser.newPage({ baseURL: BASE, locale: "sv-SE" });
  await reader.goto("/login");
  await signIn(reader, "rut@example.com");
  await expect(reader.getByRole("navigation", { name: "Huvudmeny" })).toBeVisible();
  await reader.goto("/settings");
  const file = reader.waitForEvent("download");
  await reader.getByRole("button", { name: "Hämta en kopia" }).click();
  expect((await file).suggestedFilename()).toBe("lode-my-data.json");
  await reader.getByRole("button", { name: "Be om att raderas" }).click();
  await reader.getByRole("dialog").getByRole("button", { name: "Be om att raderas" }).click();
  await expect(reader.getByText(/Du bad om att raderas/)).toBeVisible();

  const admin = await signedIn(browser);
  await admin.goto("/admin?tab=users");
  await expect(admin.getByRole("row", { name: /Rut Reader/ })).toContainText("Vill raderas");
  await admin.getByRole("button", { name: "Åtgärder för Rut Reader" }).click();
  await admin.getByRole("menuitem", { name: "Radera personen" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Radera personen" }).click();
  await expect(admin.getByRole("row", { name: /Raderad person/ })).toContainText("Utestängd");
  await expect(admin.getByRole("row", { name: /Rut Reader/ })).toHaveCount(0);
  await reader.reload();
  await expect(reader).toHaveURL(/\/login/);
  await reader.close();
  await admin.close();
});

test("an API token is made, shown once and taken back", async ({ browser }) => {
  const page = await signedIn(browser);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Ny nyckel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Namn").fill("Kalkylark");
  await dialog.getByRole("button", { name: "Skapa nyckel" }).click();
  const token = await page.getByRole("textbox", { name: "Ny nyckel" }).inputValue();
  expect(token).toMatch(/^lode_[\w-]{43}$/);
  const headers = { authorization: `Bearer ${token}` };
  expect((await page.request.get("/api/lists", { headers })).status()).toBe(200);
  expect((await page.request.post("/api/lists", { headers, data: { name: "x" } })).status()).toBe(403);
  await page.getByRole("button", { name: "Klar" }).click();
  await page
    .getByRole("row", { name: /Kalkylark/ })
    .getByRole("button", { name: /Återkalla/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Återkalla" }).click();
  await expect(page.getByRole("row", { name: /Kalkylark/ })).toHaveCount(0);
  expect((await page.request.get("/api/lists", { headers })).status()).toBe(401);
  await page.close();
});

test("the audit log tells it all, and is whole", async ({ browser }) => {
  const page = await signedIn(browser);
  await page.goto("/admin?tab=audit&action=token");
  const log = page.getByRole("table", { name: "Händelselogg" });
  await expect(log.getByRole("button", { name: "token.revoke" })).toBeVisible();
  await expect(log.getByRole("button", { name: "user.invite" })).toHaveCount(0);
  await page.getByRole("button", { name: "Kontrollera" }).click();
  await expect(page.getByText("Loggen är hel")).toBeVisible();
  await page.keyboard.press("Escape");
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Exportera CSV" }).click();
  expect((await file).suggestedFilename()).toBe("lode-audit.csv");
  await page.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`pages of sign-in and administration have no serious fault (${colorScheme})`, async ({ page }) => {
    // Seven pages, each looked through whole.
    test.slow();
    await page.emulateMedia({ colorScheme });
    const seen = watch(page);
    const check = async (name: string) => {
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      const serious = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
      expect(serious.map((v) => `${name}: ${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
    };
    await page.goto("/login");
    await check("login");
    await page.goto("/accept#type=invite&token_hash=x");
    await check("accept");
    await page.goto("/login");
    await signIn(page);
    await expect(page.getByRole("navigation", { name: "Huvudmeny" })).toBeVisible();
    for (const path of [
      "/settings",
      "/admin?tab=users",
      "/admin?tab=tokens",
      "/admin?tab=audit",
      "/admin?tab=health",
    ]) {
      await page.goto(path);
      await check(path);
    }
    expect(seen.violations).toEqual([]);
  });
}

test("a day's way: sign in, screen, keep a list, move a prospect by keyboard, note, undo, sign out", async ({
  page,
}) => {
  await page.goto("/universe?sort=-revenue");
  await signIn(page);
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-busy", "false");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("1 vald")).toBeVisible();
  const company = await grid
    .locator('[role="row"][aria-selected="true"]')
    .getByRole("link")
    .first()
    .innerText();
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await page.getByRole("radio", { name: "Lista med 1" }).click();
  await page.getByLabel("Namn", { exact: true }).fill("Dagens lista");
  await page.getByLabel("Namn", { exact: true }).press("Enter");
  await expect(page.getByText("Listan Dagens lista sparades med 1 företag")).toBeVisible();

  await page.keyboard.press("p");
  await expect(page.getByText(`${company} lades i`)).toBeVisible();
  await page.goto("/prospects");
  const board = page.getByRole("region", { name: "Tavla" });
  const card = board.locator("[data-prospect]").filter({ hasText: company });
  await expect(card).toBeVisible();
  const columnOf = () =>
    card.evaluate((element) => {
      const columns = [...(element.closest("section[aria-describedby]")?.children ?? [])];
      return columns.findIndex((column) => column.contains(element));
    });
  const before = await columnOf();
  await card.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(columnOf).toBe(before + 1);
  await expect(card).toBeFocused();

  await page.keyboard.press("n");
  const note = page.getByRole("dialog", { name: "Skriv en anteckning" });
  await note.getByRole("textbox", { name: "Skriv en anteckning" }).fill("Ringde, återkommer i mars");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Anteckning sparad/)).toBeVisible();
  await card.focus();
  // The newest thing is taken back first: the note, then the move.
  await page.keyboard.press("z");
  await expect(page.getByText(/Anteckning sparad/)).toHaveCount(0);
  await page.keyboard.press("z");
  await expect.poll(columnOf).toBe(before);
  await signOut(page);
});

/** The code that an authenticator app with this secret shows so many steps of half a minute from now (RFC 6238). */
function codeOf(secret: string, steps: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a second factor is added, asked for at the next sign-in, and removed again", async ({ page }) => {
  const seen = watch(page);
  await page.goto("/login");
  await signIn(page);
  await expect(page.getByRole("navigation", { name: "Huvudmeny" })).toBeVisible();
  await page.goto("/settings");
  await page.getByRole("button", { name: "Lägg till app" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nuvarande lösenord").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Kontrollera" }).click();
  await dialog.getByLabel(/^Vad du kallar den/).fill("Telefon");
  await dialog.getByRole("button", { name: "Visa koden för appen" }).click();
  await expect(dialog.getByRole("img", { name: "QR-kod för autentiseringsappen" })).toBeVisible();
  const secret = await dialog.getByLabel("Hemlighet, om kameran inte fungerar").inputValue();
  await dialog.getByLabel("Appens kod").fill("000000");
  await dialog.getByRole("button", { name: "Kontrollera" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Koden stämmer inte");
  await dialog.getByLabel("Appens kod").fill(codeOf(secret, 0));
  await dialog.getByRole("button", { name: "Kontrollera" }).click();
  const listed = dialog.getByRole("list", { name: "Reservkoder" }).getByRole("listitem");
  await expect(listed).toHaveCount(10);
  const codes = await listed.allTextContents();
  await dialog.getByRole("button", { name: "Jag har sparat dem" }).click();
  const apps = page.getByRole("table", { name: "Andra faktor" });
  await expect(apps.getByText("Telefon")).toBeVisible();

  // The password alone opens nothing, whatever address is tried.
  await signOut(page);
  await page.goto("/universe");
  await signIn(page);
  await expect(page.getByRole("heading", { name: "Andra faktor" })).toBeVisible();
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/login\?to=/);
  const code = page.getByLabel("Appens kod, eller en reservkod");
  await expect(code).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await code.fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Kontrollera" }).click();
  await expect(page).toHaveURL(/\/settings/);
  const { value } = (await sessionCookie(page)) ?? { value: "" };
  expect(seen.violations).toEqual([]);
  expect(seen.addresses.filter((a) => a.includes(value) || a.includes(secret))).toEqual([]);

  await apps.getByRole("button", { name: "Ta bort" }).click();
  await dialog.getByLabel("Appens kod, eller en reservkod").fill(codes[1] ?? "");
  await dialog.getByRole("button", { name: "Kontrollera" }).click();
  await dialog.getByRole("button", { name: "Ta bort" }).click();
  await expect(page.getByText("Ingen autentiseringsapp än")).toBeVisible();
});
