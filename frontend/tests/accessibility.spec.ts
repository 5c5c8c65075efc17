import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { openLargestCompany, openUniverse, withoutStream } from "./screen";

/** The numbers of the largest companies. */
async function largest(page: Page, count: number): Promise<string[]> {
  const answer = await page.request.post("/api/universe/query", { data: { limit: count, columns: [] } });
  return (await answer.json()).rows.map((row: { orgnr: string }) => row.orgnr);
}

/** A list with a few companies, opened. */
async function openList(page: Page): Promise<void> {
  const orgnrs = await largest(page, 5);
  const made = await page.request.post("/api/lists", { data: { name: "Tillgänglighet", orgnrs } });
  await page.goto(`/lists/${(await made.json()).id}`);
  await page.getByRole("grid").waitFor();
}

/** A run over a few companies that has ended, opened. */
async function openRun(page: Page, kind: "analysis" | "enrichment"): Promise<void> {
  const orgnrs = await largest(page, 3);
  const started = await page.request.post(
    kind === "analysis" ? "/api/analysis/start" : "/api/enrichment/run",
    { data: { orgnrs, ...(kind === "enrichment" && { kinds: ["homepage"] }) } },
  );
  await page.goto(`/ai/runs/${(await started.json()).run_id}`);
  await page.getByRole("table", { name: "Företag" }).waitFor();
  await expect(page.getByText(/^Klar/).first()).toBeVisible({ timeout: 30_000 });
}

