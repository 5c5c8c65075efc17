import { expect, type Page, test } from "@playwright/test";
import { firstRow, rowCount } from "./screen";

test.use({ locale: "sv-SE" });

/** The numbers and names of the first companies of the universe. */
async function someCompanies(page: Page, count: number): Promise<{ orgnr: string; name: string }[]> {
  const answer = await page.request.post("/api/universe/query", {
    data: { limit: count, columns: [], sort: { by: "revenue", dir: "desc" } },
  });
  return (await answer.json()).rows;
}

async function makeList(page: Page, name: string, orgnrs: string[]): Promise<string> {
  const answer = await page.request.post("/api/lists", { data: { name, orgnrs } });
  return (await answer.json()).id;
}

test("a pasted text becomes a list after every line was told", async ({ page }) => {
  const companies = await someCompanies(page, 3);
  await page.goto("/lists");
  await page.getByRole("button", { name: "Klistra in eller ladda upp" }).click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByRole("textbox", { name: "Organisationsnummer eller namn" })
    .fill(
      `${companies[0]?.orgnr}\n${companies[1]?.name}\n811228-9874\nInget Sådant Bolag Xyzzy\n${companies[0]?.orgnr}`,
    );
  await dialog.getByRole("button", { name: "Kontrollera raderna" }).click();
  await expect(dialog.getByText("2 hittade")).toBeVisible();
  await expect(dialog.getByText("1 enskild firma")).toBeVisible();
  await expect(dialog.getByText("811228")).toHaveCount(0);
  const name = `Inklistrad ${Date.now()}`;
  await dialog.getByRole("textbox", { name: "Namn" }).fill(name);
  await dialog.getByRole("button", { name: "Skapa med 2 företag" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(firstRow(page.getByRole("grid")).getByRole("link")).toBeVisible();
  expect(await rowCount(page.getByRole("grid"))).toBe(2);
});

test("a workbook that Lode wrote comes back as a list", async ({ page }) => {
  const written = await page.request.post("/api/universe/export", {
    data: { text: "is_demo = false and employees > 0", columns: ["municipality", "revenue"], format: "xlsx" },
  });
  expect(written.status()).toBe(200);
  await page.goto("/lists");
  await page.getByRole("button", { name: "Klistra in eller ladda upp" }).click();
  const dialog = page.getByRole("dialog");
  const upload = dialog.locator("input[type=file]");
  await upload.setInputFiles({
    name: "trasig.xlsx",
    mimeType: "application/octet-stream",
    buffer: (await written.body()).subarray(0, 900),
  });
  await expect(dialog.getByRole("alert")).toContainText("save it again");
  await upload.setInputFiles({
    name: "bolag.xlsx",
    mimeType: "application/octet-stream",
    buffer: await written.body(),
  });
  await expect(dialog.getByRole("textbox", { name: "Organisationsnummer eller namn" })).toHaveValue(/;.*\n/);
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Kontrollera raderna" }).click();
  await expect(dialog.getByText(/^[1-9][0-9]* hittade$/)).toBeVisible();
  await dialog.getByRole("textbox", { name: "Namn" }).fill(`Ur Excel ${Date.now()}`);
  await dialog.getByRole("button", { name: /^Skapa med / }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Ur Excel/ })).toBeVisible();
});

test("companies leave a list and come back, a note with them, by keyboard", async ({ page }) => {
  const companies = await someCompanies(page, 3);
  const id = await makeList(
    page,
    `Tangenter ${Date.now()}`,
    companies.map((company) => company.orgnr),
  );
  await page.goto(`/lists/${id}`);
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-busy", "false");
  await expect(firstRow(grid).getByRole("link")).toBeVisible();
  await grid.focus();
  await page.keyboard.press("w");
  await page.getByRole("dialog").getByRole("textbox", { name: "Anteckning" }).fill("Från mässan i Älmhult");
  await page.getByRole("dialog").getByRole("button", { name: "Spara" }).click();
  await expect(grid.getByText("Från mässan i Älmhult")).toBeVisible();

  await grid.focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Delete");
  await expect(page.getByText(/ togs ur /)).toBeVisible();
  await expect.poll(() => rowCount(grid)).toBe(2);
  await page.keyboard.press("z");
  await expect(page.getByText("Ångrat")).toBeVisible();
  await expect.poll(() => rowCount(grid)).toBe(3);
  await expect(grid.getByText("Från mässan i Älmhult")).toBeVisible();
});

