import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { openUniverse } from "./screen";
import { type Cell, openWorkbook } from "./workbook";

test.use({ locale: "sv-SE" });

/** What the table shows: its headings, and the texts of the rows that are drawn, by heading. */
async function shownRows(page: Page): Promise<{ headings: string[]; rows: string[][] }> {
  return page.getByRole("grid").evaluate((grid) => {
    const text = (cell: Element) => (cell.textContent ?? "").replaceAll("\u00a0", " ").trim();
    const [head, ...rows] = [...grid.querySelectorAll('[role="row"]')];
    return {
      headings: [...(head?.querySelectorAll('[role="columnheader"]') ?? [])].map(text),
      rows: rows.map((row) => [...row.querySelectorAll('[role="gridcell"],[role="rowheader"]')].map(text)),
    };
  });
}

const day = (serial: Cell) =>
  new Date(Date.UTC(1899, 11, 30) + Number(serial) * 86_400_000).toISOString().slice(0, 10);
const number = (value: number, digits: number) =>
  new Intl.NumberFormat("sv-SE", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .format(value)
    .replaceAll("\u00a0", " ")
    .replace("-", "\u2212");

/** How the screen writes what a cell holds; the screen shows amounts in tkr. */
const WRITTEN: Record<string, (cell: Cell) => string> = {
  Kommun: String,
  "Nettoomsättning tkr": (cell) => number(Number(cell) / 1_000, 0),
  Rörelsemarginal: (cell) => `${number(Number(cell) * 100, 1)} %`,
  Anställda: (cell) =>
    new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 1 })
      .format(Number(cell))
      .replaceAll("\u00a0", " "),
  Bokslutsdatum: day,
};

test("a workbook is the screen, cell by cell, with names, notes, labels, filing date and a link", async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem("lode.unit", "tkr"));
  const columns = "municipality,revenue,ebit_margin,employees,period_end";
  const grid = await openUniverse(page, `?f=revenue%20%3E%20300m&sort=-revenue&cols=${columns}`);
  const orgnr = /company\/(\d{10})/.exec(
    (await grid.locator('[aria-rowindex="2"] a').getAttribute("href")) ?? "",
  )?.[1];
  const note = `Ring i maj ${Date.now()}`;
  await page.request.post(`/api/companies/${orgnr}/notes`, { data: { body: note, scope: "team" } });
  const label = await (
    await page.request.post("/api/labels", { data: { name: `Etikett ${Date.now()}`, scope: "team" } })
  ).json();
  await page.request.post(`/api/labels/${label.id}/items`, { data: { orgnrs: [orgnr] } });

  await page.getByRole("button", { name: "Exportera" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Excel" }).first().click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^lode-screen-\d{4}-\d\d-\d\d\.xlsx$/);
  const workbook = openWorkbook(await readFile(await download.path()));
  expect([...workbook.keys()]).toEqual(["Lode", "Om filen"]);
  const sheet = workbook.get("Lode");
  const [headings = [], ...rows] = sheet?.rows ?? [];
  const place = (heading: string) => {
    const found = headings.findIndex(
      (cell) => cell === heading || String(cell).startsWith(`${heading} (kr)`),
    );
    expect(found, heading).toBeGreaterThanOrEqual(0);
    return found;
  };
  const shown = await shownRows(page);
  let compared = 0;
  for (const [index, row] of shown.rows.entries()) {
    const company = row[shown.headings.findIndex((heading) => heading.startsWith("Företag"))] ?? "";
    const written = rows[index] ?? [];
    expect(company.startsWith(String(written[place("Namn")])), `${company}: ${written}`).toBe(true);
    for (const [at, heading] of shown.headings.entries()) {
      const write = WRITTEN[heading];
      if (!write) continue;
      const cell = written[place(heading.replace(/ tkr$/, ""))];
      expect(cell === undefined ? "–" : write(cell), `${company}: ${heading}`).toBe(row[at]);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(5 * 10);
  const first = rows[0] ?? [];
  expect(first[place("Etiketter")]).toContain(label.name);
  expect(first[place("Senaste anteckning")]).toBe(note);
  expect(first[place("Länk")]).toBe(`${new URL(page.url()).origin}/company/${orgnr}`);
  place("Inkommen");
  // The header stays, every column can be filtered, a page is as wide as the table.
  expect(sheet?.xml).toContain('ySplit="1"');
  expect(sheet?.xml).toContain("<autoFilter ");
  expect(sheet?.xml).toMatch(/<pageSetup [^>]*fitToHeight="0"[^>]*orientation="landscape"/);
  const about = workbook.get("Om filen")?.rows.map((row) => row.join(": ")) ?? [];
  expect(about).toContain("Urval: Nettoomsättning över 300 mkr");
});

test("a chip says the bound that the filter has", async ({ page }) => {
  for (const [text, words] of [
    ["revenue > 5m", "Nettoomsättning > 5 mkr"],
    ["revenue >= 5m", "Nettoomsättning ≥ 5 mkr"],
    ["revenue < 5m", "Nettoomsättning < 5 mkr"],
    ["revenue >= 5000002", "Nettoomsättning ≥ 5 000 002 kr"],
    ["5m < revenue <= 10m", "Nettoomsättning > 5 mkr, ≤ 10 mkr"],
  ] as const) {
    await openUniverse(page, `?f=${encodeURIComponent(text)}`);
    const chip = page.getByRole("button", { name: /^Ändra filtret/ });
    await expect(chip).toHaveCount(1);
    const name = (await chip.getAttribute("aria-label")) ?? (await chip.innerText());
    expect(name.replace(/\s+/g, " ")).toContain(words);
  }
});
