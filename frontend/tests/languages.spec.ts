import { expect, test } from "@playwright/test";
import { firstRow, openUniverse } from "./screen";

test.use({ locale: "en-GB" });

type Label = { sv: string; en: string };
type Field = { key: string; values?: { value: string; label: Label }[] | null };

test("industries, counties and legal forms are in English wherever the server names them", async ({
  request,
}) => {
  const { fields } = (await (await request.get("/api/universe/filters")).json()) as { fields: Field[] };
  const valuesOf = (key: string) => fields.find((field) => field.key === key)?.values ?? [];
  for (const key of ["sni", "sni_all", "county", "legal_form"]) {
    expect(valuesOf(key).length, key).toBeGreaterThan(10);
    for (const { value, label } of valuesOf(key)) {
      expect(label.en, `${key} ${value}`).not.toBe(label.sv);
    }
  }
  // Facets beside the rows, and what is offered while one types, use the same words.
  const keys = ["sni", "county", "legal_form"];
  const answer = await (
    await request.post("/api/universe/query", { data: { limit: 1, columns: [], facets: keys } })
  ).json();
  const facets = answer.facets as Record<string, { value: string | null; label?: Label }[]>;
  expect(Object.keys(facets).sort()).toEqual([...keys].sort());
  for (const [key, entries] of Object.entries(facets)) {
    const known = new Map(valuesOf(key).map(({ value, label }) => [value, label.en]));
    expect(entries.filter(({ label }) => label).length, key).toBeGreaterThan(0);
    for (const { value, label } of entries) {
      if (value !== null && label) expect(label.en, `${key} ${value}`).toBe(known.get(value));
    }
  }
});

test("facets, chips, picker, cells and peers say industries and counties in English", async ({ page }) => {
  const grid = await openUniverse(page, "?f=sni%20in%20F%20and%20county%20in%2012&sort=-revenue");
  await expect(
    page.getByRole("button", { name: /^Change the filter Industry \(SNI\) Construction/ }),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: /^Change the filter County Skåne County/ })).toBeVisible();
  const main = page.getByRole("main");
  for (const swedish of ["Byggverksamhet", "Skåne län", "Byggande av", "Specialiserad bygg"]) {
    await expect(main.getByText(swedish)).toHaveCount(0);
  }
  // The picker finds the English name.
  await page.keyboard.press("f");
  await page.getByRole("combobox").fill("county");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("textbox").fill("Stockholm County");
  await expect(page.getByRole("dialog").getByText("Stockholm County")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  // A company's peers are named by the same industry.
  await firstRow(grid).getByRole("link").click();
  await expect(page.locator("#company-scroll")).toBeVisible();
  for (const swedish of ["Byggande av", "Specialiserad bygg", "Skåne län", "Övrigt aktiebolag"]) {
    await expect(main.getByText(swedish)).toHaveCount(0);
  }
});
