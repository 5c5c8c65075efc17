import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";

import { withoutStream } from "./screen";

type Card = { id: string; orgnr: string; name: string; stage: string; version: number };

/** Puts a company of its own into the pipeline for each test, so that tests can run beside one another. */
async function newProspect(request: APIRequestContext, place: number): Promise<Card> {
  const screen = await request.post("/api/universe/query", {
    data: { limit: 1, offset: 40 + place, sort: [{ by: "revenue", dir: "desc" }] },
  });
  const { orgnr } = (await screen.json()).rows[0];
  const added = await request.post("/api/prospects", {
    data: { orgnrs: [orgnr], stage: "new", reopen: true },
  });
  expect(added.ok()).toBe(true);
  const found = await request.get(`/api/prospects?orgnr=${orgnr}`);
  return (await found.json()).items[0];
}

async function openBoard(page: Page, card: Card) {
  await page.goto(`/prospects?q=${card.orgnr}`);
  const box = page.locator(`[data-prospect="${card.id}"]`);
  await expect(box).toBeVisible();
  return box;
}

async function stageOf(request: APIRequestContext, card: Card): Promise<Card> {
  return (await request.get(`/api/prospects/${card.id}`)).json();
}

test("a card is moved with the keyboard, spoken, and taken back", async ({ page, request }) => {
  const card = await newProspect(request, 1);
  const box = await openBoard(page, card);
  await box.focus();
  await expect(box).toBeFocused();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(
    page.getByRole("region", { name: "Undersöks" }).locator(`[data-prospect="${card.id}"]`),
  ).toBeFocused();
  await expect(page.locator('[aria-live="polite"]', { hasText: /plats 2 av \d+/ })).toHaveCount(1);
  await expect.poll(async () => (await stageOf(request, card)).stage).toBe("researching");
  await page.keyboard.press("z");
  await expect(
    page.getByRole("region", { name: "Nya" }).locator(`[data-prospect="${card.id}"]`),
  ).toBeVisible();
  await expect.poll(async () => (await stageOf(request, card)).stage).toBe("new");
});

