import { expect, type Locator, type Page, test } from "@playwright/test";
import { openUniverse } from "./screen";

/** The row that is in focus, and its company. */
function activeRow(grid: Locator): Locator {
  return grid.locator('[role="row"][aria-current="true"]');
}

async function orgnrOf(row: Locator): Promise<string> {
  const href = await row.getByRole("link").first().getAttribute("href");
  return /\d{10}/.exec(href ?? "")?.[0] ?? "";
}

/** Presses keys and counts them. */
function counted(page: Page) {
  let keys = 0;
  return {
    press: async (key: string) => {
      keys += 1;
      await page.keyboard.press(key);
    },
    keys: () => keys,
  };
}

test("keys_act_on_the_company_in_view_although_others_are_selected", async ({ page }) => {
  const grid = await openUniverse(page, "?sort=-total_assets");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  const name = await activeRow(grid).getByRole("link").first().innerText();
  const orgnr = await orgnrOf(activeRow(grid));
  await expect(page.getByText("2 valda")).toBeVisible();

  await page.keyboard.press("n");
  const note = page.getByRole("dialog", { name: "Skriv en anteckning" });
  await expect(note).toContainText(name);
  const text = `Sett på ${Date.now()}`;
  await note.getByRole("textbox", { name: "Skriv en anteckning" }).fill(text);
  await page.keyboard.press("Control+Enter");
  await expect(note).toHaveCount(0);
  const notes = await page.request.get(`/api/companies/${orgnr}/notes`);
  expect(JSON.stringify(await notes.json())).toContain(text);

  for (const [key, title] of [
    ["l", "Lägg i en lista"],
    ["t", "Etiketter"],
    ["e", "Avböj"],
  ] as const) {
    await page.keyboard.press(key);
    const dialog = page.getByRole("dialog");
    await expect(dialog, title).toContainText(name);
    await expect(dialog).not.toContainText("2 företag: ");
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
  // With Shift the same keys are about the selection, and the dialog says whom it means.
  await page.keyboard.press("Shift+L");
  await expect(page.getByRole("dialog")).toContainText(/2 företag: .+, .+/);
});

test("twenty_companies_are_triaged_in_at_most_45_keys", async ({ page }) => {
  const grid = await openUniverse(page, "?f=employees%20%3E%200&sort=name");
  const { press, keys } = counted(page);
  await press("Space");
  const preview = page.getByRole("complementary", { name: "Förhandsvisning" });
  await expect(preview).toBeVisible();
  const seen: string[] = [];
  for (let company = 0; company < 20; company += 1) {
    const name = await activeRow(grid).getByRole("link").first().innerText();
    await expect(preview.getByRole("heading", { level: 2 })).toHaveText(name);
    seen.push(await orgnrOf(activeRow(grid)));
    if (company % 4 === 3) await press("j");
    else if (company % 4 === 1) await press("p");
    else {
      await press("e");
      await expect(page.getByRole("dialog", { name: "Avböj" })).toContainText(name);
      await press("1");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    // The focus has gone on by itself.
    await expect.poll(() => orgnrOf(activeRow(grid))).not.toBe(seen.at(-1));
  }
  expect(new Set(seen).size).toBe(20);
  expect(keys()).toBeLessThanOrEqual(45);
  const stageOf = async (orgnr: string | undefined) => {
    const answer = await page.request.get(`/api/prospects?orgnr=${orgnr}`);
    return (await answer.json()).items[0] ?? null;
  };
  await expect.poll(async () => (await stageOf(seen[1]))?.stage).toBe("new");
  await expect.poll(async () => (await stageOf(seen[18]))?.pass_reason).toBe("too_small");
  expect(await stageOf(seen[3])).toBeNull();
  // Adding has no window, so the message takes it back.
  await page.keyboard.press("z");
});

test("adding_a_company_again_tells_who_passed_and_changes_nothing", async ({ page }) => {
  const grid = await openUniverse(page, "?sort=name&f=employees%20%3E%200");
  for (let step = 0; step < 30; step += 1) await page.keyboard.press("j");
  const orgnr = await orgnrOf(activeRow(grid));
  await page.keyboard.press("e");
  await page.getByRole("dialog").getByRole("radio", { name: "Pris" }).press("Enter");
  await page.getByRole("dialog").getByRole("radio", { name: "Pris" }).check();
  await page.getByRole("button", { name: "Avböj", exact: true }).last().click();
  const told = page.getByRole("region", { name: "Meddelanden" });
  await expect(told.getByText(/Avböjde/)).toBeVisible();
  await page.keyboard.press("k");
  await page.keyboard.press("p");
  await expect(told.getByText(/finns redan i pipelinen.*avböjde.*Pris/)).toBeVisible();
  const before = await page.request.get(`/api/prospects?orgnr=${orgnr}`);
  expect((await before.json()).items[0].stage).toBe("passed");
  await told.getByRole("button", { name: "Ta upp igen" }).click();
  await expect
    .poll(async () => (await (await page.request.get(`/api/prospects?orgnr=${orgnr}`)).json()).items[0].stage)
    .toBe("new");
});

test("a_reload_keeps_row_preview_and_selection", async ({ page }) => {
  // The catalogue of fields comes after the rows, as on a busy server: the table appears when its rows are known already.
  await page.route("**/universe/filters*", async (route) => {
    await new Promise((later) => setTimeout(later, 1_500));
    await route.fallback();
  });
  const grid = await openUniverse(page, "?sort=-employees");
  await page.keyboard.press("x");
  for (let step = 0; step < 45; step += 1) await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("Space");
  const orgnr = await orgnrOf(activeRow(grid));
  await expect(page).toHaveURL(new RegExp(`o=.*${orgnr}`));
  await page.reload();
  await expect(page.getByText("2 valda")).toBeVisible();
  await expect(activeRow(grid)).toBeVisible();
  await expect.poll(() => orgnrOf(activeRow(grid))).toBe(orgnr);
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(new RegExp(`o=.*${orgnr}`));
});

test("shift_with_an_arrow_moves_the_card_in_focus_alone", async ({ page, request }) => {
  const screen = await request.post("/api/universe/query", {
    data: { limit: 2, offset: 130, sort: [{ by: "revenue", dir: "desc" }] },
  });
  const orgnrs = (await screen.json()).rows.map((row: { orgnr: string }) => row.orgnr);
  await request.post("/api/prospects", { data: { orgnrs, stage: "new", reopen: true } });
  const cards = await Promise.all(
    orgnrs.map(
      async (orgnr: string) => (await (await request.get(`/api/prospects?orgnr=${orgnr}`)).json()).items[0],
    ),
  );
  await page.goto("/prospects");
  const card = (index: number) => page.locator(`[data-prospect="${cards[index].id}"]`);
  await card(0).focus();
  await page.keyboard.press("x");
  await expect(card(0)).toHaveAttribute("aria-pressed", "true");
  await card(1).focus();
  await page.keyboard.press("Shift+ArrowRight");
  const stage = async (index: number) =>
    (await (await request.get(`/api/prospects/${cards[index].id}`)).json()).stage;
  await expect.poll(() => stage(1)).toBe("researching");
  expect(await stage(0)).toBe("new");
});
