import { type APIRequestContext, expect, type Locator, type Page, test } from "@playwright/test";
import { firstRow, openUniverse, withoutStream } from "./screen";

type Company = { orgnr: string; name: string };

/** Companies by revenue, from the place on; every test takes its own, so that tests can run beside one another. */
async function companies(request: APIRequestContext, place: number, count: number): Promise<Company[]> {
  const answer = await request.post("/api/universe/query", {
    data: { limit: count, offset: place, columns: [], sort: { by: "revenue", dir: "desc" } },
  });
  return (await answer.json()).rows;
}

const numbers = (found: readonly Company[]) => found.map((company) => company.orgnr);

async function startAnalysis(page: Page, found: readonly Company[]): Promise<void> {
  const started = await page.request.post("/api/analysis/start", { data: { orgnrs: numbers(found) } });
  await page.goto(`/ai/runs/${(await started.json()).run_id}`);
  await expectEnd(page, "Klar");
}

/** Waits until the open page of a run says how it ended, without being loaded again. */
async function expectEnd(page: Page, words: "Klar" | "Klar, med fel" | "Avbruten"): Promise<void> {
  await expect(page.getByRole("main").getByText(words, { exact: true }).first()).toBeVisible({
    timeout: 40_000,
  });
}

const companyRow = (page: Page, company: Company | undefined): Locator =>
  page
    .getByRole("table", { name: "Företag" })
    .getByRole("row")
    .filter({ hasText: company?.name ?? "" });

/** A number that stands under its label in the run's summary. */
async function summary(page: Page, label: string): Promise<number> {
  const region = page.getByRole("region", { name: "Sammanfattning" });
  const value = region.locator("div").filter({ has: page.getByText(label, { exact: true }) });
  return Number((await value.last().locator("dd").innerText()).replace(/\D/g, ""));
}