test("lists are combined by a formula, merged, deleted and brought back", async ({ page }) => {
  const [a, b, c] = (await someCompanies(page, 3)).map((company) => company.orgnr) as [
    string,
    string,
    string,
  ];
  const stamp = Date.now();
  await makeList(page, `Första ${stamp}`, [a, b]);
  await makeList(page, `Andra ${stamp}`, [b, c]);
  await page.goto("/lists");
  await page.getByRole("checkbox", { name: `Välj Första ${stamp}` }).check();
  await page.getByRole("checkbox", { name: `Välj Andra ${stamp}` }).check();
  await page.getByRole("button", { name: "Kombinera" }).click();
  const dialog = page.getByRole("dialog");
  const formula = dialog.getByRole("textbox", { name: /Formel/ });
  await expect(dialog.getByText("1 företag", { exact: true })).toBeVisible();
  await formula.fill("A ∪ B");
  await expect(dialog.getByText("3 företag", { exact: true })).toBeVisible();
  await formula.fill("(A ∪ B");
  await expect(dialog.getByText("En parentes är inte stängd")).toBeVisible();
  await formula.fill("A − B");
  await dialog.getByRole("textbox", { name: "Namn" }).fill(`Skillnad ${stamp}`);
  await dialog.getByRole("button", { name: "Skapa listan" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Skillnad ${stamp}` })).toBeVisible();
  await expect(firstRow(page.getByRole("grid")).getByRole("link")).toBeVisible();
  expect(await rowCount(page.getByRole("grid"))).toBe(1);

  await page.getByRole("button", { name: `Åtgärder för Skillnad ${stamp}` }).click();
  await page.getByRole("menuitem", { name: "Ta bort" }).click();
  await expect(page).toHaveURL(/\/lists$/);
  await expect(page.getByRole("link", { name: `Skillnad ${stamp}` })).toHaveCount(0);
  await page.getByRole("button", { name: /Ångra/ }).click();
  await expect(page.getByRole("link", { name: `Skillnad ${stamp}` })).toBeVisible();
});

test("an excluded company is hidden, told of, and shown again", async ({ page }) => {
  // A small company, which no other test is about.
  const answer = await page.request.post("/api/universe/query", {
    data: { limit: 1, columns: [], text: "revenue >= 1m", sort: { by: "revenue", dir: "asc" } },
  });
  const company = (await answer.json()).rows[0];
  const id = await makeList(page, `Uteslutning ${Date.now()}`, [company.orgnr]);
  try {
    await page.goto(`/lists/${id}`);
    const grid = page.getByRole("grid");
    await expect(firstRow(grid).getByRole("link")).toBeVisible();
    await grid.focus();
    await page.keyboard.press("h");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Varför?" }).fill("Redan ägd");
    await dialog.getByRole("button", { name: "Visa aldrig igen" }).click();
    await expect(page.getByText("Alla företag i listan är uteslutna")).toBeVisible();
    await page.getByRole("button", { name: "1 dold av uteslutningar" }).click();
    await expect(page.getByRole("grid").getByText("Utesluten")).toBeVisible();
    await page.goto("/admin?tab=exclusions");
    await expect(page.getByRole("cell", { name: "Redan ägd" })).toBeVisible();
    await page.getByRole("button", { name: "Visa igen" }).click();
    await expect(page.getByText("Inget är uteslutet")).toBeVisible();
  } finally {
    await page.request.post("/api/exclusions/remove", { data: { orgnrs: [company.orgnr] } });
  }
});

test("companies are labelled and compared", async ({ page }) => {
  const companies = await someCompanies(page, 3);
  const stamp = Date.now();
  const id = await makeList(
    page,
    `Jämförelse ${stamp}`,
    companies.map((company) => company.orgnr),
  );
  await page.goto(`/lists/${id}`);
  const grid = page.getByRole("grid");
  await expect(firstRow(grid).getByRole("link")).toBeVisible();
  await page.getByRole("checkbox", { name: "Markera alla rader" }).click();
  await expect(page.getByText("3 valda")).toBeVisible();
  await grid.focus();
  await page.keyboard.press("Shift+T");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /Hitta en etikett/ }).fill(`Familj ${stamp}`);
  await dialog.getByRole("radio", { name: "Turkos" }).check({ force: true });
  await dialog.getByRole("button", { name: /Ny etikett/ }).click();
  await expect(dialog.getByRole("checkbox", { name: new RegExp(`Familj ${stamp}`) })).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(grid.getByText(`Familj ${stamp}`)).toHaveCount(3);

  await page.getByRole("button", { name: "Jämför", exact: true }).click();
  await expect(page).toHaveURL(/\/compare\?/);
  const table = page.getByRole("table");
  for (const company of companies) {
    await expect(
      table
        .getByRole("columnheader")
        .filter({ hasText: company.name ?? "" })
        .first(),
    ).toBeVisible();
  }
  await expect(table.getByRole("img", { name: "Bäst" }).first()).toBeVisible();
  await page.goto(`/company/${companies[0]?.orgnr}`);
  await expect(page.getByRole("link", { name: `Jämförelse ${stamp}` })).toBeVisible();
});

test("the key l puts a company into another list", async ({ page }) => {
  const [company] = await someCompanies(page, 1);
  const stamp = Date.now();
  const id = await makeList(page, `Härifrån ${stamp}`, [company?.orgnr ?? ""]);
  await page.goto(`/lists/${id}`);
  const grid = page.getByRole("grid");
  await expect(firstRow(grid).getByRole("link")).toBeVisible();
  await grid.focus();
  const into = async (option: string) => {
    await page.keyboard.press("l");
    await page.getByRole("dialog").getByRole("combobox").fill(`Dit ${stamp}`);
    await expect(page.getByRole("option", { name: new RegExp(`${option}.*Dit ${stamp}`) })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeHidden();
  };
  await into("Ny lista");
  const told = page.getByRole("region", { name: "Meddelanden" });
  await expect(told.getByText(`lades i Dit ${stamp}`)).toBeVisible();
  // The company is in that list now, and what adds nothing takes nothing away again either.
  await into("");
  await expect(told.getByText(`fanns redan i Dit ${stamp}`)).toBeVisible();
  await expect(told.getByRole("button", { name: "Ångra" })).toHaveCount(1);
  await told.getByRole("link", { name: "Öppna" }).last().click();
  await expect(page.getByRole("heading", { level: 1, name: `Dit ${stamp}` })).toBeVisible();
  await expect(firstRow(page.getByRole("grid")).getByRole("link")).toBeVisible();
});

test("a range reaches over rows that were never in view", async ({ page }) => {
  const companies = await someCompanies(page, 450);
  const id = await makeList(
    page,
    `Långlista ${Date.now()}`,
    companies.map((company) => company.orgnr),
  );
  await page.goto(`/lists/${id}`);
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-rowcount", "451");
  await expect(firstRow(grid).getByRole("link")).toBeVisible();
  await firstRow(grid).getByRole("checkbox").click();
  await grid.focus();
  await page.keyboard.press("Shift+End");
  const bulk = page.getByRole("region", { name: "Valda företag" });
  await expect(bulk.getByText("450 valda")).toBeVisible();
  await bulk.getByRole("button", { name: "Avmarkera alla" }).click();
  await expect(bulk).toHaveCount(0);
  await grid.focus();
  await page.keyboard.press("Control+a");
  await expect(bulk.getByText("450 valda")).toBeVisible();
});