/** `isLive`: the page keeps a connection open or asks again and again, so the network is never quiet. */
const PAGES: readonly { name: string; isLive?: boolean; open: (page: Page) => Promise<unknown> }[] = [
  { name: "home", open: (page) => page.goto("/") },
  { name: "universe", open: (page) => openUniverse(page, "?f=revenue%20%3E%3D%201m") },
  { name: "scatter", open: (page) => page.goto("/universe?view=scatter") },
  { name: "funnel", open: (page) => page.goto("/universe?view=funnel&f=revenue%20%3E%3D%201m") },
  {
    name: "a screen with groups and selected rows",
    open: async (page) => {
      await openUniverse(
        page,
        "?f=revenue%20%3E%3D%2020m%20and%20(sni%20in%2062%20or%20not%20employees%20%3E%2050)",
      );
      await page.keyboard.press("x");
      await page.keyboard.press("Space");
      await page.getByRole("complementary", { name: "Förhandsvisning" }).waitFor();
    },
  },
  {
    name: "look-alikes",
    open: async (page) => {
      const grid = await openUniverse(page);
      await page.keyboard.press("x");
      await page
        .getByRole("region", { name: "Valda företag" })
        .getByRole("button", { name: "Liknande" })
        .click();
      await page.getByRole("table", { name: "Liknande företag" }).waitFor();
      await grid.waitFor({ state: "detached" });
    },
  },
  { name: "snapshots", open: (page) => page.goto("/universe?view=snapshots&f=revenue%20%3E%3D%201m") },
  {
    name: "company with a figure's origin",
    open: async (page) => {
      await openLargestCompany(page);
      await page
        .getByRole("button", { name: /Visa var den kommer ifrån/ })
        .first()
        .click();
    },
  },
  {
    name: "a company on one page",
    open: async (page) => {
      const orgnr = await openLargestCompany(page);
      await page.goto(`/company/${orgnr}/sheet`);
      await page.getByRole("article").getByRole("table").first().waitFor();
    },
  },
  { name: "lists", open: (page) => page.goto("/lists") },
  { name: "labels", open: (page) => page.goto("/lists?tab=labels") },
  {
    name: "a list with its dialog",
    open: async (page) => {
      await openList(page);
      await page.getByRole("button", { name: "Lägg till företag" }).first().click();
    },
  },
  { name: "a list", open: (page) => openList(page) },
  {
    name: "a comparison",
    open: async (page) => {
      const orgnrs = await largest(page, 3);
      await page.goto(`/compare?orgnrs=${orgnrs.join(",")}`);
    },
  },
  { name: "exclusions", open: (page) => page.goto("/admin?tab=exclusions") },
  {
    name: "system health",
    open: async (page) => {
      await page.goto("/admin?tab=health");
      await page.getByRole("table").last().waitFor();
    },
  },
  { name: "runs", isLive: true, open: (page) => page.goto("/ai/runs") },
  { name: "a new run", open: (page) => page.goto("/ai/runs/new?filter=revenue%20%3E%3D%20500m") },
  { name: "templates", open: (page) => page.goto("/ai/templates") },
  {
    name: "a faulty template",
    open: async (page) => {
      await page.goto("/ai/templates/new?from=built-in");
      await page.getByRole("textbox", { name: "Vikt" }).first().fill("mycket");
      await page.getByRole("button", { name: "Spara", exact: true }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "a built-in template", open: (page) => page.goto("/ai/templates/built-in") },
  {
    name: "what an analysis found",
    open: async (page) => {
      await openRun(page, "analysis");
      await page.getByTitle("Visa vad som hittades").first().click();
      await page.getByRole("dialog").getByRole("button", { name: "Godkänn" }).waitFor();
    },
  },
  { name: "an analysis", open: (page) => openRun(page, "analysis") },
  { name: "an enrichment", isLive: true, open: (page) => openRun(page, "enrichment") },
  {
    name: "a run's dialog",
    open: async (page) => {
      await openUniverse(page);
      await page.keyboard.press("r");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "queues",
    isLive: true,
    open: async (page) => {
      await page.goto("/admin?tab=queues");
      await page.getByRole("table", { name: "Köer" }).waitFor();
    },
  },
  {
    name: "a job",
    isLive: true,
    open: async (page) => {
      const sent = await page.request.post("/api/jobs/probe");
      await page.goto(`/admin?tab=queues&job=${(await sent.json()).job_id}`);
      await page.getByRole("dialog").getByText("run_probe").waitFor();
    },
  },
  { name: "webhooks", open: (page) => page.goto("/admin?tab=webhooks") },
  { name: "people", open: (page) => page.goto("/admin?tab=users") },
  { name: "API tokens", open: (page) => page.goto("/admin?tab=tokens") },
  { name: "audit log", open: (page) => page.goto("/admin?tab=audit") },
  {
    name: "notifications",
    open: async (page) => {
      await page.goto("/");
      await page.getByRole("button", { name: /^Notiser/ }).click();
    },
  },
  {
    name: "a new session",
    open: async (page) => {
      await page.goto("/sources");
      await page.getByRole("button", { name: "Ny hämtning" }).click();
      await page.getByRole("dialog").getByRole("combobox").waitFor();
    },
  },
  {
    name: "an import of a pipeline",
    open: async (page) => {
      await page.goto("/prospects");
      await page.getByRole("button", { name: "Mer" }).click();
      await page.getByRole("menuitem", { name: "Importera från en fil…" }).click();
    },
  },
  { name: "sources", open: (page) => page.goto("/sources") },
  { name: "exports", open: (page) => page.goto("/exports") },
  { name: "settings", open: (page) => page.goto("/settings") },
  { name: "not found", open: (page) => page.goto("/nowhere") },
];

const LOOKS = [
  { locale: "sv", colorScheme: "light", width: 1440 },
  { locale: "sv", colorScheme: "dark", width: 390 },
  { locale: "en", colorScheme: "dark", width: 1440 },
  { locale: "en", colorScheme: "light", width: 390 },
] as const;

/** Every page in both languages, themes and widths: each pair of them is looked at. Any violation counts, however small. */
for (const { name, isLive, open } of PAGES) {
  test(`${name} has no fault in either language, theme and width`, async ({ page }) => {
    await withoutStream(page);
    await open(page);
    if (isLive) await page.locator(".skeleton").first().waitFor({ state: "detached" });
    else await page.waitForLoadState("networkidle");
    const found: string[] = [];
    for (const { locale, colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await page.evaluate((next) => {
        const key = "lode.preferences";
        const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
        localStorage.setItem(key, JSON.stringify({ ...kept, locale: next }));
        window.dispatchEvent(new StorageEvent("storage", { key }));
      }, locale);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      for (const { id, nodes } of violations) {
        const where = nodes.map((node) => node.html.slice(0, 200)).join(" | ");
        found.push(`${locale} ${colorScheme} ${width}: ${id}: ${where}`);
      }
    }
    expect(found).toEqual([]);
  });
}
