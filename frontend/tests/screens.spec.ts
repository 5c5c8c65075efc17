import { expect, test } from "@playwright/test";
import { firstRow, openUniverse, rowCount } from "./screen";

test("conditions are joined by or, negated and taken apart as chips, and the text says the same", async ({
  page,
}) => {
  const grid = await openUniverse(page, "?f=revenue%20%3E%3D%2050m");
  const one = await rowCount(grid);
  await page.getByRole("button", { name: /Ändra filtret Nettoomsättning/ }).click();
  await page.getByRole("button", { name: "Eller…" }).click();
  await page.getByRole("combobox", { name: "Hitta ett fält…" }).fill("anställda");
  await page.keyboard.press("Enter");
  await page.getByLabel("Från").fill("20");
  await page.getByRole("button", { name: "Använd" }).click();
  const group = page.getByRole("group", { name: "Något av dessa" });
  await expect(group).toBeVisible();
  await expect.poll(() => rowCount(grid)).toBeGreaterThan(one);
  const either = await rowCount(grid);

  await group.getByRole("button", { name: /^eller/ }).click();
  await expect(page.getByRole("button", { name: /^och/ })).toBeVisible();
  await expect.poll(() => rowCount(grid)).toBeLessThan(one);
  const both = await rowCount(grid);

  await page.goBack();
  await expect.poll(() => rowCount(grid)).toBe(either);
  await page.goForward();
  await expect.poll(() => rowCount(grid)).toBe(both);

  await page.getByRole("button", { name: /Ändra filtret Anställda/ }).click();
  await page.getByRole("button", { name: "Vänd till motsatsen" }).click();
  await expect(page.getByRole("button", { name: /^inte/ })).toBeVisible();
  await page.getByRole("button", { name: "Filtret som text" }).click();
  await expect(page.getByRole("combobox", { name: "Filtret i ord" })).toHaveValue(
    /^revenue >= 50m and not employees >= 20$/,
  );
});

test("rows are selected by click, range and key, and put into a list", async ({ page }) => {
  const grid = await openUniverse(page);
  const row = (index: number) => grid.locator(`[role="row"][aria-rowindex="${index + 2}"]`);
  await row(2).getByRole("checkbox").click();
  await row(6)
    .getByRole("checkbox")
    .click({ modifiers: ["Shift"] });
  await expect(page.getByText("5 valda")).toBeVisible();
  await expect(row(4)).toHaveAttribute("aria-selected", "true");
  await grid.focus();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("6 valda")).toBeVisible();

  const name = `Lista ${Date.now()}`;
  await page.keyboard.press("Shift+L");
  const dialog = page.getByRole("dialog", { name: "Lägg i en lista" });
  await dialog.getByRole("combobox").fill(name);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(`6 företag lades i ${name}`)).toBeVisible();
  await openUniverse(page, `?f=${encodeURIComponent(`in list "${name}"`)}`);
  await expect.poll(() => rowCount(grid)).toBe(6);
});

test("a view is shown as changed, kept up to date, renamed and deleted with undo", async ({ page }) => {
  const name = `Vy ${Date.now()}`;
  await openUniverse(page, "?f=revenue%20%3E%3D%2020m&sort=name");
  await page.getByRole("button", { name: "Spara" }).click();
  await page.getByRole("textbox", { name: "Namn" }).fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Spara" }).click();
  await expect(page).toHaveURL(/[?&]v=/);
  const bar = page.getByRole("main").getByRole("button", { name: `Åtgärder för vyn ${name}` });
  await expect(bar).toBeVisible();
  await expect(bar.getByText("ändrad")).toHaveCount(0);

  await page.getByRole("button", { name: /Ta bort filtret Nettoomsättning/ }).click();
  await expect(bar.getByText("ändrad")).toBeVisible();
  await bar.click();
  await page.getByRole("menuitem", { name: "Spara skärmen i vyn" }).click();
  await expect(bar.getByText("ändrad")).toHaveCount(0);

  const other = `${name} B`;
  await bar.click();
  await page.getByRole("menuitem", { name: "Namn och delning…" }).click();
  const dialog = page.getByRole("dialog", { name: "Namn och delning…" });
  await dialog.getByRole("textbox").fill(other);
  await dialog.getByRole("radio", { name: "Teamet" }).click();
  await dialog.getByRole("button", { name: "Spara" }).click();
  const views = page.getByRole("region", { name: "Sparade vyer" });
  const entry = views.getByRole("button", { name: new RegExp(`^${other}`) });
  await expect(entry).toBeVisible();

  await views.getByRole("button", { name: `Åtgärder för vyn ${other}` }).click();
  await page.getByRole("menuitem", { name: "Ta bort" }).click();
  await expect(entry).toHaveCount(0);
  await expect(page.getByText(`${other} togs bort`)).toBeVisible();
  await page.keyboard.press("z");
  await expect(entry).toBeVisible();
});

