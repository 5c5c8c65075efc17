import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const DIAGNOSIS = "**/api/status/diagnosis";

async function openHealth(page: Page) {
  await page.goto("/admin?tab=health");
  await page.getByRole("list", { name: "Att åtgärda" }).waitFor();
}

/** Changes the server's answer on its way. */
async function answerWith(page: Page, change: (answer: Record<string, unknown>) => void) {
  await page.route(DIAGNOSIS, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    change(body);
    await route.fulfill({ response: answer, json: body });
  });
}

test("each part of the installation is shown with its state, the worst first, with its figures below", async ({
  page,
}) => {
  await openHealth(page);
  const rows = page.getByRole("list", { name: "Att åtgärda" }).getByRole("listitem");
  const levels = await rows.evaluateAll((found) =>
    found.map((row) => row.firstElementChild?.textContent ?? ""),
  );
  const order = ["Nu", "Snart", "Okänt", "OK"];
  const places = levels.map((level) => order.indexOf(level));
  expect(places.length).toBeGreaterThan(10);
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  // The demonstration installation has no backup: what to do is said.
  const backup = rows.filter({ has: page.getByRole("heading", { name: "Säkerhetskopia" }) });
  await expect(backup).toContainText("ingen har någonsin gjorts");
  await expect(backup).toContainText("lode backup --to");
  await expect(page.getByText("Anslutningar till Postgres")).toBeVisible();
  await expect(page.getByRole("table", { name: "Köer" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Arbetsprocesser" })).toBeVisible();
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("findings are told in English where the web app is English", async ({ page }) => {
    await page.goto("/admin?tab=health");
    const list = page.getByRole("list", { name: "What to mend" });
    await expect(list).toContainText("none was ever made");
    await expect(list).not.toContainText("ingen har");
  });
});

test("a server that does not answer is told with a way to ask again", async ({ page }) => {
  let isBroken = true;
  await page.route(DIAGNOSIS, (route) =>
    isBroken
      ? route.fulfill({
          status: 503,
          contentType: "application/problem+json",
          json: { title: "Unavailable", status: 503, detail: "the database does not answer" },
        })
      : route.continue(),
  );
  await page.goto("/admin?tab=health");
  const section = page.getByRole("region", { name: "Att åtgärda" });
  const again = section.getByRole("button", { name: "Försök igen" });
  await expect(again).toBeVisible({ timeout: 30_000 });
  // The parts that answer are there meanwhile.
  await expect(page.getByRole("region", { name: "Inställningar" })).toBeVisible();
  isBroken = false;
  await again.click();
  await expect(section.getByRole("list")).toBeVisible();
});

test("no worker and an installation that is well have words of their own", async ({ page }) => {
  await answerWith(page, (answer) => {
    answer.workers = [];
    answer.failures = 0;
    answer.warnings = 0;
  });
  await openHealth(page);
  await expect(page.getByText("Ingen arbetsprocess är igång")).toBeVisible();
  await expect(page.getByText("Allt är bra")).toBeVisible();
});

for (const [width, scheme] of [
  [1440, "light"],
  [1440, "dark"],
  [390, "light"],
  [390, "dark"],
] as const) {
  test(`system health fits ${width} pixels in ${scheme} and has no accessibility fault`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await answerWith(page, (answer) => {
      const database = answer.database as Record<string, unknown>;
      database.slow_statements = [{ text: "SELECT ".padEnd(100, "x"), calls: 12_345, mean_ms: 2_345.6 }];
      database.dead_rows = [{ table: "company_facts", dead: 50_000, live: 9, cleaned_at: null }];
    });
    await openHealth(page);
    await expect(page.getByRole("table", { name: "Tabeller som väntar på städning" })).toBeVisible();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(found.violations.map((violation) => [violation.id, violation.nodes[0]?.html])).toEqual([]);
  });
}
