import { expect, test } from "@playwright/test";
import { firstRow, openUniverse } from "./screen";

test("language and theme switch at once and are remembered", async ({ page }) => {
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Inställningar" })).toBeVisible();
  await page.getByRole("radio", { name: "Engelska" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await background();
  await page.getByRole("region", { name: "Appearance" }).getByRole("radio", { name: "Dark" }).click();
  await expect.poll(background).not.toBe(before);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("the palette finds a company by number and opens it", async ({ page }) => {
  const grid = await openUniverse(page);
  const number = await firstRow(grid)
    .getByText(/^\d{6}-\d{4}$/)
    .innerText();
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Sök företag och kommandon" });
  await expect(box).toBeFocused();
  await box.fill(number);
  await expect(page.getByRole("option").first()).toContainText(number);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/company/${number.replace("-", "")}`));
});

test("the keyboard moves, previews, selects and opens; no single key fires in a field", async ({ page }) => {
  const grid = await openUniverse(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const second = grid.locator('[role="row"][aria-rowindex="3"]');
  await expect(second).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Space");
  const preview = page.getByRole("complementary", { name: "Förhandsvisning" });
  await expect(preview).toBeVisible();
  const name = await second.getByRole("link").innerText();
  await expect(preview.getByRole("heading", { level: 2 })).toHaveText(name);
  await page.keyboard.press("x");
  await expect(page.getByText("1 vald")).toBeVisible();

  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Sök i urvalet" });
  await expect(search).toBeFocused();
  await page.keyboard.type("jx?");
  await expect(page.getByText("1 vald")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await search.fill("");
  await search.blur();

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Tangentbord" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(firstRow(grid)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/company\/\d{10}/);
});

test("a failing server is said so, with the request id and a way to try again", async ({ page }) => {
  let failing = true;
  await page.route("**/api/sources/coverage", (route) =>
    failing
      ? route.fulfill({
          status: 500,
          contentType: "application/problem+json",
          body: JSON.stringify({
            title: "Broken",
            status: 500,
            detail: "the disk is full",
            request_id: "req-42",
          }),
        })
      : route.continue(),
  );
  await page.goto("/sources");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("the disk is full");
  await expect(alert).toContainText("req-42");
  failing = false;
  await alert.getByRole("button", { name: "Försök igen" }).click();
  await expect(alert).toHaveCount(0);
});

test("imports are listed and open their report", async ({ page, request }) => {
  const imports = (await (await request.get("/api/imports?limit=1")).json()) as { total: number };
  test.skip(imports.total === 0, "nothing has been imported on this server");
  await page.goto("/sources");
  await page.getByRole("table", { name: "Importer" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/sources\/imports\//);
  await expect(page.getByRole("region", { name: "Rapport" })).toBeVisible();
});

test("a phone gets the navigation in a drawer and no sideways scrolling", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await page.getByRole("button", { name: "Meny" }).click();
  await page.getByRole("navigation", { name: "Huvudmeny" }).getByRole("link", { name: "Källor" }).click();
  await expect(page).toHaveURL(/\/sources/);
  await expect(page.getByRole("navigation", { name: "Huvudmeny" })).toBeHidden();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
