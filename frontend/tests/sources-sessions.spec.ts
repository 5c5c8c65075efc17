import { expect, type Page, test } from "@playwright/test";

async function newSession(page: Page, sites: string) {
  await page.goto("/sources");
  await page.getByRole("button", { name: "Ny hämtning" }).click();
  const dialog = page.getByRole("dialog", { name: "Ny hämtning" });
  await dialog.getByRole("combobox", { name: "Källa" }).selectOption({ label: "Företagens webbplatser" });
  await dialog.getByRole("textbox").fill(sites);
  await dialog.getByRole("button", { name: "Starta" }).click();
  return dialog;
}

test("a session over a website that does not answer tells why, and is found again", async ({ page }) => {
  await newSession(page, "556016-0680 https://lode-browser-test.invalid");
  await expect(page).toHaveURL(/\/sources\/sessions\/[0-9a-f-]+/);
  await expect(page.getByRole("heading", { level: 1, name: "Företagens webbplatser" })).toBeVisible();
  const id = /sessions\/([0-9a-f-]+)/.exec(page.url())?.[1];
  const item = page.getByRole("table", { name: "Vad som hämtas" }).getByRole("row").nth(1);
  await expect(item).toContainText("lode-browser-test.invalid");
  await expect(page.getByRole("progressbar", { name: "Förlopp" })).toBeVisible();
  // Trying again takes its time; what is in the way of it can be cancelled at any moment.
  const cancel = page.getByRole("button", { name: "Avbryt hämtningen" });
  await expect(cancel.or(item.getByText("Misslyckad"))).toBeVisible({ timeout: 30_000 });
  if (await cancel.isVisible()) {
    await cancel.click();
    await page.getByRole("dialog").getByRole("button", { name: "Avbryt hämtningen" }).click();
    await expect(page.getByText("Avbruten").first()).toBeVisible();
  }
  await page.goto("/sources");
  await expect(page.locator(`a[href="/sources/sessions/${id}"]`)).toBeVisible();
});

test("an address inside the organisation is refused, and the form keeps what was typed", async ({ page }) => {
  const dialog = await newSession(page, "556016-0680 http://169.254.169.254/latest");
  await expect(dialog.getByText(/not public/).first()).toBeVisible();
  await expect(dialog.getByRole("textbox")).toHaveValue(/169\.254/);
  await expect(page).toHaveURL(/\/sources$/);
});
