import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { openUniverse, rowCount } from "./screen";

// Several people's tests share the server, and each sees the exports of all, for there is no sign-in.
test.describe.configure({ mode: "serial" });
test.use({ locale: "sv-SE" });

const isSerious = ({ impact }: { impact?: string | null }) => impact === "serious" || impact === "critical";
const tray = (page: Page) => page.getByRole("region", { name: "Pågående exporter" });

async function clear(page: Page): Promise<void> {
  const { items } = await (await page.request.get("/api/exports")).json();
  for (const item of items) await page.request.delete(`/api/exports/${item.id}`);
}

test.beforeEach(({ page }) => clear(page));

test("a large export is written in the background, followed over pages, and downloaded whole", async ({
  page,
}) => {
  const grid = await openUniverse(page);
  const companies = await rowCount(grid);
  expect(companies).toBeGreaterThan(10_000);
  await page.getByRole("button", { name: "Exportera" }).click();
  await expect(page.getByRole("menu").getByText(/Fler än 10\s000 företag/)).toBeVisible();
  await page.getByRole("menuitem", { name: "CSV" }).click();
  await expect(tray(page)).toBeVisible();

  // It stays while one goes on.
  await page.getByRole("link", { name: "Källor" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Källor" })).toBeVisible();
  const save = tray(page).getByRole("button", { name: "Ladda ner Alla företag" });
  await expect(save).toBeVisible({ timeout: 30_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
  expect(download.suggestedFilename()).toMatch(/^lode-screen-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  expect(text.trim().split("\n").length - 1).toBe(companies);

  await tray(page).getByRole("button", { name: "Stäng" }).click();
  await expect(tray(page)).toHaveCount(0);
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  const table = page.getByRole("table", { name: "Dina exporter" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table.getByText("Klar")).toBeVisible();
  await table.getByRole("button", { name: "Ta bort exporten Alla företag" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Ta bort" }).click();
  await expect(page.getByText("Inga exporter än")).toBeVisible();
});

test("an export is cancelled, which is said, and made again, by keyboard", async ({ page }) => {
  // A queue that stands still holds the job where it can be cancelled.
  await page.request.post("/api/jobs/queues/exports/pause");
  try {
    await openUniverse(page, "?f=revenue%20%3E%3D%20100m");
    await page.getByRole("button", { name: "Exportera" }).click();
    await page.getByRole("menuitem", { name: "Excel" }).last().click();
    await expect(tray(page).getByText("Kön för exporter är pausad")).toBeVisible();
    await expect(tray(page).getByText("Väntar på sin tur")).toBeVisible();
    const found = await new AxeBuilder({ page }).include("[aria-label='Pågående exporter']").analyze();
    expect(found.violations.filter(isSerious)).toEqual([]);
    await tray(page)
      .getByRole("button", { name: /^Avbryt exporten/ })
      .focus();
    await page.keyboard.press("Enter");
    await expect(tray(page).getByText("Avbruten").last()).toBeVisible();
    // A reload forgets nothing.
    await page.reload();
    await expect(tray(page).getByText("Avbruten").last()).toBeVisible();
  } finally {
    await page.request.post("/api/jobs/queues/exports/resume");
  }
  await tray(page)
    .getByRole("button", { name: /^Gör om exporten/ })
    .focus();
  await page.keyboard.press("Enter");
  await expect(tray(page).getByRole("button", { name: /^Ladda ner/ })).toBeVisible({ timeout: 30_000 });
});

test("an export that failed says why, and the list that cannot be had says so", async ({ page }) => {
  const failed = {
    id: "0198a000-0000-7000-8000-000000000001",
    what: "screen",
    title: "in list Mål",
    format: "csv",
    status: "failed",
    is_cancel_requested: false,
    rows_done: 0,
    rows_total: 12_000,
    error: "there is no list “Mål”",
    job_id: 1,
    created_at: new Date().toISOString(),
  };
  await page.route("**/api/exports", (route) =>
    route.fulfill({ json: { items: [failed], workers: 1, is_paused: false, kept_days: 7 } }),
  );
  await page.goto("/exports");
  await expect(page.getByText("there is no list “Mål”")).toBeVisible();
  await expect(page.getByRole("button", { name: "Gör om exporten in list Mål" })).toBeVisible();
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.filter(isSerious)).toEqual([]);

  await page.unroute("**/api/exports");
  await page.route("**/api/exports", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: { type: "about:blank", title: "Service Unavailable", status: 503, detail: "the database rests" },
    }),
  );
  await page.goto("/exports");
  await expect(page.getByRole("alert").getByText("the database rests")).toBeVisible();
  await page.unroute("**/api/exports");
  await page.getByRole("button", { name: "Försök igen" }).click();
  await expect(page.getByText("Inga exporter än")).toBeVisible();
});

test("on a phone a message and the tray hide nothing of one another", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openUniverse(page, "?f=revenue%20%3E%3D%20200m");
  await page.getByRole("button", { name: "Vy och åtgärder" }).click();
  await page.getByRole("button", { name: "Exportera" }).click();
  await page.getByRole("menuitem", { name: "Excel" }).last().click();
  await expect(tray(page)).toBeVisible();
  await page.getByRole("grid").focus();
  await page.keyboard.press("x");
  await page
    .getByRole("region", { name: "Valda företag" })
    .getByRole("button", { name: "Kopiera nummer" })
    .click();
  const message = page.getByRole("region", { name: "Meddelanden" });
  const words = message.getByText(/kopiera/i);
  await expect(words).toBeVisible();
  const places = async () => [await message.boundingBox(), await tray(page).boundingBox()];
  // Above the tray, however high that is.
  for (const name of ["Fäll ihop exporterna", "Fäll ut exporterna"]) {
    const [above, below] = await places();
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
    await tray(page).getByRole("button", { name }).click();
  }
  await message.getByRole("button", { name: "Stäng" }).click();
  await expect(words).toHaveCount(0);
});
