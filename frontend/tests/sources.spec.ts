import { expect, test } from "@playwright/test";

test("a table is uploaded to be tried, and the report names what is wrong with it and where", async ({
  page,
}) => {
  await page.goto("/sources");
  const form = page.getByRole("region", { name: "Importera filer" });
  await form.getByRole("combobox", { name: "Vad filerna innehåller" }).selectOption("accounts");
  const name = `bokslut-${Date.now()}.csv`;
  const rows = [
    "Org.nr;Bokslut;Nettoomsättning (tkr)",
    "559017-9924;2024-12-31;1 250",
    "5561-12;2024-12-31;700",
    "556016-0680;2024-12-31;1,234",
  ];
  await form.getByLabel("Filer", { exact: true }).setInputFiles({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(rows.join("\n")),
  });
  await form.getByRole("checkbox", { name: "Räkna bara vad som skulle hända" }).check();
  await form.getByRole("button", { name: "Ladda upp och importera" }).click();
  await form.getByRole("link", { name: "Visa rapporten" }).click({ timeout: 30_000 });

  await expect(page.getByRole("heading", { level: 1, name: "Import: Räkenskaper" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Rapport" })).toContainText(name);
  const rejected = page.getByRole("table", { name: "Avvisade rader" });
  await expect(rejected.getByRole("row")).toHaveCount(3);
  await expect(rejected.getByRole("row").filter({ hasText: "line 3" })).toContainText(name);
  const ambiguous = rejected.getByRole("row").filter({ hasText: "line 4" });
  await expect(ambiguous).toContainText("two ways");
  await expect(ambiguous).toContainText("@decimal");
});