test("passing asks for a reason, and whoever adds the company again is told", async ({ page, request }) => {
  const card = await newProspect(request, 2);
  const box = await openBoard(page, card);
  await box.focus();
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "Avböj" });
  await expect(dialog.getByRole("button", { name: "Avböj" })).toBeDisabled();
  await dialog.getByRole("radio", { name: "Pris" }).check();
  await dialog.getByLabel("Med några ord").fill("Vill ha 9x");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await stageOf(request, card)).stage).toBe("passed");
  await page.goto(`/company/${card.orgnr}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto("/prospects?view=table");
  const again = await request.post("/api/prospects", { data: { orgnr: card.orgnr } });
  expect((await again.json()).already[0].pass_note).toBe("Vill ha 9x");
});

test("rows of the table are selected by range and by key", async ({ page, request }) => {
  for (const place of [20, 21, 22]) await newProspect(request, place);
  await page.goto("/prospects?view=table");
  const grid = page.getByRole("grid");
  const row = (place: number) => grid.locator(`[role="row"][aria-rowindex="${place + 1}"]`);
  await row(1).getByRole("checkbox").click();
  await row(3)
    .getByRole("checkbox")
    .click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 markerade")).toBeVisible();
  await grid.focus();
  await page.keyboard.press("Shift+ArrowUp");
  await expect(page.getByText("3 markerade")).toBeVisible();
  await page.keyboard.press("Control+a");
  const all = Number(await grid.getAttribute("aria-rowcount")) - 1;
  await expect(page.getByText(`${all} markerade`)).toBeVisible();
});

test("a note is written, changed with its former text kept, deleted and brought back", async ({
  page,
  request,
}) => {
  const card = await newProspect(request, 3);
  const box = await openBoard(page, card);
  await box.click();
  const panel = page.getByRole("dialog");
  const text = `Talade med VD ${Date.now()}`;
  await panel.getByRole("textbox", { name: "Skriv en anteckning" }).fill(text);
  await panel.getByRole("button", { name: "Spara" }).click();
  const note = panel.getByRole("article").filter({ hasText: text });
  await expect(note).toBeVisible();
  await note.getByRole("button", { name: "Ändra" }).click();
  const field = panel.getByRole("article").getByRole("textbox", { name: "Skriv en anteckning" });
  await field.fill("Ändrad text");
  await field.press("Control+Enter");
  const changed = panel.getByRole("article").filter({ hasText: "Ändrad text" });
  await changed.getByRole("button", { name: "Tidigare texter" }).click();
  await expect(changed.getByText(text)).toBeVisible();
  await changed.getByRole("button", { name: "Ta bort" }).click();
  await expect(changed).toHaveCount(0);
  await page.getByRole("button", { name: /Ångra/ }).click();
  await expect(changed).toBeVisible();
});

test("the second of two editors is shown both and loses nothing", async ({ page, request }) => {
  const card = await newProspect(request, 4);
  const box = await openBoard(page, card);
  await box.click();
  const panel = page.getByRole("dialog");
  const action = panel.getByRole("textbox", { name: "Nästa åtgärd" });
  await expect(action).toBeVisible();
  const present = await stageOf(request, card);
  const theirs = await request.patch(`/api/prospects/${card.id}`, {
    data: { version: present.version, next_action: "Ring VD" },
  });
  expect(theirs.ok()).toBe(true);
  await action.fill("Skicka NDA");
  await action.press("Enter");
  const conflict = page.getByRole("dialog", { name: "Ändrat av någon annan under tiden" });
  await expect(conflict.getByText("Ring VD")).toBeVisible();
  await expect(conflict.getByText("Skicka NDA")).toBeVisible();
  await conflict.getByRole("button", { name: "Använd mitt" }).click();
  await expect
    .poll(async () => ((await stageOf(request, card)) as Card & { next_action: string }).next_action)
    .toBe("Skicka NDA");
});

test("a card is dragged with the mouse into another stage", async ({ page, request }) => {
  const card = await newProspect(request, 6);
  const box = await openBoard(page, card);
  await box.dragTo(page.getByRole("region", { name: "Kontaktade" }));
  await expect(
    page.getByRole("region", { name: "Kontaktade" }).locator(`[data-prospect="${card.id}"]`),
  ).toBeVisible();
  await expect.poll(async () => (await stageOf(request, card)).stage).toBe("contacted");
});

test("a pipeline in a file is tried, its faults named, and taken over", async ({ page, request }) => {
  const screen = await request.post("/api/universe/query", {
    data: { limit: 2, offset: 90, columns: [], sort: [{ by: "revenue", dir: "desc" }] },
  });
  const [one, two] = (await screen.json()).rows;
  const action = `Besök ${Date.now()}`;
  await page.goto("/prospects");
  await page.getByRole("button", { name: "Mer" }).click();
  await page.getByRole("menuitem", { name: "Importera från en fil…" }).click();
  const dialog = page.getByRole("dialog", { name: "Importera en pipeline" });
  await dialog.locator('input[type="file"]').setInputFiles({
    name: "pipeline.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `Orgnr;Steg;Nästa åtgärd\n${one.orgnr};Kontaktade;${action}\n${two.orgnr};Nya;\n556012-5791;Nya;\n`,
    ),
  });
  await expect(dialog.getByText(/^3 rader: 2 nya, .* 1 utelämnade$/)).toBeVisible();
  await expect(dialog.getByRole("table", { name: "Utelämnade rader" }).getByRole("row")).toHaveCount(2);
  await dialog.getByRole("button", { name: "Importera 2 prospekt" }).click();
  await expect(page.getByText("2 prospekt importerade")).toBeVisible();
  const found = await request.get(`/api/prospects?orgnr=${one.orgnr}`);
  const [taken] = (await found.json()).items;
  expect(taken.stage).toBe("contacted");
  expect(taken.next_action).toBe(action);
});

test("a stage is added to the pipeline and taken away again", async ({ page }) => {
  const name = `Fördjupning ${Date.now()}`;
  const configure = async () => {
    await page.getByRole("button", { name: "Mer" }).click();
    await page.getByRole("menuitem", { name: "Steg…" }).click();
    return page.getByRole("dialog", { name: "Pipelinens steg" });
  };
  await page.goto("/prospects");
  const dialog = await configure();
  await dialog.getByRole("button", { name: "Lägg till ett steg" }).click();
  await dialog.getByRole("textbox", { name: "Namn" }).last().fill(name);
  await dialog.getByRole("button", { name: "Spara" }).click();
  await expect(page.getByText("Stegen sparades")).toBeVisible();
  await expect(page.getByRole("region", { name })).toHaveCount(1);
  await configure();
  await dialog.getByRole("button", { name: `Ta bort ${name}` }).click();
  await dialog.getByRole("button", { name: "Spara" }).click();
  await expect(page.getByRole("region", { name })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const path of ["/prospects", "/prospects?view=table", "panel", "/"]) {
      test(`${path} has no serious fault`, async ({ page, request }) => {
        const card = await newProspect(request, 5);
        await withoutStream(page);
        await page.goto(path === "panel" ? `/prospects?id=${card.id}` : path);
        await page.waitForLoadState("networkidle");
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
          .analyze();
        const serious = violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
        expect(serious).toEqual([]);
      });
    }
  });
}
