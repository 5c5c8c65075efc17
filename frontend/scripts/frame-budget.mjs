// How smooth the Universe page stays while a histogram is brushed: frame times, answers shown, long tasks.
// usage: LODE_BASE_URL=http://… node scripts/frame-budget.mjs [--seconds N] [--json FILE]
// Prints one line of a Markdown table; --json also writes every figure.
import { writeFileSync } from "node:fs";
import { argument, launchChromium } from "./chromium.mjs";

const base = process.env.LODE_BASE_URL;
if (!base) {
  console.error("frame-budget: set LODE_BASE_URL to the address of a running Lode");
  process.exit(2);
}
const seconds = Number(argument("--seconds", "6"));

/** The value below which the share of the sorted numbers lies. */
const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
const sorted = (values) => [...values].sort((a, b) => a - b);
const rounded = (value) => (value === null ? null : Math.round(value * 10) / 10);

const browser = await launchChromium("--disable-background-networking");
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "sv-SE" });
  await page.goto(`${base}/universe?sort=-revenue`);
  await page
    .locator('[role="grid"][aria-busy="false"] [role="row"][aria-rowindex="2"]')
    .waitFor({ timeout: 60_000 });
  const bars = page.getByRole("region", { name: "Nettoomsättning" }).locator("svg").last();
  await bars.waitFor();
  const box = await bars.boundingBox();
  if (!box) throw new Error("the histogram has no size");

  await page.evaluate(() => {
    const record = { frames: [], long: [], shown: 0, from: performance.now() };
    window.frameRecord = record;
    let last = performance.now();
    const tick = (now) => {
      record.frames.push(now - last);
      last = now;
      record.handle = requestAnimationFrame(tick);
    };
    record.handle = requestAnimationFrame(tick);
    new PerformanceObserver((list) =>
      record.long.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({
      type: "longtask",
    });
    // The exact total above the table changes with every answer that is shown.
    const total = document.querySelector("main h1")?.parentElement?.querySelector('[role="status"]');
    if (total)
      new MutationObserver(() => (record.shown += 1)).observe(total, {
        subtree: true,
        characterData: true,
        childList: true,
      });
    performance.clearResourceTimings();
    performance.setResourceTimingBufferSize(5_000);
  });

  const middle = box.y + box.height / 2;
  const at = (share) => page.mouse.move(box.x + box.width * share, middle);
  await at(0.25);
  await page.mouse.down();
  const begun = Date.now();
  let moves = 0;
  while (Date.now() - begun < seconds * 1000) {
    // Back and forth over the right two thirds, one step per frame of a 60 Hz display.
    await at(0.35 + 0.6 * Math.abs(Math.sin((Date.now() - begun) / 900)));
    moves += 1;
    await new Promise((done) => setTimeout(done, 16));
  }
  const record = await page.evaluate(() => {
    cancelAnimationFrame(window.frameRecord.handle);
    const calls = performance
      .getEntriesByType("resource")
      .filter((entry) => entry.name.includes("/api/universe/query") && entry.responseEnd > 0)
      .map((entry) => entry.responseEnd - entry.startTime);
    const { frames, long, shown } = window.frameRecord;
    return { frames, long, shown, calls };
  });
  await page.mouse.up();

  const companies = await page.evaluate(async (origin) => {
    const answer = await fetch(`${origin}/api/status`);
    return (await answer.json()).index?.rows ?? null;
  }, base);
  const frames = sorted(record.frames.slice(2));
  const calls = sorted(record.calls);
  const figures = {
    companies,
    seconds,
    pointer_moves: moves,
    frames: frames.length,
    frame_p50_ms: rounded(percentile(frames, 0.5)),
    frame_p95_ms: rounded(percentile(frames, 0.95)),
    frame_max_ms: rounded(frames.at(-1) ?? null),
    frames_over_33_ms_share: rounded(
      (100 * frames.filter((time) => time > 33.4).length) / Math.max(1, frames.length),
    ),
    long_tasks: record.long.length,
    longest_task_ms: rounded(sorted(record.long).at(-1) ?? 0),
    answers: calls.length,
    answers_shown: record.shown,
    answer_p50_ms: rounded(percentile(calls, 0.5)),
    answer_p95_ms: rounded(percentile(calls, 0.95)),
  };
  const file = argument("--json", null);
  if (file) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(
    "| companies | frame p50 | p95 | max | over 33 ms | longest task | answers shown per s | answer p50 | p95 |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|");
  console.log(
    `| ${figures.companies} | ${figures.frame_p50_ms} ms | ${figures.frame_p95_ms} ms | ${figures.frame_max_ms} ms | ${figures.frames_over_33_ms_share} % | ${figures.longest_task_ms} ms | ${rounded(figures.answers_shown / seconds)} | ${figures.answer_p50_ms} ms | ${figures.answer_p95_ms} ms |`,
  );
} finally {
  await browser.close();
}
