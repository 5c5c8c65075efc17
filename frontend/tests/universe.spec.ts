import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { firstRow, openUniverse, rowCount } from "./screen";

test("sorting changes the order, the header and the address, and Back undoes it", async ({ page }) => {
  const grid = await openUniverse(page);
  const revenue = grid.getByRole("columnheader", { name: /^Nettoomsättning (kr|tkr|mkr)/ });
  await expect(revenue).toHaveAttribute("aria-sort", "descending");
  const name = grid.getByRole("columnheader", { name: "Företag" });
  await name.getByRole("button").click();
  await expect(name).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/sort=name/);
  await page.goBack();
  await expect(revenue).toHaveAttribute("aria-sort", "descending");
});

test("a filter chip narrows the result, is in the address, and can be removed", async ({ page }) => {
  const grid = await openUniverse(page);
  const all = await rowCount(grid);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("combobox", { name: "Hitta ett fält…" }).fill("nettooms");
  await page.keyboard.press("Enter");
  await page.getByLabel("Från").fill("50000");
  await page.getByRole("button", { name: "Använd" }).click();
  const chip = page.getByRole("button", { name: /Ändra filtret Nettoomsättning ≥ 50/ });
  await expect(chip).toBeVisible();
  await expect(page).toHaveURL(/[?&]f=/);
  await expect.poll(() => rowCount(grid)).toBeLessThan(all);
  const narrowed = await rowCount(grid);

  await page.reload();
  await expect(chip).toBeVisible();
  await expect.poll(() => rowCount(grid)).toBe(narrowed);

  await page.getByRole("button", { name: /Ta bort filtret Nettoomsättning/ }).click();
  await expect.poll(() => rowCount(grid)).toBe(all);
});

test("the text form and the chips say the same", async ({ page }) => {
  await openUniverse(page);
  await page.getByRole("button", { name: "Filtret som text" }).click();
  const box = page.getByRole("combobox", { name: "Filtret i ord" });
  await box.fill("revenue >= 20m and ebit_margin >= 10%");
  await box.press("Enter");
  await expect(page).toHaveURL(/ebit_margin/);
  await page.getByRole("button", { name: "Filtret som text" }).click();
  await expect(page.getByRole("button", { name: /Ändra filtret Nettoomsättning ≥ 20/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /Ändra filtret Rörelsemarginal ≥ 10/ })).toBeVisible();
});

test("a text that cannot be read says why, and the rows stay", async ({ page }) => {
  await openUniverse(page);
  await page.getByRole("button", { name: "Filtret som text" }).click();
  const box = page.getByRole("combobox", { name: "Filtret i ord" });
  await box.fill("revnue >= 20m");
  await box.press("Enter");
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText(/revenue/).first()).toBeVisible();
});

test("dragging over a histogram filters live and the address keeps it", async ({ page }) => {
  const grid = await openUniverse(page);
  const all = await rowCount(grid);
  const section = page.getByRole("region", { name: "Nettoomsättning" });
  const bars = section.locator("svg").last();
  await expect(bars).toBeVisible();
  const box = await bars.boundingBox();
  if (!box) throw new Error("the histogram has no size");
  await page.mouse.move(box.x + box.width * 0.35, box.y + 20);
  await page.mouse.down();
  for (let step = 1; step <= 6; step += 1) {
    await page.mouse.move(box.x + box.width * (0.35 + step * 0.05), box.y + 20);
  }
  // Still dragging: the table already follows.
  await expect.poll(() => rowCount(grid)).toBeLessThan(all);
  // Every count that the table shows from here on.
  await grid.evaluate((element) => {
    const shown: string[] = [];
    new MutationObserver(() => shown.push(element.getAttribute("aria-rowcount") ?? "")).observe(element, {
      attributes: true,
      attributeFilter: ["aria-rowcount"],
    });
    Object.assign(window, { shown });
  });
  await page.mouse.up();
  await expect(page).toHaveURL(/[?&]f=revenue/);
  const answer = await page.request.post("/api/universe/query", {
    data: { text: new URL(page.url()).searchParams.get("f"), limit: 0, columns: [] },
  });
  const { total } = await answer.json();
  await expect.poll(() => rowCount(grid)).toBe(total);
  // Letting go does not bring the old filter back for a moment.
  expect(await page.evaluate(() => Reflect.get(window, "shown"))).not.toContain(String(all + 1));
  await page.reload();
  await expect.poll(() => rowCount(grid)).toBe(total);
});