test("companies that were selected in the universe are enriched, and each part tells why it failed", async ({
  page,
}) => {
  await openUniverse(page, "?sort=-revenue");
  for (const _ of [1, 2]) {
    await page.keyboard.press("x");
    await page.keyboard.press("j");
  }
  const bar = page.getByRole("region", { name: "Valda företag" });
  await expect(bar.getByText("2 valda")).toBeVisible();
  await bar.getByRole("button", { name: "Berika eller analysera" }).click();
  const dialog = page.getByRole("dialog", { name: "Berika eller analysera" });
  // The dialog names its companies.
  await expect(dialog.getByText(/^2 företag: \S/)).toBeVisible();
  // The count and the duration are told before anything begins.
  await expect(dialog.getByText(/2 företag.*, ungefär .+ åt gången/)).toBeVisible();
  // What was found out of these lately is done again, so that the test can be run twice on one server.
  await dialog.getByRole("checkbox", { name: /senaste 180 dagarna/ }).check();
  const name = `Berikade ${Date.now()}`;
  await dialog.getByRole("textbox", { name: "Körningens namn" }).fill(name);
  await dialog.getByRole("button", { name: "Starta" }).click();
  await expect(page).toHaveURL(/\/ai\/runs\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  // The demonstration's companies have no websites, which is an answer with a reason, not silence.
  await expectEnd(page, "Klar, med fel");
  const table = page.getByRole("table", { name: "Företag" });
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(table.getByText("Ingen webbplats svarar")).toHaveCount(8);
  const why = page.getByRole("region", { name: "Varför delar misslyckades" });
  await expect(why.getByRole("listitem").filter({ hasText: "Ingen webbplats svarar" })).toContainText("8");
  expect(await summary(page, "Misslyckade delar")).toBe(8);

  // What failed can be tried again, and ends as before.
  await page.getByRole("button", { name: "Försök igen med 8 misslyckade delar" }).click();
  await expect(page.getByText("Det misslyckade görs om")).toBeVisible();
  await expectEnd(page, "Klar, med fel");
  await expect(page.getByRole("button", { name: "Försök igen med 8 misslyckade delar" })).toBeVisible();

  await page.getByRole("combobox", { name: "Läge" }).selectOption({ label: "Överhoppad" });
  await expect(page.getByText("Inget företag är i det läget")).toBeVisible();
  await expect(page).toHaveURL(/state=skipped/);
});

test("a list is analysed; each finding stands with its figures, and is approved or rejected", async ({
  page,
}) => {
  const found = await companies(page.request, 100, 4);
  const made = await page.request.post("/api/lists", {
    data: { name: `Analyslista ${Date.now()}`, orgnrs: numbers(found) },
  });
  const list = await made.json();
  await page.goto(`/lists/${list.id}`);
  await expect(firstRow(page.getByRole("grid")).getByRole("link")).toBeVisible();
  await page.getByRole("link", { name: "Berika eller analysera" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ny körning" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Välj en lista" })).toHaveValue(list.id);
  await page.getByRole("radio", { name: "Analys" }).click();
  await expect(page.getByText(/4 företag, ungefär .+ åt gången/)).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Mall" })).toContainText("Förvärv");
  await page.getByRole("button", { name: "Starta" }).click();
  // A run without a name is named in the language of the one who starts it.
  await expect(
    page.getByRole("heading", { level: 1, name: /^Förvärv \d{4}-\d{2}-\d{2} \d{2}:\d{2}/ }),
  ).toBeVisible();
  await expectEnd(page, "Klar");
  expect(await summary(page, "Klara")).toBe(4);

  // Best fit first.
  const points = await page
    .getByRole("table", { name: "Företag" })
    .locator("tbody tr td:nth-child(2)")
    .allInnerTexts();
  expect(points.map(Number)).toEqual([...points.map(Number)].sort((a, b) => b - a));

  const row = companyRow(page, found[0]);
  await row.getByRole("button", { name: /Styrkor|Svagheter|Risker|Ingen regel/ }).click();
  const sheet = page.getByRole("dialog", { name: found[0]?.name ?? "" });
  await expect(sheet.getByText(/0–100 enligt mallen; .+ av dess vikt är känd/)).toBeVisible();
  // Every side of the fit with its points and the figures that it was made of.
  const profitability = sheet.getByRole("listitem").filter({ hasText: "Lönsamhet" });
  await expect(profitability).toContainText(/Rörelsemarginal.+%/);
  await expect(profitability.getByText(/^\d{1,3}$/)).toBeVisible();
  // A figure leads to the company that it is of.
  const finding = sheet
    .getByRole("region", { name: /Styrkor|Svagheter|Risker/ })
    .first()
    .getByRole("listitem")
    .first();
  await expect(finding.getByRole("link").first()).toHaveAttribute(
    "href",
    new RegExp(`/company/${found[0]?.orgnr}`),
  );
  await expect(finding.getByRole("link").first()).toHaveText(/\d/);

  await sheet.getByRole("button", { name: "Godkänn" }).click();
  await expect(sheet.getByText("Godkänd")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(row.getByText("Godkänd")).toBeVisible();
  const other = companyRow(page, found[1]);
  await other.getByRole("button", { name: "Avvisa" }).click();
  await expect(other.getByText("Avvisad")).toBeVisible();
  await page.reload();
  await expect(row.getByText("Godkänd")).toBeVisible();
  await expect(other.getByText("Avvisad")).toBeVisible();
  await row.getByRole("button", { name: "Ta tillbaka" }).click();
  await expect(row.getByRole("button", { name: "Godkänn" })).toBeVisible();
});

test("when a run ends, what its companies said last is asked for once more", async ({ page }) => {
  const found = await companies(page.request, 115, 2);
  const started = await page.request.post("/api/analysis/start", { data: { orgnrs: numbers(found) } });
  const { run_id: id } = await started.json();
  await expect
    .poll(async () => (await (await page.request.get(`/api/runs/${id}`)).json()).status)
    .toBe("completed");
  // The stream would tell at once that more is known; without it the page asks from time to time.
  await withoutStream(page);
  // The page sees the run as it was: going on, and its companies waiting. From the second answer on all is true.
  const before = async (address: string, change: (body: Record<string, unknown>) => void) => {
    // The page asks more than one question of the companies; each has its own first answer.
    const asked = new Set<string>();
    await page.route(address, async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      if (!asked.has(route.request().url())) change(body);
      asked.add(route.request().url());
      await route.fulfill({ response: answer, json: body });
    });
  };
  await before(`**/api/runs/${id}`, (run) => Object.assign(run, { status: "running", completed: 0 }));
  await before(`**/api/runs/${id}/companies?*`, (answer) => {
    for (const row of answer.items as { result: unknown; parts: { state: string }[] }[]) {
      row.result = null;
      for (const part of row.parts) part.state = "queued";
    }
  });
  await page.goto(`/ai/runs/${id}`);
  await expect(companyRow(page, found[0]).getByText("Väntar")).toBeVisible();
  await expectEnd(page, "Klar");
  await expect(
    companyRow(page, found[0]).getByRole("button", { name: /Styrkor|Svagheter|Risker|Ingen regel/ }),
  ).toBeVisible();
});

