import { type APIRequestContext, type Browser, expect, type Page, test } from "@playwright/test";

/** A window of somebody else: another browser, with no storage in common. */
async function otherWindow(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: "sv-SE", viewport: { width: 1440, height: 900 } })).newPage();
}

/** Waits until the page is told of changes as they happen; polling is seldom from then on. */
async function live(page: Page, path: string): Promise<void> {
  const stream = page.waitForResponse((response) => response.url().endsWith("/api/live/events"));
  await page.goto(path);
  expect((await stream).status()).toBe(200);
}

async function companies(request: APIRequestContext, offset: number, count: number): Promise<string[]> {
  const answer = await request.post("/api/universe/query", {
    data: { limit: count, offset, sort: [{ by: "revenue", dir: "desc" }] },
  });
  return (await answer.json()).rows.map((row: { orgnr: string }) => row.orgnr);
}

/** Others follow within two seconds; the rest is what a busy machine may add. */
const SOON = { timeout: 4_000 };

test("the board in another window follows a move and an addition", async ({ page, browser, request }) => {
  const [orgnr = "", second = ""] = await companies(request, 600, 2);
  await request.post("/api/prospects", { data: { orgnrs: [orgnr], stage: "new", reopen: true } });
  const found = await (await request.get(`/api/prospects?orgnr=${orgnr}`)).json();
  const card = found.items[0];
  await request.patch(`/api/prospects/${card.id}`, { data: { version: card.version, stage: "new" } });
  const theirs = await otherWindow(browser);
  await Promise.all([live(page, "/prospects"), live(theirs, "/prospects")]);
  const moved = theirs.getByRole("region", { name: "Undersöks" }).locator(`[data-prospect="${card.id}"]`);
  const box = page.locator(`[data-prospect="${card.id}"]`);
  await expect(box).toBeVisible();
  await expect(theirs.locator(`[data-prospect="${card.id}"]`)).toBeVisible();
  await box.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expect
    .poll(async () => (await (await request.get(`/api/prospects/${card.id}`)).json()).stage, {
      intervals: [50],
    })
    .toBe("researching");
  await expect(moved).toBeVisible(SOON);

  // Nothing moves while a card is held: what others do is shown once it is let go.
  const held = (await box.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(held.x + held.width / 2, held.y + held.height - 6);
  await page.mouse.down();
  const added = page.waitForResponse((response) => response.url().includes("/api/prospects?limit"));
  await request.post("/api/prospects", { data: { orgnrs: [second], stage: "new", reopen: true } });
  const other = (await (await request.get(`/api/prospects?orgnr=${second}`)).json()).items[0];
  await expect(theirs.locator(`[data-prospect="${other.id}"]`)).toBeVisible(SOON);
  await expect(page.locator(`[data-prospect="${other.id}"]`)).toHaveCount(0);
  await page.mouse.up();
  await added;
  await expect(page.locator(`[data-prospect="${other.id}"]`)).toBeVisible(SOON);
  await theirs.context().close();
});

test("a list in another window follows, and the row under the pointer stays where it is", async ({
  page,
  request,
}) => {
  const all = await companies(request, 100, 140);
  const [first = "", ...rest] = all;
  const name = `Levande ${Date.now()}`;
  const list = await (await request.post("/api/lists", { data: { name, scope: "team" } })).json();
  await request.post(`/api/lists/${list.id}/items`, { data: { orgnrs: rest } });
  await live(page, `/lists/${list.id}?sort=-revenue`);
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-rowcount", String(rest.length + 1));
  await grid.evaluate((element) => element.scrollTo({ top: 800 }));
  const row = grid.locator('[role="row"][aria-rowindex="40"]');
  await expect(row).toBeVisible();
  const text = (await row.getByRole("link").textContent()) ?? "";
  await row.hover();
  const before = await row.boundingBox();
  // The largest company of all comes above everything that is shown.
  await request.post(`/api/lists/${list.id}/items`, { data: { orgnrs: [first] } });
  await expect(grid).toHaveAttribute("aria-rowcount", String(all.length + 1), SOON);
  const now = grid.getByRole("row").filter({ has: page.getByRole("link", { name: text, exact: true }) });
  await expect(now).toHaveAttribute("aria-rowindex", "41");
  const after = await now.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2);
});

test("saved views and lists appear in the sidebar of another window, and tabs of one browser share a stream", async ({
  page,
  browser,
  request,
}) => {
  await live(page, "/lists");
  const streams: string[] = [];
  const second = await page.context().newPage();
  second.on("request", (asked) => {
    if (asked.url().endsWith("/api/live/events")) streams.push(asked.url());
  });
  await second.goto("/lists");
  const theirs = await otherWindow(browser);
  await live(theirs, "/lists");
  const name = `Delad ${Date.now()}`;
  await request.post("/api/lists", { data: { name, scope: "team" } });
  for (const window of [page, second, theirs]) {
    await expect(window.getByRole("main").getByText(name)).toBeVisible(SOON);
  }
  expect(streams).toEqual([]);
  await theirs.context().close();
});

test("a run that somebody starts appears in another window, with its state", async ({
  page,
  browser,
  request,
}) => {
  const orgnrs = await companies(request, 300, 3);
  const theirs = await otherWindow(browser);
  await Promise.all([live(page, "/ai/runs"), live(theirs, "/ai/runs")]);
  const name = `Levande körning ${Date.now()}`;
  const started = await request.post("/api/analysis/start", { data: { orgnrs, name } });
  const { run_id } = await started.json();
  for (const window of [page, theirs]) {
    await expect(window.getByRole("main").getByText(name)).toBeVisible(SOON);
  }
  // Nobody touches the window: the page of the run ends by itself where the run does.
  await theirs.goto(`/ai/runs/${run_id}`);
  await expect(theirs.getByRole("heading", { level: 1, name })).toBeVisible();
  const ended = async () => (await (await request.get(`/api/runs/${run_id}`)).json()).status;
  await expect.poll(ended, { timeout: 30_000 }).toBe("completed");
  await expect(theirs.getByRole("main").getByText("Klar", { exact: true }).first()).toBeVisible(SOON);
  await theirs.context().close();
});

test("a view that somebody saves, renames and deletes follows in another window", async ({
  page,
  browser,
  request,
}) => {
  const theirs = await otherWindow(browser);
  await Promise.all([live(page, "/"), live(theirs, "/universe")]);
  const name = `Levande vy ${Date.now()}`;
  const filter = { field: "revenue", op: ">=", value: 800_000_000 };
  const made = await (await request.post("/api/views", { data: { name, scope: "team", filter } })).json();
  const entry = (window: Page, text: string) =>
    window.getByRole("navigation").getByText(text, { exact: true }).first();
  for (const window of [page, theirs]) await expect(entry(window, name)).toBeVisible(SOON);
  const renamed = await request.put(`/api/views/${made.id}`, {
    data: { name: `${name} ny`, scope: "team", filter, version: made.version },
  });
  expect(renamed.ok(), await renamed.text()).toBe(true);
  for (const window of [page, theirs]) await expect(entry(window, `${name} ny`)).toBeVisible(SOON);
  await request.delete(`/api/views/${made.id}`);
  for (const window of [page, theirs]) await expect(entry(window, `${name} ny`)).toHaveCount(0, SOON);
  await theirs.context().close();
});
