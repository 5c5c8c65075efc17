// How fast the web app feels: what a first load takes, how soon a key, a letter and a filter are answered.
// usage: LODE_BASE_URL=http://… node scripts/measure-speed.mjs [--rounds N] [--json FILE]
// Prints a Markdown table with the aims; --json also writes every figure. No figure fails it by itself.
import { writeFileSync } from "node:fs";
import { argument, launchChromium } from "./chromium.mjs";

const base = process.env.LODE_BASE_URL;
if (!base) {
  console.error("measure-speed: set LODE_BASE_URL to the address of a running Lode");
  process.exit(2);
}
const rounds = Number(argument("--rounds", "40"));

const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
};
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

const browser = await launchChromium("--disable-background-networking");

/** A window whose network is written down: every answer with its size on the wire, the stream of changes apart. */
async function newWindow() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "sv-SE" });
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  const answers = new Map();
  network.on("Network.requestWillBeSent", ({ requestId, request, timestamp }) => {
    if (request.url.startsWith(base) && !request.url.endsWith("/api/live/events")) {
      answers.set(requestId, {
        path: request.url.slice(base.length),
        method: request.method,
        at: timestamp,
        bytes: 0,
      });
    }
  });
  network.on("Network.responseReceived", ({ requestId, response }) => {
    const answer = answers.get(requestId);
    if (answer) answer.encoding = response.headers["content-encoding"];
  });
  network.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => {
    const answer = answers.get(requestId);
    if (answer) answer.status = statusCode;
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const answer = answers.get(requestId);
    if (answer) answer.bytes = encodedDataLength;
  });
  return { page, answers, close: () => context.close() };
}

