import { expect, test } from "@playwright/test";

test("a webhook is added, its secret told once, tried, switched off and removed", async ({ page }) => {
  const name = `CRM ${Date.now()}`;
  await page.goto("/admin?tab=webhooks");
  await page.getByRole("button", { name: "Lägg till en webhook" }).click();
  const form = page.getByRole("dialog", { name: "Lägg till en webhook" });
  await form.getByRole("textbox", { name: "Namn" }).fill(name);
  await form.getByRole("textbox", { name: "Adress" }).fill("https://lode-webhook-test.invalid/hook");
  await form.getByRole("button", { name: "Lägg till en webhook" }).click();
  const secret = page.getByRole("dialog", { name: "Webhookens hemlighet" });
  await expect(secret.locator("code")).not.toBeEmpty();
  await page.keyboard.press("Escape");

  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row.getByText("På", { exact: true })).toBeVisible();
  await row.getByRole("button", { name: "Prova" }).click();
  await expect(page.getByText(/^Inte levererat:/)).toBeVisible();
  await row.getByRole("button", { name: "Slå av" }).click();
  await expect(row.getByText("Av", { exact: true })).toBeVisible();
  await page.reload();
  await expect(row.getByText("Av", { exact: true })).toBeVisible();
  await row.getByRole("button", { name: "Ta bort" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Ta bort" }).click();
  await expect(row).toHaveCount(0);
});

test("an address inside the organisation is refused by name", async ({ page }) => {
  await page.goto("/admin?tab=webhooks");
  await page.getByRole("button", { name: "Lägg till en webhook" }).click();
  const form = page.getByRole("dialog", { name: "Lägg till en webhook" });
  await form.getByRole("textbox", { name: "Namn" }).fill("Inifrån");
  await form.getByRole("textbox", { name: "Adress" }).fill("https://10.0.0.7/hook");
  await form.getByRole("button", { name: "Lägg till en webhook" }).click();
  await expect(form.getByRole("alert")).toBeVisible();
  await expect(form.getByRole("textbox", { name: "Namn" })).toHaveValue("Inifrån");
});
