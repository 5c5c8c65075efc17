/** One error as an envelope of Sentry's protocol: what it may hold, and sending it. */

import { ApiError } from "@/shared/api/problem";

/** Reports of one page at most: an error in a loop is told often enough by the first ones. */
const MOST = 20;
/** How long nothing is sent to a server that asks for a pause without saying how long, in seconds. */
const PAUSE = 60;
const LONGEST_TEXT = 500;

let sent = 0;
let silentUntil = 0;

/** Forgets how much was sent; for tests. */
export function startAnew(): void {
  sent = 0;
  silentUntil = 0;
}

/** The text without addresses, whatever is quoted, tokens, and numbers of six digits or more: sole traders have their owner's number. */
export function scrub(text: string): string {
  return text
    .replace(/[^\s@<>()]+@[^\s@<>()]+/g, "[address]")
    .replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, "[url]")
    .replace(/“[^”]*”|"[^"]*"|‘[^’]*’|`[^`]*`/g, "[text]")
    .replace(/[A-Za-z0-9_-]{32,}/g, "[text]")
    .replace(/[0-9][0-9 :./-]{4,}[0-9]/g, "[number]")
    .slice(0, LONGEST_TEXT);
}

/** The page by its kind: `/company/:id`, without what is asked for. */
export function pageKind(path: string): string {
  return path.replace(/\/(?=[^/]*\d)[^/]+/g, "/:id");
}

type Frame = { filename: string; function?: string; lineno: number; colno: number; in_app: boolean };

/** The frames of a stack, the innermost last, as the protocol wants them; only those of the app's own files, by their path. */
export function frames(stack: string): Frame[] {
  const found: Frame[] = [];
  for (const line of stack.split("\n")) {
    // Chromium: "at name (https://host/assets/a.js:1:2)"; Firefox and Safari: "name@https://host/assets/a.js:1:2".
    const match =
      /^\s*(?:at )?(?:async )?([^\s(@]*)\s*[(@]?(https?:\/\/[^/]+(\/[^?#)]*?)):(\d+):(\d+)\)?$/.exec(line);
    if (!match) continue;
    const [, name, , path, row, column] = match;
    const frame: Frame = { filename: `~${path}`, lineno: Number(row), colno: Number(column), in_app: true };
    found.push(name ? { ...frame, function: name } : frame);
  }
  return found.slice(0, 50).reverse();
}

/** Whether the error is one of the app or the server, rather than a refusal, a connection that is away, or something cancelled. */
function isWorthTelling(error: unknown): boolean {
  if (error instanceof ApiError) return error.status >= 500 && error.status !== 503;
  return !(error instanceof DOMException && error.name === "AbortError");
}

function event(error: unknown): Record<string, unknown> {
  const known =
    error instanceof Error
      ? error
      : new Error(typeof error === "string" ? error : "something that is no error was thrown");
  const tags: Record<string, string> = { role: "web", page: pageKind(window.location.pathname) };
  if (known instanceof ApiError && known.requestId) tags.request_id = known.requestId;
  const parts = frames(known.stack ?? "");
  const exception = {
    type: known.name,
    value: scrub(known.message),
    ...(parts.length > 0 && { stacktrace: { frames: parts } }),
  };
  return {
    event_id: crypto.randomUUID().replaceAll("-", ""),
    timestamp: Date.now() / 1_000,
    platform: "javascript",
    level: "error",
    release: import.meta.env.VITE_RELEASE || "lode@development",
    environment: import.meta.env.VITE_SENTRY_ENVIRONMENT || "production",
    tags,
    exception: { values: [exception] },
  };
}

/** Sends the error to the project of the address `https://KEY@HOST/NUMBER`, unless there were many or the server asked for a pause. */
export async function send(dsn: string, error: unknown): Promise<void> {
  if (!isWorthTelling(error) || sent >= MOST || Date.now() < silentUntil) return;
  sent += 1;
  const place = new URL(dsn);
  const project = place.pathname.split("/").filter(Boolean).pop() ?? "";
  const base = place.pathname.slice(0, place.pathname.lastIndexOf("/"));
  const made = event(error);
  const body = `${JSON.stringify({ event_id: made.event_id })}\n${JSON.stringify({ type: "event" })}\n${JSON.stringify(made)}\n`;
  const answer = await fetch(
    `${place.origin}${base}/api/${project}/envelope/?sentry_version=7&sentry_key=${place.username}`,
    {
      method: "POST",
      // A simple request: no question before it, no cookie, and no address of the page.
      headers: { "content-type": "text/plain;charset=UTF-8" },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      keepalive: true,
      body,
    },
  );
  if (answer.status === 429) {
    silentUntil = Date.now() + (Number(answer.headers.get("retry-after")) || PAUSE) * 1_000;
  }
}
