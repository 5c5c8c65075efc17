import { expect, type Page, test } from "@playwright/test";
import { openUniverse } from "./screen";

/** Stands for a server that is away: nothing is answered until it is put back. */
async function outage(page: Page) {
  let away = false;
  await page.route("**/*", (route) => (away ? route.abort("connectionrefused") : route.fallback()));
  return {
    begin: () => {
      away = true;
    },
    end: () => {
      away = false;
    },
  };
}

const bar = (page: Page) => page.getByText("Servern går inte att nå", { exact: false }).first();

test("a_server_that_is_away_leaves_the_page_and_every_key_works_again_after_it", async ({ page }) => {
  const server = await outage(page);
  const grid = await openUniverse(page, "?sort=-revenue");
  const row = grid.locator('[role="row"][aria-current="true"]');
  const name = await row.getByRole("link").first().innerText();
  // The windows are there before they are needed.
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/assets/later-")),
  );
  // Nothing is on its way but the stream of changes.
  await page.waitForTimeout(1_000);
  server.begin();
  await page.keyboard.press("p");
  const told = page.getByRole("region", { name: "Meddelanden" });
  await expect(told.getByText(`${name} lades inte i pipelinen`)).toBeVisible();
  await expect(bar(page)).toBeVisible();
  await expect(grid).toBeVisible();
  await page.keyboard.press("n");
  const note = page.getByRole("dialog", { name: "Skriv en anteckning" });
  await note.getByRole("textbox", { name: "Skriv en anteckning" }).fill("Skrivet utan server");
  await page.keyboard.press("Control+Enter");
  // It says so at once instead of waiting in silence, and what was written stays.
  await expect(note.getByRole("alert")).toBeVisible();
  await expect(note.getByRole("textbox", { name: "Skriv en anteckning" })).toHaveValue("Skrivet utan server");
  server.end();
  await expect(bar(page)).toBeHidden();
  await page.keyboard.press("Control+Enter");
  await expect(note).toHaveCount(0);
  await told.getByRole("button", { name: "Försök igen" }).first().click();
  await expect(told.getByText(new RegExp(`${name} (lades i|finns redan i) `))).toBeVisible();
});

test("a_part_that_does_not_load_says_so_in_its_place_and_comes_when_the_server_is_back", async ({ page }) => {
  const server = await outage(page);
  const grid = await openUniverse(page);
  server.begin();
  await page.getByRole("radio", { name: "Tratt" }).click();
  await expect(page.getByText("Den här delen kunde inte laddas")).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Sök i urvalet" })).toBeVisible();
  await page.getByRole("link", { name: "Källor" }).first().click();
  await expect(page.getByText("Den här delen kunde inte laddas")).toBeVisible();
  await expect(page.getByRole("navigation").first()).toBeVisible();
  server.end();
  await expect(page.getByRole("heading", { level: 1, name: /Källor/ })).toBeVisible();
  await expect(grid).toHaveCount(0);
});

test("after_a_deploy_the_page_offers_to_reload_and_a_draft_is_there_again", async ({ page }) => {
  await openUniverse(page, "?sort=-revenue");
  // The next release: other names of files, and the old ones are gone.
  await page.route(/\/assets\/funnel-view-/, (route) => route.fulfill({ status: 404, body: "{}" }));
  let deployed = true;
  await page.route(
    (url) => url.pathname === "/",
    async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      await route.fulfill({
        response,
        body: deployed ? html.replace(/index-[\w-]+\.js/, "index-NEXT.js") : html,
      });
    },
  );
  await page.keyboard.press("n");
  const field = page
    .getByRole("dialog", { name: "Skriv en anteckning" })
    .getByRole("textbox", { name: "Skriv en anteckning" });
  await field.fill("Halv anteckning");
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Tratt" }).click();
  await expect(page.getByText("Det finns en ny version av Lode", { exact: false }).first()).toBeVisible();
  deployed = false;
  await page.getByRole("button", { name: "Ladda om" }).first().click();
  await page.waitForLoadState("load");
  await page.goto("/universe?sort=-revenue");
  await expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");
  await page.keyboard.press("n");
  await expect(field).toHaveValue("Halv anteckning");
  await page.getByRole("dialog").getByRole("button", { name: "Kasta" }).click();
  await expect(field).toHaveValue("");
});

test("half_a_note_on_the_company_page_is_there_after_leaving_it", async ({ page }) => {
  const answer = await page.request.post("/api/universe/query", {
    data: { limit: 1, offset: 3, columns: [], sort: [{ by: "revenue", dir: "desc" }] },
  });
  const { orgnr } = (await answer.json()).rows[0];
  await page.goto(`/company/${orgnr}`);
  const field = page.getByRole("textbox", { name: "Skriv en anteckning" });
  await field.fill("Ring på måndag");
  await page.goto("/");
  await page.goBack();
  await expect(field).toHaveValue("Ring på måndag");
  await page.getByRole("button", { name: "Kasta" }).click();
  await expect(field).toHaveValue("");
});
