import { type Browser, expect, type Page, test } from "@playwright/test";

/** A server whose people are mailed links and may sign in by an identity provider; scripts/test-browser starts it, with the two. */
const BASE = process.env.LODE_WAYS_URL ?? "";
const LINK = process.env.LODE_WAYS_LINK ?? "";
const EMAILS = process.env.LODE_WAYS_EMAILS ?? "";
const PASSWORD = "Korrekt häst batteri";

test.skip(
  !BASE || !LINK || !EMAILS,
  "LODE_WAYS_URL, LODE_WAYS_LINK and LODE_WAYS_EMAILS name no server with mail",
);
test.use({ baseURL: BASE });
// The people of one test are those of the next.
test.describe.configure({ mode: "serial" });

const menu = (page: Page) => page.getByRole("navigation", { name: "Huvudmeny" });

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("Nytt lösenord", { exact: true }).fill(password);
  await page.getByLabel("Nytt lösenord en gång till").fill(password);
  await page.getByRole("button", { name: "Spara och fortsätt" }).click();
  await expect(menu(page)).toBeVisible();
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-postadress").fill(email);
  await page.getByLabel("Lösenord", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Logga in", exact: true }).click();
}

/** The link of the newest email to this address, once it is there. */
async function mailedLink(page: Page, to: string, kind: string): Promise<string> {
  let link = "";
  await expect(async () => {
    const emails: string[] = await (await page.request.get(EMAILS)).json();
    const found = emails
      .filter((email) => email.includes(`To: ${to}`) && email.includes(`type=${kind}`))
      .at(-1);
    link = /https?:\/\/\S+\/accept#\S+/.exec(found ?? "")?.[0] ?? "";
    expect(link).not.toBe("");
  }).toPass({ timeout: 30_000 });
  return link;
}

/** Signs in at the provider as whoever has this address; nobody, to give up there. */
async function byProvider(page: Page, email: string): Promise<void> {
  await page.getByRole("button", { name: "Logga in med Example ID" }).click();
  await answerProvider(page, email);
}

async function answerProvider(page: Page, email: string): Promise<void> {
  await page.getByLabel("Who are you?").fill(email);
  await page.getByRole("button", { name: "Go on" }).click();
}

async function invite(browser: Browser, email: string, name: string): Promise<void> {
  const page = await browser.newPage({ baseURL: BASE, locale: "sv-SE" });
  await signIn(page, "astrid@example.com", PASSWORD);
  await expect(menu(page)).toBeVisible();
  await page.goto("/admin?tab=users");
  await page.getByRole("button", { name: "Bjud in" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-postadress").fill(email);
  await dialog.getByLabel("Namn").fill(name);
  await dialog.getByRole("button", { name: "Skicka", exact: false }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Inbjuden");
  await page.close();
}

test("a mailed invitation leads to the account, and a mailed link to a new password", async ({
  browser,
  page,
}) => {
  await page.goto(LINK);
  await choosePassword(page, PASSWORD);
  await invite(browser, "mia@example.com", "Mia Mejl");

  const context = await browser.newContext({ baseURL: BASE, locale: "sv-SE" });
  const mia = await context.newPage();
  const link = await mailedLink(mia, "mia@example.com", "invite");
  expect(link.startsWith(`${BASE.replace(/\/$/, "")}/accept#`)).toBe(true);
  await mia.goto(link);
  await expect(mia).toHaveURL(/\/accept$/);
  await choosePassword(mia, PASSWORD);
  await context.clearCookies();

  await mia.goto("/login");
  await mia.getByRole("button", { name: "Glömt lösenordet?" }).click();
  await mia.getByLabel("E-postadress").fill("mia@example.com");
  await mia.getByRole("button", { name: "Begär nytt lösenord" }).click();
  await expect(mia.getByRole("status")).toContainText("Ett brev med en länk är på väg");
  await mia.goto("about:blank");
  await mia.goto(await mailedLink(mia, "mia@example.com", "recovery"));
  await choosePassword(mia, "Ett nytt lösenord, ännu längre");
  await context.clearCookies();
  await signIn(mia, "mia@example.com", PASSWORD);
  await expect(mia.getByRole("alert")).toContainText("Adressen eller lösenordet stämmer inte");
  await signIn(mia, "mia@example.com", "Ett nytt lösenord, ännu längre");
  await expect(menu(mia)).toBeVisible();
  await context.close();
});

test("an invited person signs in by the provider, is brought to the page they wanted, and signs out of both", async ({
  browser,
}) => {
  await invite(browser, "pia@example.com", "Pia Provider");
  const context = await browser.newContext({ baseURL: BASE, locale: "sv-SE" });
  const pia = await context.newPage();
  const violations: string[] = [];
  pia.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await pia.goto("/lists");
  await expect(pia).toHaveURL(/\/login\?to=/);
  await byProvider(pia, "");
  await expect(pia.getByRole("alert")).toContainText("Tjänsten loggade inte in någon");
  await expect(pia).toHaveURL(/\/login\/example$/);

  await pia.goto("/lists");
  await byProvider(pia, "pia@example.com");
  await expect(menu(pia)).toBeVisible();
  await expect(pia).toHaveURL(/\/lists$/);
  expect(await pia.evaluate(() => JSON.stringify([{ ...sessionStorage }, document.cookie]))).not.toContain(
    "secret",
  );
  // What led here works for nobody again, in this tab or another.
  await pia.goBack();
  expect(pia.url()).not.toMatch(/code=|state=/);

  await pia.goto("/settings");
  const table = pia.getByRole("table", { name: "Logga in med" });
  await expect(table.getByRole("row", { name: /Example ID/ })).toContainText("pia@example.com");
  await table.getByRole("button", { name: "Ta bort" }).click();
  await expect(pia.getByText("Det är ditt enda sätt att logga in och blir därför kvar")).toBeVisible();

  await pia.getByRole("button", { name: "Konto för Pia Provider" }).click();
  await pia.getByRole("menuitem", { name: "Logga ut" }).click();
  await expect(pia.getByText("Signed out at the provider")).toBeVisible();
  await pia.goto("/lists");
  await expect(pia).toHaveURL(/\/login\?to=/);
  expect(violations).toEqual([]);
  await context.close();
});

test("who has a password adds the provider in the settings, and a stranger gets no account", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: BASE, locale: "sv-SE" });
  const page = await context.newPage();
  await page.goto("/login");
  await byProvider(page, "mia@example.com");
  await expect(page.getByRole("alert")).toContainText("loggar in på annat sätt");
  await page.getByRole("link", { name: "Logga in" }).click();
  await byProvider(page, "eve@example.org");
  await expect(page.getByRole("alert")).toContainText("Du har inget konto här");

  await signIn(page, "mia@example.com", "Ett nytt lösenord, ännu längre");
  await expect(menu(page)).toBeVisible();
  await page.goto("/settings");
  await page.getByRole("button", { name: "Lägg till Example ID" }).click();
  await answerProvider(page, "mia@example.com");
  await expect(page).toHaveURL(/\/settings$/);
  await expect(page.getByRole("table", { name: "Logga in med" })).toContainText("mia@example.com");
  await context.clearCookies();
  await page.goto("/login");
  await byProvider(page, "mia@example.com");
  await expect(menu(page)).toBeVisible();
  await context.close();
});
