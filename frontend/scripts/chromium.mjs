// The browser of the scripts beside this file: the system's Chromium, as for the tests (playwright.config.ts). None is downloaded.
import { execFileSync } from "node:child_process";
import { chromium } from "@playwright/test";

function chromiumPath() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error("no Chromium on PATH; set CHROMIUM_PATH");
}

/** Starts it, with these arguments beside the ones that every script needs. */
export function launchChromium(...args) {
  return chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", ...args] });
}

/** The value of a named argument of the command line. */
export function argument(name, fallback) {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : process.argv[at + 1];
}
