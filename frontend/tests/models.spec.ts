import { type APIRequestContext, expect, type Page, test } from "@playwright/test";

// The server of these tests has the model that scripts/model-server.mjs plays: it writes true sentences and inventions beside them.

type Company = { orgnr: string; name: string };

/** Companies by revenue, from the place on; every test takes its own. */
async function companies(request: APIRequestContext, place: number, count: number): Promise<Company[]> {
  const answer = await request.post("/api/universe/query", {
    data: { limit: count, offset: place, columns: [], sort: { by: "revenue", dir: "desc" } },
  });
  return (await answer.json()).rows;
}

/** Waits until a worker has asked the model what it can do. */
async function modelIsReady(request: APIRequestContext): Promise<void> {
  await expect
    .poll(async () => (await (await request.get("/api/models")).json()).items[0]?.is_ready, {
      timeout: 40_000,
    })
    .toBe(true);
}

async function startWithModel(page: Page, found: readonly Company[], more: object = {}): Promise<string> {
  await modelIsReady(page.request);
  const started = await page.request.post("/api/analysis/start", {
    data: { orgnrs: found.map((one) => one.orgnr), provider: "default", template_key: "full", ...more },
  });
  const { run_id: id } = await started.json();
  await page.goto(`/ai/runs/${id}`);
  return id;
}

const ended = (page: Page, words: string) =>
  expect(page.getByRole("main").getByText(words, { exact: true }).first()).toBeVisible({ timeout: 40_000 });

test("a model is chosen, its cost estimated, its question previewed and its answer read with what it rests on", async ({
  page,
}) => {
  const found = await companies(page.request, 500, 2);
  await modelIsReady(page.request);
  const list = await page.request.post("/api/lists", {
    data: { name: `Modellista ${Date.now()}`, orgnrs: found.map((one) => one.orgnr) },
  });
  await page.goto(`/ai/runs/new?kind=analysis&list=${(await list.json()).id}`);
  // Rules write until somebody chooses otherwise.
  await expect(page.getByRole("radio", { name: "Regler" })).toBeChecked();
  await expect(page.getByText(/^Regler jämför siffrorna/)).toBeVisible();
  await page.getByRole("radio", { name: "provmodell" }).click();
  await expect(page.getByRole("combobox", { name: "Mall" })).toHaveValue("key:full");
  await expect(page.getByText(/^2 anrop till provmodell, ungefär [\d\s]+ tokens in/)).toBeVisible();
  await expect(page.getByText(/troligen 0,\d+\sUSD, högst 0,\d+\sUSD/)).toBeVisible();
  await expect(page.getByText(/återstår av månadens gräns/)).toBeVisible();
  const budget = page.getByRole("textbox", { name: "Körningen får kosta högst (USD)" });
  await budget.fill("mycket");
  await expect(page.getByText("Ett belopp från 0 väntas")).toBeVisible();
  await expect(page.getByRole("button", { name: "Starta" })).toBeDisabled();
  await budget.fill("1,5");

  await page.getByRole("button", { name: "Förhandsvisa på ett företag" }).click();
  const preview = page.getByRole("dialog", { name: "Förhandsvisa på ett företag" });
  await preview.getByRole("combobox", { name: "Företag" }).fill(found[0]?.name ?? "");
  await preview.getByRole("option").filter({ hasText: found[0]?.name }).first().click();
  await expect(preview.getByRole("table", { name: "Fakta" }).getByText("F1", { exact: true })).toBeVisible();
  await preview.getByRole("radio", { name: "Fråga", exact: true }).click();
  await expect(preview.getByRole("region", { name: "Frågans regler" })).toContainText("You may state only");
  await preview.getByRole("radio", { name: "Schema" }).click();
  await expect(preview.getByRole("region", { name: "Schema" })).toContainText('"statements"');
  await preview.getByRole("button", { name: "Fråga modellen om företaget" }).click();
  await expect(preview.getByRole("region", { name: "Kontrollerade meningar" })).toBeVisible({
    timeout: 40_000,
  });
  await preview.getByRole("radio", { name: "Råsvar" }).click();
  await expect(preview.getByRole("region", { name: "Anrop 1" })).toContainText("Svarade");
  await expect(preview.getByRole("region", { name: "Råsvar" })).toContainText("störst i Norden");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Starta" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Full analys \d{4}/ })).toBeVisible();
  await ended(page, "Klar");
  await expect(page.getByText(/^0,\d+\sUSD av 1,50\sUSD$/)).toBeVisible();

  await page
    .getByRole("row")
    .filter({ hasText: found[0]?.name })
    .getByRole("button", { name: /\d verifierade/ })
    .click();
  await expect(page).toHaveURL(new RegExp(`company=.*${found[0]?.orgnr}`));
  const review = page.getByRole("dialog", { name: found[0]?.name });
  const checked = review.getByRole("region", { name: "Kontrollerade meningar" });
  const apart = review.getByRole("region", { name: "Inte verifierat: använd inte som fakta" });
  // The invention stands apart, with why; its address is gone.
  await expect(apart).toContainText("Bolaget är störst i Norden.");
  await expect(apart.getByText("Motsägs").first()).toBeVisible();
  await expect(checked).not.toContainText("störst");
  await expect(review).not.toContainText("invented.example");
  await expect(review.getByText("Enligt reglernas poäng, som ingen modell ändrar")).toBeVisible();

  // A sentence opens its figure, which leads to the filing.
  const source = checked.getByRole("button", { name: /^Nettoomsättning \d{4}: / }).first();
  await source.click();
  const evidence = page.getByRole("dialog", { name: "Vad det vilar på" });
  await expect(evidence.getByText("Inlämnad handling")).toBeVisible();
  await expect(evidence.getByRole("link", { name: "Öppna siffran med sin handling" })).toHaveAttribute(
    "href",
    new RegExp(`/company/${found[0]?.orgnr}\\?.*figure=`),
  );
  await page.keyboard.press("Escape");
  await expect(evidence).toHaveCount(0);
  await expect(source).toBeFocused();
  await source.click();
  await evidence.getByRole("link", { name: "Öppna siffran med sin handling" }).click();
  await expect(page.getByRole("complementary", { name: "Var siffran kommer ifrån" })).toContainText(
    "Nettoomsättning",
  );
});