test("two changes made at once are both kept", async ({ page }) => {
  const grid = await openUniverse(page);
  const all = await rowCount(grid);
  const facet = (name: string) => page.getByRole("region", { name, exact: true });
  const tick = (name: string) => facet(name).getByRole("checkbox", { checked: false }).first().check();
  const ticked = (name: string) => facet(name).getByRole("checkbox", { checked: true });
  await expect(facet("Län").getByRole("checkbox").first()).toBeVisible();
  // The server takes its time to answer, so that the second change comes before the answer about the first.
  const held: (() => void)[] = [];
  let isSlow = true;
  await page.route("**/api/universe/query", async (route) => {
    if (isSlow) await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await tick("Län");
  await expect.poll(() => held.length).toBe(1);
  await tick("Storleksklass");
  await expect.poll(() => held.length).toBe(2);
  // Both are shown before the address has either.
  await expect(ticked("Län")).toHaveCount(1);
  await expect(ticked("Storleksklass")).toHaveCount(1);
  expect(new URL(page.url()).searchParams.get("f")).toBeNull();
  // The answers may overtake one another.
  isSlow = false;
  for (const answer of held.toReversed()) answer();
  await expect(page).toHaveURL(/county/);
  await expect.poll(() => rowCount(grid)).toBeLessThan(all);
  expect(new URL(page.url()).searchParams.get("f")).toMatch(/county.*size_class/);
  await expect(ticked("Län")).toHaveCount(1);
  await expect(ticked("Storleksklass")).toHaveCount(1);
});

test("a histogram's ends move by keyboard", async ({ page }) => {
  await openUniverse(page);
  const low = page.getByRole("slider", { name: "Nedre gräns för Nettoomsättning" });
  await low.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/[?&]f=revenue/);
});

test("search finds by name and an impossible search says what to relax", async ({ page }) => {
  const grid = await openUniverse(page);
  const name = (await firstRow(grid).getByRole("link").innerText()).split(" ")[0] ?? "";
  await page.getByRole("searchbox", { name: "Sök i urvalet" }).fill(name);
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(firstRow(grid)).toContainText(new RegExp(name, "i"));
  await page.getByRole("searchbox", { name: "Sök i urvalet" }).fill("qqxxzzyy");
  await expect(page.getByText("Inget företag passar")).toBeVisible();
  await page.getByRole("button", { name: /Ta bort sökningen/ }).click();
  await expect(firstRow(grid)).toBeVisible();
});

test("the last row can be reached and has the true index", async ({ page }) => {
  const grid = await openUniverse(page);
  const count = await rowCount(grid);
  await grid.focus();
  await page.keyboard.press("End");
  await expect(grid.locator(`[role="row"][aria-rowindex="${count + 1}"]`)).toBeVisible();
  await page.keyboard.press("Home");
  await expect(firstRow(grid)).toBeVisible();
});

test("columns are chosen, resized by keyboard, and kept in the address", async ({ page }) => {
  const grid = await openUniverse(page);
  await page.getByRole("button", { name: "Kolumner" }).click();
  await page.getByRole("textbox", { name: "Hitta en kolumn…" }).fill("summa tillg");
  await page.getByRole("button", { name: /^Visa Summa tillgångar/ }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/cols=.*total_assets/);
  await expect(grid.getByRole("columnheader", { name: /Summa tillgångar/ })).toBeAttached();
  const grip = grid.getByRole("separator", { name: "Bredd på Nettoomsättning" }).first();
  await grip.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/revenue(~|%7E)w/);
});

test("the scatter's box becomes a filter and the funnel shows it", async ({ page }) => {
  await page.goto("/universe?view=scatter");
  const canvas = page.locator("canvas");
  await expect(canvas).toBeVisible();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("the scatter has no size");
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.1);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.8, { steps: 6 });
  await page.mouse.up();
  await page.getByRole("button", { name: "Filtrera på rutan" }).click();
  await expect(page).toHaveURL(/[?&]f=/);
  await page.getByRole("radio", { name: "Tratt" }).click();
  await expect(page.getByRole("rowheader", { name: "Alla företag" })).toBeVisible();
  expect(await page.getByRole("row").count()).toBeGreaterThan(2);
});

