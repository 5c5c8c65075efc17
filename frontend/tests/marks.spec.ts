import { type APIRequestContext, expect, test } from "@playwright/test";

/** A company of its own for each test. */
async function company(request: APIRequestContext, place: number): Promise<{ orgnr: string; name: string }> {
  const screen = await request.post("/api/universe/query", {
    data: { limit: 1, offset: 300 + place, columns: [], sort: [{ by: "revenue", dir: "desc" }] },
  });
  return (await screen.json()).rows[0];
}

test("what_is_known_of_a_company_is_marked_wherever_it_appears", async ({ page, request }) => {
  const { orgnr, name } = await company(request, 1);
  await request.post("/api/prospects", {
    data: { orgnrs: [orgnr], stage: "passed", pass_reason: "price", pass_note: "Vill ha 9x", reopen: true },
  });
  const list = `Minns ${Date.now()}`;
  await request.post("/api/lists", { data: { name: list, orgnrs: [orgnr] } });
  await request.post(`/api/companies/${orgnr}/notes`, {
    data: { body: "Ägaren pensioneras 2028", kind: "note", scope: "team" },
  });
  const why = /avböjde .*: Pris: Vill ha 9x/;

  await page.goto(`/universe?q=${orgnr}`);
  const row = page.getByRole("grid").locator('[role="row"][aria-rowindex="2"]');
  await expect(row.getByRole("img", { name: why })).toBeVisible();
  await expect(row.getByRole("img", { name: "1 anteckning" })).toBeVisible();
  await page.keyboard.press("Space");
  const preview = page.getByRole("complementary", { name: "Förhandsvisning" });
  await expect(preview.getByText(why)).toBeVisible();
  await expect(preview.getByText("Ägaren pensioneras 2028")).toBeVisible();
  await expect(preview.getByRole("link", { name: list })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill(orgnr);
  await expect(page.getByRole("option").first().getByRole("img", { name: why })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto(`/company/${orgnr}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByRole("link", { name: "Avböjt: Pris" })).toBeVisible();

  const similar = await request.post("/api/universe/query", {
    data: { limit: 1, offset: 400, columns: [], sort: [{ by: "revenue", dir: "desc" }] },
  });
  const seed = (await similar.json()).rows[0].orgnr;
  await page.goto(`/universe?view=similar&seeds=${seed}`);
  const match = page.getByRole("table", { name: "Liknande företag" }).getByRole("rowheader").first();
  const href = await match.getByRole("link").getAttribute("href");
  const alike = /\d{10}/.exec(href ?? "")?.[0];
  await request.post("/api/prospects", { data: { orgnrs: [alike], stage: "contacted", reopen: true } });
  await page.reload();
  await expect(match.getByRole("img", { name: /Kontaktade/ })).toBeVisible();
});

test("another_window_and_another_person_are_followed_within_two_seconds", async ({
  page,
  context,
  request,
}) => {
  const { orgnr } = await company(request, 2);
  await request.post("/api/prospects", { data: { orgnrs: [orgnr], stage: "new", reopen: true } });
  const card = (await (await request.get(`/api/prospects?orgnr=${orgnr}`)).json()).items[0];
  const other = await context.newPage();
  await other.goto(`/prospects?q=${orgnr}`);
  await page.goto(`/prospects?q=${orgnr}`);
  const on = (where: typeof page, stage: string) =>
    where.getByRole("region", { name: stage }).locator(`[data-prospect="${card.id}"]`);
  await expect(on(page, "Nya")).toBeVisible();
  await expect(on(other, "Nya")).toBeVisible();
  await page.locator(`[data-prospect="${card.id}"]`).focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(on(other, "Undersöks")).toBeVisible({ timeout: 4_000 });
  // Somebody else, whose change no window of this browser tells of.
  const now = await (await request.get(`/api/prospects/${card.id}`)).json();
  await request.patch(`/api/prospects/${card.id}`, { data: { version: now.version, stage: "contacted" } });
  await other.bringToFront();
  await expect(on(other, "Kontaktade")).toBeVisible({ timeout: 4_000 });
});

test("a_printed_company_holds_its_figures_and_source_and_nothing_to_press", async ({ page, request }) => {
  const { orgnr } = await company(request, 3);
  await page.goto(`/company/${orgnr}`);
  await expect(page.getByRole("table").first()).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await expect(page.locator("main header button").first()).toBeHidden();
  await expect(page.getByText("Utskrivet ur Lode", { exact: false })).toBeVisible();
  // Nothing is cut off: what scrolls on the screen is as tall as its content on paper.
  const cut = await page.evaluate(
    () =>
      [...document.querySelectorAll("main *")].filter(
        (element) =>
          ["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowY) &&
          element.scrollHeight > element.clientHeight + 4 &&
          element.clientHeight > 60,
      ).length,
  );
  expect(cut).toBe(0);
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(0);
  expect(pages).toBeLessThan(12);
});
