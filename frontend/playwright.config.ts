import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

/** The system's Chromium: CHROMIUM_PATH, else the first known name on PATH. No browser is downloaded. */
function chromiumPath(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

const baseURL = process.env.LODE_BASE_URL ?? process.env.BASE_URL;
if (!baseURL) {
  throw new Error("set LODE_BASE_URL to the address of a running Lode, e.g. the one that `lode up` prints");
}

export default defineConfig({
  testDir: "./tests",
  outputDir: "./test-results",
  // Long: a machine that does other work as well takes several times as long, and that is nobody's fault.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: process.env.CI ? 2 : undefined,
  forbidOnly: Boolean(process.env.CI),
  // What passes only the second time is named as flaky by .ci/run: a fault to be found, not a reason to hold up a change.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"]],
  use: {
    baseURL,
    locale: "sv-SE",
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: chromiumPath(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
