import { execFileSync } from "node:child_process";
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

async function modelIsReady(request: APIRequestContext): Promise<void> {
  await expect
    .poll(async () => (await (await request.get("/api/models")).json()).items[0]?.is_ready, {
      timeout: 40_000,
    })
    .toBe(true);
}

/** A run over the companies at its end, open on the page. */
async function analysed(page: Page, found: readonly Company[]): Promise<string> {
  await modelIsReady(page.request);
  const started = await page.request.post("/api/analysis/start", {
    data: { orgnrs: found.map((one) => one.orgnr), provider: "default", template_key: "full" },
  });
  const { run_id: id } = await started.json();
  await page.goto(`/ai/runs/${id}`);
  await expect(page.getByRole("main").getByText("Klar", { exact: true }).first()).toBeVisible({
    timeout: 40_000,
  });
  return id;
}

test("a result is edited by keyboard, stands as a person's with its history, is taken back, approved and screened", async ({
  page,
}) => {
  const found = await companies(page.request, 550, 1);
  const id = await analysed(page, found);
  await page.getByRole("button", { name: "Granska" }).click();
  const review = page.getByRole("dialog", { name: found[0]?.name });
  const checked = review.getByRole("region", { name: "Kontrollerade meningar" });
  await expect(checked).toBeVisible();
  await page.keyboard.press("e");
  const form = review.getByRole("form", { name: "Ändra" });
  const first = form.getByRole("textbox", { name: /, mening 1$/ }).first();
  const before = await first.inputValue();
  // Letters of a sentence are no decisions.
  await first.fill("");
  await first.pressSequentially("Ett eget ord om bolaget, av mig.");
  await form.getByRole("combobox", { name: "Rekommendation" }).selectOption({ label: "Gå vidare" });
  await form.getByRole("checkbox", { name: "Automatisering" }).check();
  await expect(form.getByText(/ändring/)).toBeVisible();
  // What is being written is not lost by a slip of a key.
  await page.keyboard.press("Escape");
  await expect(form).toBeVisible();
  await form.getByRole("button", { name: "Spara" }).click();
  await expect(page.getByText("Rapporten ändrades")).toBeVisible();
  const people = review.getByRole("region", { name: "Skrivet av personer, inte kontrollerat" });
  await expect(people).toContainText("Ett eget ord om bolaget, av mig.");
  await expect(people).toContainText(`I stället för: ${before}`);
  await expect(people).toContainText("Automatisering");
  await expect(checked).not.toContainText("Ett eget ord");

  // The history tells what stood there, and brings it back.
  await review.getByText("Vad personer har ändrat").click();
  const history = review.getByRole("list", { name: "Vad personer har ändrat" });
  await expect(history.getByRole("deletion").filter({ hasText: before })).toBeVisible();
  await history.getByRole("button", { name: "Tillbaka till version 1" }).click();
  await expect(people).toHaveCount(0);
  await expect(checked).toContainText(before);

  // What is approved can be screened by; taking it back takes it away.
  const screened = async () => {
    const answer = await page.request.post("/api/universe/query", {
      data: {
        text: `analysed_on is not null and orgnr = ${found[0]?.orgnr}`,
        columns: ["fit_score"],
        limit: 5,
      },
    });
    return (await answer.json()).rows?.length;
  };
  await page.keyboard.press("a");
  await expect(review.getByText("Godkänd")).toBeVisible();
  await expect.poll(screened, { timeout: 20_000 }).toBe(1);
  await page.keyboard.press("u");
  await expect(review.getByRole("button", { name: "Godkänn" })).toBeVisible();
  await expect.poll(screened, { timeout: 20_000 }).toBe(0);
  await page.keyboard.press("Escape");
  await expect(review).toHaveCount(0);
  expect(id).not.toBe("");
});

test("a quote is opened in the text of its page, marked and in view", async ({ page }) => {
  const found = await companies(page.request, 560, 1);
  await modelIsReady(page.request);
  const id = await analysed(page, found);
  const sha256 = "ab".repeat(32);
  const quote = "Vi har levererat svetsade konstruktioner sedan 1978.";
  const text = `${"Första stycket.\n".repeat(200)}${quote}\n${"Sista stycket.\n".repeat(200)}`;
  // The demonstration's companies have no websites, so one sentence of the answer is given a page to rest on.
  await page.route(`**/api/runs/${id}/companies?*`, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const cite = {
      kind: "passage",
      id: "P1.1",
      quote,
      url: "https://verkstaden.test/om-oss",
      sha256,
      fetched_at: "2026-01-02T03:04:05Z",
    };
    body.items[0].result.report.sections.unshift({
      section: "business_model",
      facts: [{ text: "Bolaget gör svetsade konstruktioner.", cites: [cite] }],
    });
    await route.fulfill({ response: answer, json: body });
  });
  await page.route(`**/api/pages/${sha256}`, (route) =>
    route.fulfill({ body: text, contentType: "text/plain; charset=utf-8" }),
  );
  await page.reload();
  await page.getByRole("button", { name: "Granska" }).click();
  const review = page.getByRole("dialog", { name: found[0]?.name });
  const source = review.getByRole("button", { name: "Sidan verkstaden.test" });
  await source.click();
  const evidence = page.getByRole("dialog", { name: "Vad det vilar på" });
  await expect(evidence.getByRole("blockquote")).toContainText(quote);
  await expect(evidence.getByRole("link", { name: /verkstaden\.test\/om-oss/ })).toHaveAttribute(
    "href",
    "https://verkstaden.test/om-oss",
  );
  const mark = evidence.getByRole("region").locator("mark");
  await expect(mark).toHaveText(quote);
  await expect(mark).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(evidence).toHaveCount(0);
  await expect(source).toBeFocused();
});

test("a template that asks a model becomes the default once a model was evaluated with it, not by rules", async ({
  page,
}) => {
  test.skip(!process.env.LODE_EVAL, "skipped: LODE_EVAL is not set; scripts/test-browser sets it");
  test.setTimeout(180_000);
  await modelIsReady(page.request);
  const { shipped } = await (await page.request.get("/api/analysis/templates")).json();
  const full = shipped.find((one: { key: string }) => one.key === "full");
  const name = `Standard ${Date.now()}`;
  const made = await page.request.post("/api/analysis/templates", {
    data: { name, template: full.template },
  });
  const { id } = await made.json();
  const evaluate = (provider: string) => {
    const [command, ...words] = (process.env.LODE_EVAL ?? "").split(" ");
    execFileSync(command ?? "", [...words, "--template", id, "--provider", provider, "--json"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  };
  evaluate("rules");
  await page.goto("/ai/templates");
  const table = page.getByRole("table", { name: "Utvärderingar" });
  const rows = table.getByRole("row").filter({ hasText: name });
  await expect(rows).toHaveCount(1);
  await expect(rows.getByRole("button", { name: "Gör till standard" })).toHaveCount(0);
  const refused = await page.request.put(`/api/analysis/templates/${id}/default`, {
    data: { set: "fictitious-companies" },
  });
  expect(refused.status()).toBe(409);

  evaluate("default");
  try {
    await page.reload();
    await expect(rows).toHaveCount(2);
    const byModel = rows.filter({ hasText: "default/provmodell" });
    await byModel.getByRole("button", { name: "Gör till standard" }).click();
    await expect(byModel.getByText("Standard", { exact: true })).toBeVisible();
    await page.reload();
    await expect(byModel.getByText("Standard", { exact: true })).toBeVisible();
  } finally {
    // Runs that name no template are the other tests' too.
    await page.request.delete(`/api/analysis/templates/${id}`);
  }
});
