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
  await form.getByRole("button", { name: "Förhandsgranska" }).click();
  await expect(form.getByRole("combobox", { name: "Läs Nettoomsättning (tkr) som" })).toHaveValue("revenue");
  await expect(form.getByRole("combobox", { name: "Enhet för Nettoomsättning (tkr)" })).toHaveValue("tkr");
  const preview = form.getByRole("table", { name: "Första raderna som de läses" });
  await expect(preview.getByRole("row").filter({ hasText: "559017-9924" })).toContainText("1 250 000");
  await expect(preview.getByRole("row").filter({ hasText: "1,234" })).toContainText("två sätt");
  await form.getByRole("button", { name: "Räkna bara vad som skulle hända" }).click();
  await form.getByRole("link", { name: "Visa rapporten" }).click({ timeout: 30_000 });

  await expect(page.getByRole("heading", { level: 1, name: "Import: Räkenskaper" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Rapport" })).toContainText(name);
  // Rows that were left out are no plain success.
  await expect(page.getByRole("main").getByText("2 rader avvisade", { exact: true })).toBeVisible();
  await expect(page.getByRole("main").getByText("Klar", { exact: true })).toHaveCount(0);
  const rejected = page.getByRole("table", { name: "Avvisade rader" });
  await expect(rejected.getByRole("row")).toHaveCount(3);
  await expect(rejected.getByRole("row").filter({ hasText: "rad 3" })).toContainText(name);
  const ambiguous = rejected.getByRole("row").filter({ hasText: "rad 4" });
  await expect(ambiguous).toContainText("två sätt");
  await expect(ambiguous).toContainText("@decimal");
});

test("a mapping is corrected in the preview, kept by name and chosen again", async ({ page }) => {
  await page.goto("/sources");
  const form = page.getByRole("region", { name: "Importera filer" });
  const choose = async () => {
    await form.getByRole("combobox", { name: "Vad filerna innehåller" }).selectOption("accounts");
    await form.getByLabel("Filer", { exact: true }).setInputFiles({
      name: "leverantör.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("Nummer;År;Belopp\n559017-9924;2024;1250\n"),
    });
    await form.getByRole("button", { name: "Förhandsgranska" }).click();
  };
  await choose();
  await expect(form.getByRole("alert")).toContainText("organisation number");
  await expect(form.getByRole("button", { name: "Importera", exact: true })).toBeDisabled();
  await form.getByRole("combobox", { name: "Läs Nummer som" }).selectOption("orgnr");
  await form.getByRole("combobox", { name: "Läs Belopp som" }).selectOption("revenue");
  await form.getByRole("combobox", { name: "Enhet för Belopp" }).selectOption("tkr");
  const preview = form.getByRole("table", { name: "Första raderna som de läses" });
  await expect(preview).toContainText("1 250 000");
  const name = `Leverantör ${Date.now()}`;
  await form.getByLabel("Spara kolumnnamnen som").fill(name);
  await form.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(form.getByRole("combobox", { name: "Kolumnernas namn" })).toContainText(name);

  await page.reload();
  await choose();
  await form.getByRole("combobox", { name: "Kolumnernas namn" }).selectOption({ label: name });
  await expect(preview).toContainText("1 250 000");
  await form.getByRole("button", { name: `Ta bort kolumnnamnen ${name}` }).click();
  await expect(form.getByRole("combobox", { name: "Kolumnernas namn" })).not.toContainText(name);
});
