import { expect, type Locator, type Page } from "@playwright/test";

/** Opens the Universe page and waits until its table holds rows. */
export async function openUniverse(page: Page, query = ""): Promise<Locator> {
  await page.goto(`/universe${query}`);
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-busy", "false");
  await expect(firstRow(grid)).toBeVisible();
  return grid;
}

/** Refuses the stream of changes, so that the network can come to rest; the page then asks from time to time. */
export async function withoutStream(page: Page): Promise<void> {
  await page.route("**/api/live/events", (route) => route.fulfill({ status: 404, body: "" }));
}

/** The first data row; the header is row 1. */
export function firstRow(grid: Locator): Locator {
  return grid.locator('[role="row"][aria-rowindex="2"]');
}

/** How many rows the table says it has, without its header. */
export async function rowCount(grid: Locator): Promise<number> {
  return Number(await grid.getAttribute("aria-rowcount")) - 1;
}

/** Opens the company with the largest revenue, which has figures. */
export async function openLargestCompany(page: Page): Promise<string> {
  const grid = await openUniverse(page, "?sort=-revenue");
  await firstRow(grid).getByRole("link").click();
  await expect(page).toHaveURL(/\/company\/\d{10}/);
  const orgnr = /company\/(\d{10})/.exec(page.url())?.[1];
  if (!orgnr) throw new Error(`no organisation number in ${page.url()}`);
  await expect(page.locator("#company-scroll")).toBeVisible();
  return orgnr;
}