test("look-alikes are found from a row, reweighted, and keep their address", async ({ page }) => {
  const grid = await openUniverse(page, "?sort=-revenue");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByRole("region", { name: "Valda företag" }).getByRole("button", { name: "Liknande" }).click();
  await expect(grid).toHaveCount(0);
  const table = page.getByRole("table", { name: "Liknande företag" });
  await expect(table.getByRole("row").nth(1)).toBeVisible();
  const before = await table.getByRole("rowheader").allInnerTexts();
  const slider = page
    .getByRole("region", { name: "Vad som räknas" })
    .getByRole("slider", { name: "Anställda" });
  await slider.focus();
  for (let step = 0; step < 8; step += 1) await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/[?&]w=.*employees(:|%3A)5(%2C|,)/);
  await expect(table).not.toHaveAttribute("aria-busy", "true");
  await page.reload();
  await expect(slider).toHaveValue("5");
  expect(before.length).toBeGreaterThan(10);
});

test("a screen is frozen, compared with now, and deleted", async ({ page }) => {
  const name = `Bild ${Date.now()}`;
  await page.goto("/universe?view=snapshots&f=revenue%20%3E%3D%20500m");
  await page.getByRole("textbox", { name: "Namn" }).fill(name);
  await page.getByRole("button", { name: /^Frys \d+ företag$/ }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await row.getByRole("button", { name: "Jämför med nu" }).click();
  await expect(page).toHaveURL(/[?&]snap=/);
  await expect(page.getByText("Ingenting har ändrats")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Ingenting har ändrats")).toBeVisible();
  await row.getByRole("button", { name: `Ta bort ögonblicksbilden ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Ta bort" }).click();
  await expect(row).toHaveCount(0);
});

test("a lasso becomes a filter on the companies in it", async ({ page }) => {
  await page.goto("/universe?view=scatter&f=revenue%20%3E%3D%20100m");
  const canvas = page.locator("canvas");
  await expect(canvas).toBeVisible();
  await page.getByRole("radio", { name: "Lasso" }).click();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("the scatter has no size");
  const at = (x: number, y: number) =>
    page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 });
  await at(0.55, 0.2);
  await page.mouse.down();
  await at(0.95, 0.2);
  await at(0.95, 0.7);
  await at(0.55, 0.7);
  await page.mouse.up();
  const chosen = Number(/^(\d+)/.exec(await page.getByText(/^\d+ företag valda$/).innerText())?.[1]);
  await page.getByRole("button", { name: "Filtrera på dessa" }).click();
  await expect(page).toHaveURL(/orgnr/);
  await page.getByRole("radio", { name: "Tabell" }).click();
  await expect.poll(() => rowCount(page.getByRole("grid"))).toBe(chosen);
});

test("the whole way by keyboard: filter, move, preview, open, back", async ({ page }) => {
  const grid = await openUniverse(page);
  const all = await rowCount(grid);
  await page.keyboard.press("f");
  await page.keyboard.type("soliditet");
  await page.keyboard.press("Enter");
  await page.keyboard.type("50");
  await page.keyboard.press("Enter");
  await expect.poll(() => rowCount(grid)).toBeLessThan(all);
  const narrowed = await rowCount(grid);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  await expect(page.getByRole("complementary", { name: "Förhandsvisning" })).toBeVisible();
  const name = await grid.locator('[role="row"][aria-rowindex="3"]').getByRole("link").innerText();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.keyboard.press("b");
  await expect.poll(() => rowCount(grid)).toBe(narrowed);
  await expect(firstRow(grid)).toBeVisible();
});
