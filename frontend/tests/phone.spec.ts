import { expect, test } from "@playwright/test";
import { openUniverse } from "./screen";

test.use({ locale: "sv-SE", viewport: { width: 390, height: 844 }, hasTouch: true });

test("on a phone the universe has its search and one menu, and everything is in it", async ({ page }) => {
  await openUniverse(page);
  const bar = page.getByRole("main").locator("h1").locator("..");
  await expect(bar.getByRole("searchbox")).toBeVisible();
  await expect(bar.getByRole("button")).toHaveCount(1);
  await bar.getByRole("button", { name: "Vy och åtgärder" }).click();
  const menu = page.getByRole("dialog", { name: "Vy och åtgärder" });
  for (const name of ["Tabell", "Punktdiagram", "Tratt", "Spara", "Exportera", "Kolumner"]) {
    const found = menu.getByText(name, { exact: true }).first();
    await expect(found).toBeVisible();
    const box = await found.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    expect(box?.width).toBeGreaterThan(8);
  }
  await menu.getByRole("button", { name: "Exportera" }).click();
  await expect(page.getByRole("menuitem", { name: "CSV" }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await menu.getByRole("radio", { name: /Tratt/ }).click();
  await expect(page).toHaveURL(/view=funnel/);
});

test("on a phone the search box of the app stands in its top bar and finds a company", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("banner").getByRole("button", { name: "Sök" }).click();
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
});

test("on a phone a list shows figures beside names, and companies are compared by swiping", async ({
  page,
  request,
}) => {
  const found = await request.post("/api/universe/query", {
    data: { limit: 3, columns: [], sort: { by: "revenue", dir: "desc" } },
  });
  const orgnrs = (await found.json()).rows.map((row: { orgnr: string }) => row.orgnr);
  const list = await (
    await request.post("/api/lists", { data: { name: `Telefon ${Date.now()}`, orgnrs } })
  ).json();
  await page.goto(`/lists/${list.id}`);
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-busy", "false");
  const figures = () =>
    grid.evaluate((element) => {
      const cells = [...element.querySelectorAll('[aria-rowindex="2"] [role="gridcell"]')];
      return cells.filter((cell) => {
        const box = cell.getBoundingClientRect();
        return box.right <= 391 && box.width > 0 && /\d/.test(cell.textContent ?? "");
      }).length;
    });
  await expect.poll(figures).toBeGreaterThan(0);

  await page.goto(`/compare?orgnrs=${orgnrs.join(",")}`);
  const table = page.getByRole("region", { name: /Jämför/ });
  await expect(table).toBeVisible();
  const swiped = await table.evaluate(async (element) => {
    const heads = [...element.querySelectorAll("thead th")];
    const title = heads[0]?.getBoundingClientRect().right ?? 0;
    element.scrollTo({ left: 100 });
    await new Promise((resolve) => setTimeout(resolve, 600));
    const lefts = heads.slice(1).map((head) => head.getBoundingClientRect().left);
    return { title, lefts };
  });
  // A swipe ends where a company begins, beside the names of the lines, which stay.
  expect(Math.min(...swiped.lefts.map((left) => Math.abs(left - swiped.title)))).toBeLessThan(3);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing is wider than a phone in ${colorScheme}`, async ({ page, request }) => {
    await page.emulateMedia({ colorScheme });
    const found = await request.post("/api/universe/query", {
      data: { limit: 1, columns: [], sort: { by: "revenue", dir: "desc" } },
    });
    const orgnr = (await found.json()).rows[0].orgnr;
    for (const path of [
      "/",
      "/universe",
      "/prospects",
      "/lists",
      `/company/${orgnr}`,
      `/company/${orgnr}/sheet`,
    ]) {
      await page.goto(path);
      await expect(page.locator("h1").first()).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(390);
    }
  });
}

test("on a phone the sheet of a company fits, and only its table of years scrolls sideways", async ({
  page,
  request,
}) => {
  const found = await request.post("/api/universe/query", { data: { limit: 1, columns: [] } });
  const [{ orgnr }] = (await found.json()).rows;
  await page.goto(`/company/${orgnr}/sheet`);
  const sheet = page.locator("[data-sheet]");
  await expect(sheet.getByRole("table").first()).toBeVisible();
  const box = await sheet.boundingBox();
  expect(box?.width).toBeLessThanOrEqual(390);
  await expect(sheet.getByRole("heading", { level: 2 }).first()).toBeInViewport({ ratio: 1 });
});
