// Takes the pictures in docs/screenshots: the main pages at two widths in both themes, from a running Lode.
// usage: LODE_BASE_URL=http://… node scripts/screenshots.mjs [FOLDER]
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.mjs";

const base = process.env.LODE_BASE_URL;
if (!base) {
  console.error("screenshots: set LODE_BASE_URL to the address of a running Lode");
  process.exit(2);
}
const folder = process.argv[2] ?? fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
mkdirSync(folder, { recursive: true });

/** A company with a real filed report, where it was imported; else the largest one. */
async function company() {
  const real = "5569201998";
  if ((await fetch(`${base}/api/companies/${real}`)).ok) return real;
  const answer = await fetch(`${base}/api/universe/query`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ limit: 1, columns: [], sort: [{ by: "revenue", dir: "desc" }] }),
  });
  return (await answer.json()).rows[0].orgnr;
}

const PAGES = {
  universe: `/universe?f=${encodeURIComponent("revenue >= 20m and (ebit_margin >= 10% or cagr_3y >= 15%)")}`,
  company: `/company/${await company()}`,
  sources: "/sources",
};

const browser = await launchChromium("--disable-gpu");
try {
  for (const [name, path] of Object.entries(PAGES)) {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ]) {
      for (const colorScheme of ["light", "dark"]) {
        const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale: "en-GB" });
        // The stream of changes never ends: without it the network comes to rest.
        await page.route("**/api/live/events", (route) => route.fulfill({ status: 404, body: "" }));
        await page.goto(`${base}${path}`);
        await page.locator("main h1").first().waitFor();
        await page.waitForLoadState("networkidle");
        await page.locator(".skeleton").first().waitFor({ state: "detached" });
        await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
}
console.log(`screenshots: ${Object.keys(PAGES).length * 4} pictures in ${folder}`);
