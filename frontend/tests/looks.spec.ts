import { expect, type Locator, type Page, test } from "@playwright/test";
import { firstRow, openLargestCompany, openUniverse } from "./screen";

const PHONE = { width: 390, height: 844 };

/** Texts that are wider than the place they have. */
const cutTexts = (texts: Locator) =>
  texts.evaluateAll((elements) =>
    elements.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent ?? ""),
  );

/** Whether two texts of a drawing lie over each other. */
const collisions = (texts: Locator) =>
  texts.evaluateAll((elements) => {
    const boxes = elements.map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }));
    return boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter(
          ({ box }) =>
            a.box.left < box.right - 1 &&
            box.left < a.box.right - 1 &&
            a.box.top < box.bottom - 3 &&
            box.top < a.box.bottom - 3,
        )
        .map(({ text }) => `${a.text} over ${text}`),
    );
  });

const inEnglish = (page: Page) =>
  page.addInitScript(() => localStorage.setItem("lode.preferences", JSON.stringify({ locale: "en" })));

test("titles_of_columns_are_whole_in_both_languages", async ({ page }) => {
  for (const language of ["sv", "en"]) {
    if (language === "en") await inEnglish(page);
    await page.setViewportSize({ width: 1900, height: 900 });
    const grid = await openUniverse(page);
    const titles = grid.getByRole("columnheader").locator("button > span");
    expect(await titles.count()).toBeGreaterThan(8);
    expect(await cutTexts(titles)).toEqual([]);
  }
});

test("figures_of_a_company_stand_on_one_line_whatever_their_names", async ({ page }) => {
  await openLargestCompany(page);
  const values = page.getByRole("region", { name: "Översikt" }).locator("dd");
  await expect(values).toHaveCount(8);
  const tops = await values.evaluateAll((all) =>
    all.map((one) => Math.round(one.getBoundingClientRect().top)),
  );
  expect(new Set(tops).size).toBe(1);
});

test("names_of_years_do_not_lie_over_each_other_in_the_preview", async ({ page }) => {
  await openUniverse(page, `?f=${encodeURIComponent("period_months != 12 and years_count >= 5")}`);
  await page.keyboard.press("Space");
  const chart = page.getByRole("complementary", { name: "Förhandsvisning" }).locator("svg[role=img]").first();
  await expect(chart).toBeVisible();
  await expect(chart.getByText(/^\d+ m$/).first()).toBeVisible();
  expect(await collisions(chart.locator("text"))).toEqual([]);
});

test("the_words_on_an_axis_of_the_scatter_do_not_collide_on_a_phone", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`/universe?view=scatter&f=${encodeURIComponent("revenue >= 20m")}`);
  const texts = page.locator("svg text").filter({ hasText: /kr$/ });
  await expect(texts.first()).toBeVisible();
  expect(await texts.count()).toBeGreaterThan(2);
  expect(await collisions(texts)).toEqual([]);
});

test("the_palette_begins_with_the_companies_whose_name_begins_with_the_words", async ({ page, request }) => {
  // A word that descriptions hold too.
  const answer = await request.get("/api/companies/search?q=nord&limit=1");
  const [first] = (await answer.json()).items as { name: string }[];
  expect(first?.name).toMatch(/^nord/i);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Hem" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("nord");
  await expect(page.getByRole("option").first()).toContainText(/^nord/i);
});

test("files_that_are_dropped_anywhere_on_the_page_are_chosen", async ({ page }) => {
  await page.goto("/sources");
  const form = page.getByRole("region", { name: "Importera filer" });
  await expect(form.getByText("eller släpp dem på sidan")).toBeVisible();
  const files = await page.evaluateHandle(() => {
    const held = new DataTransfer();
    held.items.add(new File(["orgnr;bokslut"], "bokslut.csv", { type: "text/csv" }));
    return held;
  });
  await page.dispatchEvent("main", "dragover", { dataTransfer: files });
  await page.dispatchEvent("main", "drop", { dataTransfer: files });
  await expect(form.getByText("bokslut.csv")).toBeVisible();
  // A table is no package of reports.
  await expect(form.getByRole("combobox", { name: "Vad filerna innehåller" })).toHaveValue("accounts");
});

test("an_empty_screen_that_no_single_condition_empties_says_so_once", async ({ page }) => {
  const filter = "revenue >= 20m and employees < 1 and equity_ratio > 99% and cagr_3y > 300%";
  await page.goto(`/universe?f=${encodeURIComponent(filter)}`);
  await expect(page.getByText("Det räcker inte att släppa ett villkor. Ta bort några:")).toBeVisible();
  await expect(page.getByText(/0 utan det/)).toHaveCount(0);
  await page.getByRole("button", { name: "Rensa filtret" }).click();
  await expect(firstRow(page.getByRole("grid"))).toBeVisible();
});

test("a_phone_shows_a_figure_beside_the_name_and_the_counts_of_the_funnel", async ({ page }) => {
  await page.setViewportSize(PHONE);
  const grid = await openUniverse(page);
  const revenue = await grid.getByRole("columnheader", { name: /Nettoomsättning/ }).boundingBox();
  expect((revenue?.x ?? 999) + (revenue?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
  await page.goto(`/universe?view=funnel&f=${encodeURIComponent("revenue >= 20m")}`);
  const counts = page.getByRole("table", { name: "Tratt" }).getByRole("cell");
  await expect(counts.first()).toBeVisible();
  const right = await counts.first().evaluate((cell) => cell.getBoundingClientRect().right);
  expect(right).toBeLessThanOrEqual(PHONE.width);
});

test("jobs_are_called_by_what_they_do_and_by_their_file", async ({ page, request }) => {
  const asked = await request.post("/api/exports", { data: { text: "revenue >= 900m", format: "csv" } });
  expect(asked.ok()).toBe(true);
  await page.goto("/admin?tab=queues");
  const jobs = page.getByRole("table", { name: "Jobb", exact: true });
  await expect(jobs.getByText("Skriv en export").first()).toBeVisible();
  await expect(jobs.getByText(/^lode-screen-.*\.csv$/).first()).toBeVisible({ timeout: 30_000 });
});