test("a saved view opens the same screen again, and can be deleted", async ({ page }) => {
  const name = `Vy ${Date.now()}`;
  const grid = await openUniverse(page, "?f=revenue%20%3E%3D%2020m&sort=name");
  const count = await rowCount(grid);
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await page.getByRole("textbox", { name: "Namn" }).fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Spara" }).click();
  const views = page.getByRole("region", { name: "Sparade vyer" });
  await expect(views.getByRole("button", { name, exact: true })).toBeVisible();

  await openUniverse(page);
  await views.getByRole("button", { name, exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole("button", { name: /Ändra filtret Nettoomsättning ≥ 20/ })).toBeVisible();
  await expect.poll(() => rowCount(grid)).toBe(count);

  await views.getByRole("button", { name: `Åtgärder för vyn ${name}` }).click();
  const kept = new URL(page.url()).searchParams.get("v");
  expect(kept).not.toBeNull();
  await page.getByRole("menuitem", { name: "Ta bort" }).click();
  await expect(views.getByRole("button", { name, exact: true })).toHaveCount(0);

  // What comes back is the same view, so that lists made from it and those who watch it still know it.
  await page.getByRole("region", { name: "Meddelanden" }).getByRole("button", { name: "Ångra" }).click();
  await views.getByRole("button", { name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`[?&]v=${kept}`));
});

test("the export is the screen: same filter, a file of its own", async ({ page }) => {
  const grid = await openUniverse(page, "?f=revenue%20%3E%3D%20100m");
  await page.getByRole("button", { name: "Exportera" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV" }).first().click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await download.path(), "utf8"))
    .split("\n")
    .filter((line) => /^"?\d{6}-?\d{4}/.test(line));
  expect(lines).toHaveLength(await rowCount(grid));
});

test("an export under way shows how far it is, and can be cancelled", async ({ page }) => {
  await openUniverse(page, "?f=revenue%20%3E%3D%2010m");
  // A line so slow that the file cannot have come by the time of the click.
  const network = await page.context().newCDPSession(page);
  await network.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: 10_000,
    uploadThroughput: 1e6,
  });
  await page.getByRole("button", { name: "Exportera" }).click();
  await page.getByRole("menuitem", { name: "CSV" }).first().click();
  await expect(page.getByRole("progressbar", { name: "Exportera" })).toBeVisible();
  await page.getByRole("button", { name: "Avbryt exporten" }).click();
  await expect(page.getByText("Exporten avbröts")).toBeVisible();
  await expect(page.getByRole("button", { name: "Exportera" })).toBeVisible();
});

test("an editor that nobody touched leaves the condition as it is", async ({ page }) => {
  const text = "employees != 5";
  await openUniverse(page, `?f=${encodeURIComponent(text)}`);
  await page.getByRole("button", { name: /Ändra filtret Anställda/ }).click();
  await page.getByRole("button", { name: "Använd" }).click();
  await page.getByRole("button", { name: "Filtret som text" }).click();
  await expect(page.getByRole("combobox", { name: "Filtret i ord" })).toHaveValue(text);
});

test("more than thirty rows and nine columns of figures stand in a window of 1440 by 900", async ({
  page,
}) => {
  const grid = await openUniverse(page);
  const box = await grid.boundingBox();
  if (!box) throw new Error("the table has no size");
  const inView = async (selector: string, side: "x" | "y") => {
    let count = 0;
    for (const cell of await grid.locator(selector).all()) {
      const at = await cell.boundingBox();
      if (!at) continue;
      const end = side === "x" ? at.x + at.width : at.y + at.height;
      if (end <= (side === "x" ? box.x + box.width : box.y + box.height) + 1) count += 1;
    }
    return count;
  };
  // The header is a row too.
  expect(await inView('[role="row"]', "y")).toBeGreaterThan(31);
  // The box for choosing is a column too.
  expect(await inView('[role="columnheader"]', "x")).toBeGreaterThan(9);
});
