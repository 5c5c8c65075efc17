import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { openLargestCompany, openUniverse } from "./screen";

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

const PAGES: readonly { name: string; open: (page: Page) => Promise<unknown> }[] = [
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
  { name: "sources", open: (page) => page.goto("/sources") },
  { name: "exports", open: (page) => page.goto("/exports") },
  { name: "settings", open: (page) => page.goto("/settings") },
  { name: "not found", open: (page) => page.goto("/nowhere") },
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const { name, open } of PAGES) {
      test(`${name} has no serious fault`, async ({ page }) => {
        await open(page);
        await page.waitForLoadState("networkidle");
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
          .analyze();
        const serious = violations
          .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
          .map(
            (violation) =>
              `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
          );
        expect(serious).toEqual([]);
      });
    }
  });
}
