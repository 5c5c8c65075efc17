import { expect, test } from "@playwright/test";
import { openLargestCompany } from "./screen";

/** Pages of a PDF that Chromium has made. */
const pagesOf = (pdf: Buffer) => (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;

test("a company is one page of A4 when it is printed, without the frame of the app", async ({ page }) => {
  const orgnr = await openLargestCompany(page);
  await page.getByRole("link", { name: "Ensidesblad" }).click();
  await expect(page).toHaveURL(new RegExp(`/company/${orgnr}/sheet`));
  const sheet = page.getByRole("article");
  await expect(sheet.getByRole("table").first()).toContainText("Nettoomsättning");
  await expect(sheet.getByRole("img", { name: /Omsättning och marginaler/ })).toBeVisible();
  await expect(sheet.getByRole("heading", { name: "Jämfört med branschen" })).toBeVisible();
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ media: "print", colorScheme: theme });
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /Skriv ut/ })).toBeHidden();
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: true });
    expect(pagesOf(pdf)).toBe(1);
  }
});