/** Waits until the page has what it came for: a heading, and nothing grey. */
async function ready(page) {
  await page.locator("main h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector("main .skeleton"));
}

/** What the first load of a page takes until nothing is asked any more; what is fetched ahead when idle comes later. */
async function firstLoad(path) {
  const { page, answers, close } = await newWindow();
  const from = Date.now();
  await page.goto(base + path);
  await ready(page);
  const milliseconds = Date.now() - from;
  await page.waitForTimeout(400);
  const all = [...answers.values()];
  const scripts = all.filter((answer) => answer.path.endsWith(".js"));
  const sum = (list) => list.reduce((bytes, answer) => bytes + answer.bytes, 0);
  const found = {
    path,
    requests: all.length,
    api_requests: all.filter((answer) => answer.path.startsWith("/api")).length,
    script_bytes: sum(scripts),
    scripts: scripts.length,
    bytes: sum(all),
    milliseconds,
  };
  // The same window once more: what has an ETag is answered by 304.
  answers.clear();
  await page.reload();
  await ready(page);
  await page.waitForTimeout(400);
  found.filters_again =
    [...answers.values()].find((answer) => answer.path === "/api/universe/filters")?.status ?? null;
  await close();
  return found;
}

/** In the page: how long from now until a test of the page holds, looked at before every frame; five seconds where it never does. */
const WAIT = `window.untilShown = (test) => new Promise((resolve) => {
  const from = performance.now();
  const look = () => {
    const took = performance.now() - from;
    if (test() || took > 5_000) resolve(took);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;

async function universe() {
  const { page, answers, close } = await newWindow();
  await page.addInitScript(WAIT);
  await page.goto(`${base}/universe?sort=-revenue`);
  await page.locator('[role="grid"][aria-busy="false"] [role="row"][aria-rowindex="2"]').waitFor();
  await page.waitForTimeout(4_000);

  // j: from the key to the next company's name and figures in the preview.
  const grid = page.getByRole("grid");
  await grid.focus();
  await page.keyboard.press("j");
  await page.waitForTimeout(800);
  await page.keyboard.press("Space");
  await page.waitForTimeout(1_500);
  const keys = [];
  for (let round = 0; round < rounds; round += 1) {
    keys.push(
      await page.evaluate(async () => {
        const shown = () => new URL(location.href).searchParams.get("o");
        const pane = () => [...document.querySelectorAll("main aside")].at(-1);
        const name = () => pane()?.querySelector("h2")?.textContent;
        const before = { orgnr: shown(), name: name() };
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
        return window.untilShown(
          () => shown() !== before.orgnr && name() !== before.name && !pane()?.querySelector(".skeleton"),
        );
      }),
    );
    await page.waitForTimeout(250);
  }

  // Typing: from the last letter to the rows of the words.
  const typed = [];
  const words = ["bygg", "el", "data", "transport", "mark", "service", "konsult", "nord", "maskin", "plast"];
  for (const word of words) {
    const box = page.locator("#universe-search");
    await box.fill("");
    await page.waitForTimeout(700);
    await box.pressSequentially(word.slice(0, -1), { delay: 30 });
    await page.evaluate(() => {
      window.shownAt = new Promise((resolve) => {
        document.querySelector("#universe-search").addEventListener(
          "input",
          () => {
            let wasBusy = false;
            resolve(
              window.untilShown(() => {
                const busy = document.querySelector('[role="grid"]')?.getAttribute("aria-busy") === "true";
                wasBusy ||= busy || new URL(location.href).searchParams.get("q") !== null;
                return (
                  wasBusy &&
                  !busy &&
                  new URL(location.href).searchParams.get("q") ===
                    document.querySelector("#universe-search").value
                );
              }),
            );
          },
          { once: true },
        );
      });
    });
    await box.press(word.slice(-1));
    typed.push(await page.evaluate(() => window.shownAt));
  }
  await page.locator("#universe-search").fill("");
  await page.waitForTimeout(1_000);

  // One more condition: what the page asks.
  answers.clear();
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement?.blur?.());
  await page.goto(`${base}/universe?sort=-revenue&f=${encodeURIComponent("revenue >= 20m")}`);
  await page.locator('[role="grid"][aria-busy="false"] [role="row"][aria-rowindex="2"]').waitFor();
  await page.waitForTimeout(1_500);
  answers.clear();
  await page
    .getByRole("button", { name: /^Ta bort/ })
    .first()
    .click();
  await page.waitForTimeout(1_500);
  const edit = [...answers.values()].filter((answer) => answer.path.startsWith("/api/universe"));
  await close();
  return { keys, typed, edit: edit.map((answer) => `${answer.method} ${answer.path}`) };
}

try {
  const answer = await fetch(`${base}/api/universe/query`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ limit: 1, columns: [], sort: [{ by: "revenue", dir: "desc" }] }),
  });
  const { rows, total } = await answer.json();
  const home = await firstLoad("/");
  const screen = await firstLoad("/universe");
  const company = await firstLoad(`/company/${rows[0].orgnr}`);
  const felt = await universe();
  const lines = [
    [
      "Home: JavaScript of the first load, gzip",
      "≤ 150 kB",
      `${kilobytes(home.script_bytes)} in ${home.scripts} files`,
    ],
    ["Home: requests", "≤ 20", `${home.requests}, ${home.api_requests} of them to the API`],
    ["Universe: JavaScript, gzip", "–", `${kilobytes(screen.script_bytes)} in ${screen.scripts} files`],
    ["Universe: requests", "–", screen.requests],
    ["`/api/universe/filters` when asked again", "304", screen.filters_again],
    ["Company: requests", "≤ 30", `${company.requests}, ${company.api_requests} of them to the API`],
    [
      "Key to preview, p50 / p95",
      "p95 ≤ 100 ms",
      `${percentile(felt.keys, 0.5)} / ${percentile(felt.keys, 0.95)} ms`,
    ],
    [
      "Last letter to rows, p50 / p95",
      "p95 ≤ 150 ms",
      `${percentile(felt.typed, 0.5)} / ${percentile(felt.typed, 0.95)} ms`,
    ],
    ["Filter edit: calls of the API", "1", felt.edit.length],
  ];
  console.log(`| ${total} companies | aim | measured |\n|---|---|---|`);
  for (const line of lines) console.log(`| ${line.join(" | ")} |`);
  if (felt.edit.length > 1) console.log(`\nfilter edit: ${felt.edit.join(", ")}`);
  const file = argument("--json");
  if (file) writeFileSync(file, JSON.stringify({ total, home, screen, company, ...felt }, null, 2));
} finally {
  await browser.close();
}