test("two analyses stand side by side", async ({ page }) => {
  const found = await companies(page.request, 110, 3);
  await startAnalysis(page, found);
  const compare = page.getByRole("button", { name: "Sida vid sida" });
  await expect(compare).toBeDisabled();
  for (const company of found.slice(0, 2)) {
    await page.getByRole("checkbox", { name: `Välj ${company.name}` }).check();
  }
  await compare.click();
  const dialog = page.getByRole("dialog", { name: "Sida vid sida" });
  for (const company of found.slice(0, 2)) {
    await expect(dialog.getByRole("article").filter({ hasText: company.name })).toContainText("Lönsamhet");
  }
});

test("the company page starts an analysis and then shows what it says", async ({ page }) => {
  const [company] = await companies(page.request, 120, 1);
  await page.goto(`/company/${company?.orgnr}`);
  const section = page.getByRole("region", { name: "Webb och analys" });
  await section.getByRole("button", { name: "Berika eller analysera" }).click();
  const dialog = page.getByRole("dialog", { name: "Berika eller analysera" });
  await expect(dialog.getByText(company?.name ?? "")).toBeVisible();
  await dialog.getByRole("radio", { name: "Analys" }).click();
  await expect(dialog.getByText(/1 företag, ungefär .+ åt gången/)).toBeVisible();
  const name = `Från företagssidan ${Date.now()}`;
  await dialog.getByRole("textbox", { name: "Körningens namn" }).fill(name);
  await dialog.getByRole("button", { name: "Starta" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expectEnd(page, "Klar");
  await companyRow(page, company).getByRole("link").click();
  await expect(section.getByRole("link", { name })).toBeVisible();
  await expect(section.getByText(/0–100 enligt mallen/)).toBeVisible();
  await expect(section.getByRole("listitem").filter({ hasText: "Lönsamhet" })).toContainText("%");
});

test("a long run tells how far it is, is cancelled and goes on", async ({ page }) => {
  const found = await companies(page.request, 1000, 400);
  const name = `Lång ${Date.now()}`;
  const started = await page.request.post("/api/enrichment/run", {
    data: { orgnrs: numbers(found), name, force: true },
  });
  const { run_id: id } = await started.json();
  try {
    await page.goto("/ai/runs");
    const row = page
      .getByRole("table", { name: "Körningar" })
      .getByRole("row")
      .filter({ has: page.getByRole("link", { name }) });
    await expect(row.getByText("Pågår")).toBeVisible();
    const bar = row.getByRole("progressbar");
    // The page asks again by itself.
    const before = Number(await bar.getAttribute("aria-valuenow"));
    await expect
      .poll(async () => Number(await bar.getAttribute("aria-valuenow")), { timeout: 40_000 })
      .toBeGreaterThan(before);
    await expect(row.getByText(/\d av 1\s600/)).toBeVisible();
    await row.getByRole("link", { name }).click();

    await page.getByRole("button", { name: "Avbryt", exact: true }).click();
    await expect(page.getByText("Körningen avbröts")).toBeVisible();
    await expectEnd(page, "Avbruten");
    await page.getByRole("combobox", { name: "Läge" }).selectOption({ label: "Avbruten" });
    await expect(
      page.getByRole("table", { name: "Företag" }).getByText("Avbruten", { exact: true }).first(),
    ).toBeVisible();
    // Cancelling can be taken back from its message, and later from the page.
    await page.getByRole("button", { name: /Ångra/ }).click();
    await expect(page.getByText("Pågår", { exact: true }).first()).toBeVisible();
    await page.getByRole("button", { name: "Avbryt", exact: true }).click();
    await expectEnd(page, "Avbruten");
    await page.getByRole("button", { name: "Fortsätt" }).click();
    await expect(page.getByText("Körningen fortsätter")).toBeVisible();
    await expect(page.getByRole("button", { name: "Avbryt", exact: true })).toBeVisible();
  } finally {
    await page.request.post(`/api/runs/${id}/cancel`);
  }
});

test("a run that is not there is told, with a way back", async ({ page }) => {
  await page.goto("/ai/runs/00000000-0000-4000-8000-00000000dead");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("link", { name: "Alla körningar" })).toBeVisible();
});

test("a template is made from the built-in one, mended where it is faulty, and used by a run", async ({
  page,
}) => {
  await page.goto("/ai/runs");
  await page.getByRole("link", { name: "Mallar" }).click();
  const templates = page.getByRole("table", { name: "Mallar" });
  await expect(page.getByRole("link", { name: "Körningar", exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await templates.getByRole("link", { name: "Förvärv", exact: true }).click();
  await expect(page.getByText("Den inbyggda mallen går inte att ändra")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Namn", exact: true })).not.toBeEditable();
  await page.getByRole("link", { name: "Duplicera" }).click();

  const name = `Nischbolag ${Date.now()}`;
  await page.getByRole("textbox", { name: "Namn", exact: true }).fill(name);
  const profitability = page.getByRole("region", { name: "Lönsamhet" });
  await expect(profitability.getByText("30 % av passformen")).toBeVisible();
  await profitability.getByRole("textbox", { name: "Vikt" }).fill("mycket");
  await profitability.getByRole("textbox", { name: "Ger 100 vid: Rörelsemarginal" }).fill("0");
  await page.getByRole("button", { name: "Lägg till ett kriterium" }).click();
  await page.getByRole("button", { name: "Spara", exact: true }).click();

  // Every fault stands at its field, and the first one has the focus.
  await expect(page.getByRole("alert")).toHaveText("6 ställen behöver rättas");
  const weight = profitability.getByRole("textbox", { name: "Vikt" });
  await expect(weight).toBeFocused();
  await expect(weight).toHaveAccessibleDescription(/Ett tal från 0 till/);
  await expect(
    profitability.getByRole("textbox", { name: "Ger 100 vid: Rörelsemarginal" }),
  ).toHaveAccessibleDescription("Måste skilja sig från det andra värdet");
  await weight.fill("4,5");
  await profitability.getByRole("textbox", { name: "Ger 100 vid: Rörelsemarginal" }).fill("17,5");
  const added = page.getByRole("region", { name: "Kriterium 7" });
  await added.getByRole("textbox", { name: "Kriteriets namn" }).fill("Storlek");
  const size = page.getByRole("region", { name: "Storlek" });
  await size.getByRole("combobox", { name: /Nyckeltal/ }).selectOption({ label: "Nettoomsättning" });
  await size.getByRole("textbox", { name: "Ger 0 vid: Nettoomsättning" }).fill("10 000");
  await size.getByRole("textbox", { name: "Ger 100 vid: Nettoomsättning" }).fill("100 000");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.getByText("Mallen sparades")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText(/^Version 1 · /)).toBeVisible();
  await expect(size.getByRole("textbox", { name: "Ger 100 vid: Nettoomsättning" })).toHaveValue("100000");

  await page.getByRole("link", { name: "Analysera med den" }).click();
  await expect(page.getByRole("combobox", { name: "Mall" }).locator("option:checked")).toHaveText(
    `${name} · Version 1`,
  );
  const found = await companies(page.request, 130, 2);
  const made = await page.request.post("/api/lists", { data: { name, orgnrs: numbers(found) } });
  await page.reload();
  await page.getByRole("combobox", { name: "Välj en lista" }).selectOption((await made.json()).id);
  await page.getByRole("button", { name: "Starta" }).click();
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(`^${name} `) })).toBeVisible();
  await expectEnd(page, "Klar");
  await companyRow(page, found[0])
    .getByRole("button", { name: /Styrkor|Svagheter|Risker|Ingen regel/ })
    .click();
  await expect(page.getByRole("link", { name: `${name}, Version 1`, includeHidden: true })).toBeVisible();
  // The template's own criterion stands with its name and its figure.
  await expect(page.getByRole("dialog").getByRole("listitem").filter({ hasText: "Storlek" })).toContainText(
    /Nettoomsättning.+tkr/,
  );
});

test("what is not saved of a template is asked about, and somebody else's version is not written over", async ({
  page,
}) => {
  const { items } = await (await page.request.get("/api/analysis/templates")).json();
  const name = `Delad ${Date.now()}`;
  const made = await page.request.post("/api/analysis/templates", {
    data: { name, template: items[0].template },
  });
  const { id } = await made.json();
  await page.goto(`/ai/templates/${id}`);
  const weight = page.getByRole("region", { name: "Tillväxt" }).getByRole("textbox", { name: "Vikt" });
  await weight.fill("9");
  await page.getByRole("link", { name: "Alla mallar" }).click();
  const asked = page.getByRole("dialog", { name: "Lämna utan att spara?" });
  await asked.getByRole("button", { name: "Avbryt" }).click();
  await expect(weight).toHaveValue("9");

  const other = await page.request.put(`/api/analysis/templates/${id}`, {
    data: { name: `${name} annan`, template: items[0].template, version: 1 },
  });
  expect(other.ok()).toBe(true);
  await page.getByRole("button", { name: "Spara version 2" }).click();
  const told = page.getByRole("alert").filter({ hasText: "Någon sparade version 2 medan du skrev" });
  await expect(told).toBeVisible();
  await told.getByRole("button", { name: "Spara version 3" }).click();
  await expect(page.getByText("Version 3 sparades")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Version" })).toHaveValue("3");

  await weight.fill("8");
  await page.getByRole("button", { name: "Släng ändringarna" }).click();
  await expect(weight).toHaveValue("9");
  await weight.fill("7");
  await page.getByRole("link", { name: "Alla mallar" }).click();
  await asked.getByRole("button", { name: "Lämna" }).click();
  const row = page.getByRole("table", { name: "Mallar" }).getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Tillväxt 9");
  await expect(row.getByRole("cell", { name: "3", exact: true })).toBeVisible();
  // The rules that hold whatever the template stand below.
  await expect(page.getByRole("table", { name: "Regler" }).getByText("Bolaget är i konkurs")).toBeVisible();
});

test("an earlier version of a template stays readable, and a deleted template is brought back", async ({
  page,
}) => {
  const { items } = await (await page.request.get("/api/analysis/templates")).json();
  const name = `Förr ${Date.now()}`;
  const body = (now: string) => ({ name: now, template: items[0].template });
  const made = await page.request.post("/api/analysis/templates", { data: body(name) });
  const { id } = await made.json();
  const [company] = await companies(page.request, 140, 1);
  const run = await page.request.post("/api/analysis/start", {
    data: { orgnrs: [company?.orgnr], template_id: id },
  });
  await page.request.put(`/api/analysis/templates/${id}`, { data: body(`${name} ny`) });

  // A run leads to the version that it was made with.
  await page.goto(`/ai/runs/${(await run.json()).run_id}`);
  await page.getByRole("link", { name: `${name}, Version 1` }).click();
  await expect(page).toHaveURL(/version=1$/);
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  await expect(page.getByText("Mallen är nu i version 2")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Namn", exact: true })).not.toBeEditable();
  await page.getByRole("combobox", { name: "Version" }).selectOption({ label: "Version 2" });
  await expect(page.getByRole("textbox", { name: "Namn", exact: true })).toHaveValue(`${name} ny`);
  await expect(page.getByRole("textbox", { name: "Namn", exact: true })).toBeEditable();

  await page.getByRole("link", { name: "Alla mallar" }).click();
  const row = page.getByRole("table", { name: "Mallar" }).getByRole("row").filter({ hasText: name });
  const remove = async () => {
    await row.getByRole("button", { name: `Åtgärder för ${name} ny` }).click();
    await page.getByRole("menuitem", { name: "Ta bort" }).click();
    await expect(row).toHaveCount(0);
  };
  await remove();
  await page.getByRole("button", { name: /Ångra/ }).click();
  await expect(row).toBeVisible();
  await remove();
  // Whoever still has its address can read it, and bring it back.
  await page.goto(`/ai/templates/${id}`);
  await expect(page.getByText("Mallen är borttagen")).toBeVisible();
  await page.getByRole("button", { name: "Återställ" }).click();
  await expect(page.getByText("Mallen är borttagen")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Namn", exact: true })).toBeEditable();
});

test("the best of an analysis go to a list and into a workbook", async ({ page, request }) => {
  const found = await companies(request, 420, 5);
  await startAnalysis(page, found);
  const rows = page.getByRole("table", { name: "Företag" }).getByRole("row");
  const best: string[] = [];
  for (const place of [1, 2]) best.push(await rows.nth(place).getByRole("link").innerText());
  const open = async () => {
    await page.getByRole("button", { name: "De bästa…" }).click();
    const dialog = page.getByRole("dialog", { name: "De bästa…" });
    await dialog.getByRole("textbox", { name: "Antal" }).fill("2");
    return dialog;
  };
  let dialog = await open();
  await dialog.getByRole("textbox", { name: "Antal" }).fill("0");
  await expect(dialog.getByRole("button", { name: "Excel" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Antal" }).fill("2");
  const saved = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Excel" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^De 2 bästa \d{4}-\d{2}-\d{2}\.xlsx$/);
  dialog = await open();
  await dialog.getByRole("button", { name: /lista/i }).click();
  // The list's window names whom it is about.
  const list = page.getByRole("dialog");
  for (const name of best) await expect(list).toContainText(name.slice(0, 20));
});
