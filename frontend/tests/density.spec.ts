import { expect, test } from "@playwright/test";
import { openUniverse } from "./screen";

test.use({ locale: "sv-SE" });

test("home begins with what is due and what changed, and nothing to show takes a line", async ({ page }) => {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.route("**/api/home", async (route) => {
      const answer = await route.fetch();
      const empty = { due: [], due_count: 0, stale: [], stale_count: 0, changes: [], filings: [] };
      await route.fulfill({ response: answer, json: { ...(await answer.json()), ...empty } });
    });
    await page.goto("/");
    const parts = ["Att göra", "Bevakade vyer", "Nya rapporter", "Arbete"];
    const boxes = [];
    for (const name of parts) {
      const part = page.getByRole("region", { name });
      await expect(part).toBeVisible();
      boxes.push(await part.boundingBox());
    }
    const tops = boxes.map((box) => box?.y ?? 0);
    // Work that the machine did never stands above what waits for a person.
    for (const [index, top] of tops.entries()) {
      if (index > 0) expect(top).toBeGreaterThanOrEqual((tops[index - 1] ?? 0) - 1);
    }
    if (width === 390) for (const box of boxes.slice(0, 3)) expect(box?.height).toBeLessThan(150);
  }
});

test("the universe has exactly one heading of its own while it loads and after", async ({ page }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/universe/filters", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/universe");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.getByRole("heading", { level: 1, name: "Universum" })).toBeVisible();
  release();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});

test("at 1440 names are whole, views have their names, and three bars stand above the table", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const filter =
    "revenue between 20m and 900m and ebit_margin >= 1% and employees >= 5 and status = active and equity_ratio > 5%";
  const grid = await openUniverse(page, `?f=${encodeURIComponent(filter)}&sort=-revenue`);
  for (const name of ["Tabell", "Punktdiagram", "Tratt"]) {
    await expect(page.getByRole("radio", { name: new RegExp(name) }).getByText(name)).toBeVisible();
  }
  const cut = await grid.evaluate((element) => {
    const links = [...element.querySelectorAll('[role="row"] a')];
    return { all: links.length, cut: links.filter((link) => link.scrollWidth > link.clientWidth + 1).length };
  });
  expect(cut.all).toBeGreaterThan(15);
  expect(cut.cut / cut.all).toBeLessThan(0.15);
  await grid.focus();
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "Valda företag" })).toBeVisible();
  // Title with actions, chips, selection: each of one line, then the table.
  const top = (await grid.boundingBox())?.y ?? 0;
  const main = (await page.getByRole("main").boundingBox())?.y ?? 0;
  expect(top - main).toBeLessThan(3 * 50);
});
