import { expect, type Page, test } from "@playwright/test";

// The page keeps a stream of events open, so nothing here waits for a quiet network. The tests stop and start the same queue.
test.describe.configure({ mode: "serial" });

async function openQueues(page: Page): Promise<void> {
  await page.goto("/admin?tab=queues");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
}

/** Sends a test job and answers with its number. */
async function probe(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Testa arbetarna" }).click();
  const told = page.getByText(/^Testjobb \d+ är på väg/).last();
  await expect(told).toBeVisible();
  return /\d+/.exec(await told.innerText())?.[0] ?? "";
}

const jobRow = (page: Page, id: string) =>
  page
    .getByRole("table", { name: "Jobb" })
    .getByRole("row")
    .filter({ has: page.getByText(id, { exact: true }) });

test("the queues are told live, and a test job appears, ends and shows its history", async ({ page }) => {
  await openQueues(page);
  const queues = page.getByRole("table", { name: "Köer" });
  for (const name of ["Analys", "Berikning", "Exporter", "Importer", "Bevakning"]) {
    await expect(queues.getByRole("cell", { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("table", { name: "Arbetare" }).getByRole("row")).not.toHaveCount(1);

  const id = await probe(page);
  await expect(jobRow(page, id).getByText("Klart")).toBeVisible();
  await page.getByRole("button", { name: `Visa jobb ${id}` }).click();
  const sheet = page.getByRole("dialog", { name: `Jobb ${id}` });
  await expect(sheet.getByText("run_probe")).toBeVisible();
  await expect(sheet.getByText("Klart")).toBeVisible();
  await expect(sheet.getByText("Misslyckade försök")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`job=${id}`));
  await page.reload();
  await expect(sheet.getByText("run_probe")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
});

test("a paused queue holds its jobs until it goes on", async ({ page }) => {
  await openQueues(page);
  const row = page
    .getByRole("table", { name: "Köer" })
    .getByRole("row")
    .filter({ has: page.getByText("Bevakning", { exact: true }) });
  try {
    await row.getByRole("button", { name: "Pausa Bevakning" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Pausa" }).click();
    await expect(row.getByText("Pausad")).toBeVisible();
    const id = await probe(page);
    await expect(jobRow(page, id).getByText("Väntar")).toBeVisible();
    await row.getByRole("button", { name: "Låt Bevakning gå vidare" }).click();
    await expect(row.getByText("Pausad")).toHaveCount(0);
    await expect(jobRow(page, id).getByText("Klart")).toBeVisible();
  } finally {
    await page.request.post("/api/jobs/queues/monitors/resume");
  }
});

test("jobs are narrowed by queue and state, and the address keeps it", async ({ page }) => {
  await openQueues(page);
  await page.getByRole("combobox", { name: "Kö" }).selectOption({ label: "Bevakning" });
  await page.getByRole("combobox", { name: "Läge" }).selectOption({ label: "Klart" });
  await expect(page).toHaveURL(/queue=monitors/);
  const jobs = page.getByRole("table", { name: "Jobb" });
  await expect(jobs.getByText("Testa arbetarna").first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Kö" })).toHaveValue("monitors");
  await expect(jobs.getByText("Testa arbetarna").first()).toBeVisible();
});
