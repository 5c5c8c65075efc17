import { type Browser, expect, type Page, test } from "@playwright/test";

/** A server whose people may sign in by an identity provider; scripts/test-browser starts both. */
const BASE = process.env.LODE_WAYS_URL ?? "";
const LINK = process.env.LODE_WAYS_LINK ?? "";
const PASSWORD = "Korrekt häst batteri";

test.skip(!BASE || !LINK, "LODE_WAYS_URL and LODE_WAYS_LINK name no server with a provider");
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

/** Signs in at the provider as whoever has this address; nobody, to give up there. */
async function byProvider(page: Page, email: string): Promise<void> {
  await page.getByRole("button", { name: "Logga in med Example ID" }).click();
  await answerProvider(page, email);
}

async function answerProvider(page: Page, email: string): Promise<void> {
  await page.getByLabel("Who are you?").fill(email);
  await page.getByRole("button", { name: "Go on" }).click();
}

async function invite(browser: Browser, email: string, name: string): Promise<string> {
  const page = await browser.newPage({ baseURL: BASE, locale: "sv-SE" });
  await signIn(page, "astrid@example.com", PASSWORD);
  await expect(menu(page)).toBeVisible();
  await page.goto("/admin?tab=users");
  await page.getByRole("button", { name: "Bjud in" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-postadress").fill(email);
  await dialog.getByLabel("Namn").fill(name);
  await dialog.getByRole("button", { name: "Skapa länk" }).click();
  const link = await page.getByRole("textbox", { name: "Engångslänk" }).inputValue();
  await page.close();
  return link;
}

test("people with a password are there before the provider is used", async ({ browser, page }) => {
  await page.goto(LINK);
  await choosePassword(page, PASSWORD);
  const link = await invite(browser, "mia@example.com", "Mia Minne");
  const context = await browser.newContext({ baseURL: BASE, locale: "sv-SE" });
  const mia = await context.newPage();
  await mia.goto(link);
  await choosePassword(mia, PASSWORD);
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
  await expect(pia.getByRole("alert").filter({ hasText: "Tjänsten loggade inte in någon" })).toBeVisible();
  await expect(pia).toHaveURL(/\/login\/example$/);

  await pia.goto("/lists");
  await byProvider(pia, "pia@example.com");
  await expect(menu(pia)).toBeVisible();
  await expect(pia).toHaveURL(/\/lists$/);
  expect(await pia.evaluate(() => JSON.stringify([{ ...sessionStorage }, document.cookie]))).not.toContain(
    "secret",
  );
  // The address that the provider led to stands in no history: going back leads to the provider itself.
  await pia.goBack();
  expect(pia.url()).not.toMatch(/[?&]code=/);

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
