import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { openLargestCompany } from "./screen";

/** The panel that says where a figure comes from. */
const panel = (page: Page) => page.getByRole("complementary", { name: "Var siffran kommer ifrån" });

test("every figure of a company opens where it comes from: tiles, ratios, charts, tables, peers", async ({
  page,
}) => {
  await openLargestCompany(page);
  const overview = page.getByRole("region", { name: "Översikt" });
  const tiles = overview.locator("dd button");
  await expect.poll(() => tiles.count()).toBeGreaterThanOrEqual(5);
  for (const tile of await tiles.all()) {
    await tile.click();
    await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();
    await expect(panel(page).locator("p.text-2xl")).toHaveText(/\d/);
    await page.keyboard.press("Escape");
  }
  // A ratio opens its formula and the figures it is formed from, and each of these its filing.
  const ratios = page.locator("#ratios");
  await ratios
    .getByRole("row", { name: /Soliditet/ })
    .getByRole("button")
    .nth(1)
    .click();
  await expect(panel(page).getByText("Formel")).toBeVisible();
  const inputs = panel(page).getByRole("listitem");
  await expect(inputs.filter({ hasText: /Eget kapital/ })).toHaveCount(1);
  await inputs
    .filter({ hasText: /tillgångar/ })
    .first()
    .getByRole("button")
    .click();
  await expect(panel(page).getByText("Visas", { exact: true })).toBeVisible();
  await expect(panel(page).getByText("Känd", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page
    .locator("#peers")
    .getByRole("button", { name: /kommer från|Visa var/ })
    .first()
    .click();
  await expect(panel(page).getByText("Formel")).toBeVisible();
  await page.keyboard.press("Escape");
  const chart = page.getByRole("img", { name: /Omsättning och marginaler/ });
  await chart.locator("rect.cursor-pointer").last().click();
  await expect(panel(page)).toBeVisible();
});

test("a filed report opens in the app with the figure marked, and nothing in it runs", async ({
  page,
  request,
}) => {
  const name = "k2_2024-09-12.zip";
  const [known] = JSON.parse(readFileSync("../fixtures/expected.json", "utf8")).filter(
    (filing: { file: string }) => filing.file === name,
  );
  const file = { name, mimeType: "application/zip", buffer: readFileSync(`../fixtures/${name}`) };
  const asked = await request.post("/api/imports?kind=filings", { multipart: { file } });
  expect(asked.ok(), await asked.text()).toBe(true);
  const filings = async () => (await request.get(`/api/companies/${known.orgnr}/filings`)).json();
  await expect.poll(async () => (await filings()).count ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
  await page.goto(`/company/${known.orgnr}`);
  await page
    .locator("#statements")
    .getByRole("row", { name: /Summa tillgångar|Eget kapital/ })
    .first()
    .getByRole("button")
    .first()
    .click();
  await panel(page).getByRole("button", { name: "Visa rapporten" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Rapporten som den lämnades in" });
  const frame = dialog.locator("iframe");
  await expect(frame).toHaveAttribute("sandbox", "allow-same-origin");
  const mark = frame.contentFrame().locator("#lode-figure");
  await expect(mark).toBeInViewport();
  await expect(frame.contentFrame().locator("script, iframe, object, form, link")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(panel(page)).toBeVisible();
});
