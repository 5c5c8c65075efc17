import { expect, test } from "@playwright/test";
import { firstRow, openUniverse, rowCount } from "./screen";

test("the_signs_of_a_range_are_readable_in_their_fields", async ({ page }) => {
  await openUniverse(page);
  await page.keyboard.press("f");
  await page.getByRole("combobox", { name: "Hitta ett fält…" }).fill("nettooms");
  await page.keyboard.press("Enter");
  for (const sign of ["≥", "≤"]) {
    const field = page.getByRole("dialog").locator("select").filter({ hasText: sign });
    // The room beside padding and the arrow must hold the sign; too narrow a field shows nothing at all.
    const room = await field.evaluate((select) => {
      const style = getComputedStyle(select);
      return (
        select.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight) - 18
      );
    });
    expect(room).toBeGreaterThan(14);
  }
});

test("enter_takes_the_only_value_that_matches_the_words", async ({ page }) => {
  const grid = await openUniverse(page);
  const all = await rowCount(grid);
  await page.keyboard.press("f");
  await page.getByRole("combobox", { name: "Hitta ett fält…" }).fill("län");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("textbox").fill("skåne");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /Ändra filtret Län Skåne län/ })).toBeVisible();
  await expect.poll(() => rowCount(grid)).toBeLessThan(all);
});

test("a_wrong_filter_is_told_once_in_the_readers_language_and_mended_by_a_button", async ({ page }) => {
  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() === 422 && !response.url().endsWith("/parse")) refused.push(response.url());
  });
  await page.goto("/universe?f=revnue%20%3E%3D%2020m");
  await expect(page.getByText("Det finns inget fält “revnue”.")).toHaveCount(1);
  await expect(page.getByText(/there is no field|did you mean/i)).toHaveCount(0);
  await expect(page.getByText("/text", { exact: false })).toHaveCount(0);
  await page.getByRole("button", { name: "revenue", exact: true }).click();
  await expect(page).toHaveURL(/f=revenue/);
  await expect(page.getByRole("button", { name: /Ändra filtret Nettoomsättning ≥ 20/ })).toBeVisible();
  await expect(firstRow(page.getByRole("grid"))).toBeVisible();
});

test("the_funnel_says_groups_in_words_and_near_misses_apart_from_their_bound", async ({ page }) => {
  const text = "revenue >= 20m and (employees >= 10 or not equity_ratio < 20%)";
  await page.goto(`/universe?view=funnel&f=${encodeURIComponent(text)}`);
  const funnel = page.getByRole("region", { name: "Tratt" });
  await expect(funnel.getByText(/Anställda ≥ 10 eller inte Soliditet < 20/)).toBeVisible();
  await expect(funnel.getByText("employees", { exact: false })).toHaveCount(0);
  // 20 mkr as shown would be the bound itself.
  const near = await funnel.getByRole("listitem").allInnerTexts();
  expect(near.length).toBeGreaterThan(0);
  for (const miss of near) expect(miss).not.toMatch(/(^|\s)20(,0)?\s?mkr$/m);
});

test("the_palette_finds_what_the_screen_finds_typing_errors_included", async ({ page, request }) => {
  const answer = await request.post("/api/universe/query", {
    data: { limit: 1, columns: [], sort: [{ by: "revenue", dir: "desc" }] },
  });
  const { name } = (await answer.json()).rows[0] as { name: string };
  const word = name.split(" ").find((part) => part.length >= 7) ?? name;
  const typo = `${word.slice(0, 3)}${word[4]}${word[3]}${word.slice(5)}`;
  await openUniverse(page, `?q=${encodeURIComponent(typo)}`);
  const found = await firstRow(page.getByRole("grid")).getByRole("link").first().innerText();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill(typo);
  await expect(page.getByRole("option", { name: new RegExp(found.slice(0, 12)) }).first()).toBeVisible();
});

test("lists_labels_stages_and_exclusions_are_chosen_not_typed", async ({ page, request }) => {
  const screen = await request.post("/api/universe/query", {
    data: { limit: 3, offset: 200, columns: [], sort: [{ by: "revenue", dir: "desc" }] },
  });
  const orgnrs = (await screen.json()).rows.map((row: { orgnr: string }) => row.orgnr);
  const name = `Kandidater ${Date.now()}`;
  await request.post("/api/lists", { data: { name, orgnrs } });
  const grid = await openUniverse(page);
  const all = await rowCount(grid);
  await page.keyboard.press("f");
  await page.getByRole("combobox", { name: "Hitta ett fält…" }).fill("lista");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("checkbox", { name }).check();
  await page.getByRole("button", { name: "Använd" }).click();
  await expect.poll(() => rowCount(grid)).toBe(3);
  await page.getByRole("button", { name: new RegExp(`Ändra filtret Lista .*${name}`) }).click();
  await page.getByRole("radio", { name: "Finns inte i" }).click();
  await page.getByRole("button", { name: "Använd" }).click();
  await expect.poll(() => rowCount(grid)).toBe(all - 3);
  for (const field of ["etikett", "prospekt", "utesluten"]) {
    await page.keyboard.press("f");
    await page.getByRole("combobox", { name: "Hitta ett fält…" }).fill(field);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("radio", { name: "Finns inte i" })).toBeVisible();
    await page.keyboard.press("Escape");
  }
});

test("back_closes_a_panel_and_the_focus_returns", async ({ page, request }) => {
  const grid = await openUniverse(page, "?sort=-revenue");
  await grid.focus();
  await page.keyboard.press("Space");
  const preview = page.getByRole("complementary", { name: "Förhandsvisning" });
  await expect(preview).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.goBack();
  await expect(preview).toHaveCount(0);
  await expect(page).toHaveURL(/\/universe/);
  await page.keyboard.press("Space");
  await preview.getByRole("button", { name: "Stäng" }).click();
  await expect(preview).toHaveCount(0);
  await expect(grid).toBeFocused();

  const orgnr = /\d{10}/.exec((await firstRow(grid).getByRole("link").getAttribute("href")) ?? "")?.[0];
  await page.goto(`/company/${orgnr}`);
  const figure = page.getByRole("button", { name: /Visa var den kommer ifrån/ }).first();
  await figure.focus();
  await page.keyboard.press("Enter");
  const source = page.getByRole("complementary", { name: "Var siffran kommer ifrån" });
  await expect(source).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(source).toHaveCount(0);
  await expect(figure).toBeFocused();
  await figure.click();
  await expect(source).toBeVisible();
  await page.goBack();
  await expect(source).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/company/${orgnr}`));

  await request.post("/api/prospects", { data: { orgnrs: [orgnr], stage: "new", reopen: true } });
  await page.goto("/prospects");
  await page.locator("[data-prospect]").first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/prospects/);
});