test("a run is reviewed by keyboard alone", async ({ page }) => {
  const found = await companies(page.request, 510, 3);
  await startWithModel(page, found);
  await ended(page, "Klar");
  await page.getByRole("button", { name: "Granska" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("1 av 3")).toBeVisible();
  const first = await dialog.getByRole("heading", { level: 2 }).first().innerText();
  await page.keyboard.press("a");
  await expect(dialog.getByText("2 av 3")).toBeVisible();
  const second = await dialog.getByRole("heading", { level: 2 }).first().innerText();
  await page.keyboard.press("r");
  await expect(dialog.getByText("3 av 3")).toBeVisible();
  await page.keyboard.press("k");
  await expect(dialog.getByText("Avvisad")).toBeVisible();
  await page.keyboard.press("u");
  await expect(dialog.getByRole("button", { name: "Avvisa" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  await expect(row(first).getByText("Godkänd")).toBeVisible();
  await expect(row(second).getByText("Avvisad")).toHaveCount(0);
});

test("a budget stops the run and a higher one lets it go on", async ({ page }) => {
  const found = await companies(page.request, 520, 3);
  await startWithModel(page, found, { budget: 0.000001 });
  await ended(page, "Klar, med fel");
  await expect(page.getByText(/^Budgeten stoppade 3 företag/)).toBeVisible();
  await expect(page.getByText("Skulle ha kostat mer än tillåtet").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Ny budget (USD)" }).fill("2");
  await page.getByRole("button", { name: "Sätt och fortsätt" }).click();
  await ended(page, "Klar");
  await expect(page.getByText(/^0,\d+\sUSD av 2,00\sUSD$/)).toBeVisible();
  await expect(page.getByRole("button", { name: /\d verifierade/ })).toHaveCount(3);
});

test("a template that asks a model is made from a ready-made one and chosen for a run", async ({ page }) => {
  await modelIsReady(page.request);
  await page.goto("/ai/templates");
  await page
    .getByRole("table", { name: "Färdiga för en modell" })
    .getByRole("row")
    .filter({ hasText: "Snabb gallring" })
    .getByRole("link", { name: "Duplicera" })
    .click();
  const name = `Gallring ${Date.now()}`;
  await page.getByRole("textbox", { name: "Namn", exact: true }).fill(name);
  const questions = page.getByRole("region", { name: "Frågor till en modell" });
  await expect(questions.getByRole("checkbox", { name: "Styrkor" })).toBeChecked();
  const tokens = questions.getByRole("textbox", { name: "Svarets tokens som mest" });
  await expect(tokens).toHaveValue("1200");
  await tokens.fill("12");
  await questions.getByRole("textbox", { name: "Med egna ord" }).fill("Se på {fokus} i {company}.");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(tokens).toHaveAccessibleDescription(/200 till 16/);
  await tokens.fill("900");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  // What only the server knows stands at its field too.
  await expect(questions.getByRole("textbox", { name: "Med egna ord" })).toHaveAccessibleDescription(/fokus/);
  // The variable has a field of its own, and with a value the template is complete.
  const focus = questions
    .getByRole("group", { name: "Mallens variabler" })
    .getByRole("textbox", { name: "{fokus}" });
  await focus.fill("risker");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.getByText("Mallen sparades")).toBeVisible();
  await page.reload();
  await expect(tokens).toHaveValue("900");
  await expect(questions.getByRole("textbox", { name: "Med egna ord" })).toHaveValue(
    "Se på {fokus} i {company}.",
  );
  await expect(focus).toHaveValue("risker");
  await page.goto("/ai/runs/new?kind=analysis");
  await page.getByRole("radio", { name: "provmodell" }).click();
  await page.getByRole("combobox", { name: "Mall" }).selectOption({ label: `${name} · Version 1` });
});

test("the administration shows the models, what they can do and the month's spending", async ({ page }) => {
  await modelIsReady(page.request);
  await page.goto("/admin?tab=models");
  const models = page.getByRole("region", { name: "Modeller som skriver" });
  await expect(models.getByText("Svarar", { exact: true })).toBeVisible();
  await expect(models).toContainText("JSON-schema, håller sig till det");
  await expect(models).toContainText("1,00 USD / 2,00 USD");
  await models.getByRole("button", { name: "Fråga igen" }).click();
  await expect(page.getByText("En arbetare frågar default så snart en är ledig")).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "Månadens förbrukning" })).toBeVisible();
});

test("where no model is configured, a plain word says so and rules are called rules", async ({ page }) => {
  // The one answer that is not the server's: that of an installation without a model.
  const month = { spent: 0, limit: 50, run_limit: 10, currency: "USD" };
  await page.route("**/api/models", (route) => route.fulfill({ json: { items: [], month } }));
  await page.route("**/api/admin/models", (route) => route.fulfill({ json: { items: [], month } }));
  await page.goto("/ai/runs/new?kind=analysis");
  await expect(page.getByText(/Ingen modell är inställd, så analyser görs med regler/)).toBeVisible();
  await expect(page.getByRole("radio", { name: "provmodell" })).toHaveCount(0);
  await page.goto("/admin?tab=models");
  await expect(page.getByText("Ingen modell är inställd", { exact: true })).toBeVisible();
  const found = await companies(page.request, 530, 1);
  const started = await page.request.post("/api/analysis/start", {
    data: { orgnrs: found.map((one) => one.orgnr) },
  });
  await page.goto(`/ai/runs/${(await started.json()).run_id}`);
  await ended(page, "Klar");
  await expect(page.getByText("Med regler, utan modell").first()).toBeVisible();
});
