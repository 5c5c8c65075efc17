import { expect, type Page, test } from "@playwright/test";

async function company(page: Page, offset: number): Promise<string> {
  const answer = await page.request.post("/api/universe/query", {
    data: { limit: 1, offset, columns: [], sort: { by: "revenue", dir: "desc" } },
  });
  return (await answer.json()).rows[0].orgnr;
}

/** The day in the browser's own time zone, which is this machine's. */
function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

test("a next action that is due stands on the home page and leads to its prospect", async ({ page }) => {
  const orgnr = await company(page, 55);
  await page.request.post("/api/prospects", { data: { orgnrs: [orgnr], stage: "new", reopen: true } });
  const [card] = (await (await page.request.get(`/api/prospects?orgnr=${orgnr}`)).json()).items;
  const action = `Ring VD ${Date.now()}`;
  const changed = await page.request.patch(`/api/prospects/${card.id}`, {
    data: { version: card.version, next_action: action, next_action_on: today() },
  });
  expect(changed.ok()).toBe(true);
  await page.goto("/");
  const due = page.getByRole("region", { name: "Att göra" });
  const line = due.getByRole("listitem").filter({ hasText: action });
  await expect(line.getByText("Förfaller i dag")).toBeVisible();
  await line.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/prospects\\?id=${card.id}`));
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "Nästa åtgärd" })).toHaveValue(action);
});

test("a saved screen is watched, daily, and no longer", async ({ page }) => {
  const name = `Bevakad ${Date.now()}`;
  const made = await page.request.post("/api/views", {
    data: { name, scope: "private", filter: { field: "revenue", op: ">=", value: 900_000_000 } },
  });
  expect(made.ok()).toBe(true);
  await page.goto("/");
  await page.getByRole("button", { name: "Bevaka vyer…" }).click();
  const dialog = page.getByRole("dialog", { name: "Bevakade vyer" });
  const line = dialog.getByRole("listitem").filter({ hasText: name });
  const box = line.getByRole("checkbox", { name: `Bevaka ${name}` });
  await box.click();
  await expect(box).toBeChecked();
  await line.getByRole("combobox", { name: "Hur ofta" }).selectOption({ label: "En gång om dagen" });
  // The list shows what the server has: a reload before its answer would cut the change off.
  await expect(line.getByRole("combobox", { name: "Hur ofta" })).toHaveValue("daily");
  await page.reload();
  await page.getByRole("button", { name: "Bevaka vyer…" }).click();
  await expect(box).toBeChecked();
  await expect(line.getByRole("combobox", { name: "Hur ofta" })).toHaveValue("daily");
  await box.click();
  await expect(box).not.toBeChecked();
});

test("runs and imports are told of with their state, and lead to their pages", async ({ page }) => {
  const name = `Hemkörning ${Date.now()}`;
  const run = await page.request.post("/api/analysis/start", {
    data: { orgnrs: [await company(page, 56)], name },
  });
  const { run_id } = await run.json();
  await page.goto("/");
  const work = page.getByRole("region", { name: "Arbete" });
  const line = work.getByRole("listitem").filter({ hasText: name });
  await expect(line.getByText("Klar", { exact: true })).toBeVisible();
  await expect(line.getByText("Analys")).toBeVisible();
  await line.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/ai/runs/${run_id}`));
  await page.goBack();
  await work.getByRole("link", { name: "Alla importer" }).click();
  await expect(page).toHaveURL(/\/sources$/);
});

test("a ready-made screen opens filtered", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: /^Kassastarka/ }).click();
  await expect(page.getByRole("button", { name: /Ändra filtret Kassa/ })).toBeVisible();
});
