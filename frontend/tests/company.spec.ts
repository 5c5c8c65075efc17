import { expect, test } from "@playwright/test";
import { openLargestCompany } from "./screen";

test("a figure opens its origin, has a permalink, and closes", async ({ page }) => {
  await openLargestCompany(page);
  const figure = page.getByRole("button", { name: /Nettoomsättning .*Visa var den kommer ifrån/ }).first();
  await figure.click();
  const origin = page.getByRole("complementary", { name: "Var siffran kommer ifrån" });
  await expect(origin).toBeVisible();
  await expect(origin.getByRole("heading", { level: 2 })).toContainText("Nettoomsättning");
  await expect(origin.getByText("Visas", { exact: true }).first()).toBeVisible();
  await expect(page).toHaveURL(/figure=revenue/);
  await page.reload();
  await expect(origin).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(origin).toBeHidden();
  await expect(page).not.toHaveURL(/figure=/);
});

test("every chart has its table", async ({ page }) => {
  await openLargestCompany(page);
  const section = page.getByRole("region", { name: "Omsättning och marginaler" });
  await expect(section.getByRole("img").first()).toBeVisible();
  await section.getByRole("button", { name: "Visa som tabell" }).click();
  await expect(section.getByRole("table")).toBeVisible();
});

test("a ratio tells its formula on focus", async ({ page }) => {
  await openLargestCompany(page);
  const ratios = page.getByRole("table", { name: "Nyckeltal" });
  await ratios.getByRole("button", { name: "Soliditet", exact: true }).focus();
  await expect(page.getByRole("tooltip")).toContainText("Formel");
});

test("the unit changes every figure at once", async ({ page }) => {
  await openLargestCompany(page);
  const figure = page.getByRole("button", { name: /Nettoomsättning .*Visa var den kommer ifrån/ }).first();
  const thousands = await figure.innerText();
  await page.getByRole("radio", { name: "mkr" }).click();
  await expect(figure).not.toHaveText(thousands);
  await expect(page.getByText(/, i mkr$/).first()).toBeVisible();
});

test("a real report is shown to the krona, with its concept and the text as filed", async ({
  page,
  request,
}) => {
  const known = await request.get("/api/companies/5569201998/filings");
  const filings: { download_url?: string | null }[] = known.ok() ? (await known.json()).filings : [];
  // The demonstration data has the figures, but not the package that they came in.
  test.skip(
    !filings.some((filing) => filing.download_url),
    "the real filings are not imported on this server",
  );
  await page.goto("/company/5569201998");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Modular Finance");
  await page
    .getByRole("button", { name: /Nettoomsättning 2021: 134.089.000 SEK|Nettoomsättning 2021: / })
    .first()
    .click();
  const origin = page.getByRole("complementary", { name: "Var siffran kommer ifrån" });
  await expect(origin.getByText("se-gen-base:Nettoomsattning").first()).toBeVisible();
  await expect(origin.getByText("Som inlämnat").first()).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    origin.getByRole("link", { name: "Ladda ner rapporten" }).first().click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  await page.keyboard.press("Escape");
  // The report of a year opens from the year itself.
  await page
    .getByRole("button", { name: /^(Känd|känd|Inlämnad|inlämnad) .*, Visa rapporten$/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").locator("iframe")).toBeVisible();
});

test("an unknown company and an unknown page say so", async ({ page }) => {
  await page.goto("/company/5560000001");
  await expect(page.getByText("Inget företag med numret 556000-0001")).toBeVisible();
  await page.goto("/no/such/page");
  await expect(page.getByText("Sidan finns inte")).toBeVisible();
});
