import { useSyncExternalStore } from "react";

/** Whether the server answers, and whether it serves a newer web app than the one that runs here. */
export type Connection = { reachable: boolean; isOutdated: boolean };

/** Pauses between tries while the server is away, and between looks for a new version, in milliseconds. */
const RETRY_PAUSE = 2_000;
const VERSION_PAUSE = 300_000;

let state: Connection = { reachable: true, isOutdated: false };
let retry: ReturnType<typeof setTimeout> | null = null;
let whenBack: (() => void) | null = null;
const listeners = new Set<() => void>();

function publish(next: Partial<Connection>): void {
  const changed = { ...state, ...next };
  if (changed.reachable === state.reachable && changed.isOutdated === state.isOutdated) return;
  state = changed;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => state);
}

/** Waits for the next change of the connection. */
export function onConnection(listener: (now: Connection) => void): () => void {
  return subscribe(() => listener(state));
}

/** A proxy that stands in front of a server that is away says so with one of these, and with no problem document. */
export function isAway(response: Response): boolean {
  const isProblem = (response.headers.get("content-type") ?? "").includes("json");
  return [502, 503, 504].includes(response.status) && !isProblem;
}

/** A call was answered by the server itself. */
export function sayReachable(): void {
  if (state.reachable) return;
  if (retry) clearTimeout(retry);
  retry = null;
  publish({ reachable: true });
  whenBack?.();
  // The server may have been away because it was replaced.
  void lookForNewVersion();
}

/** A call was not answered. From now on the server is asked again until it answers. */
export function sayUnreachable(): void {
  publish({ reachable: false });
  retry ??= setTimeout(() => void tryAgain(), RETRY_PAUSE);
}

/** Asks now whether the server is back. */
export async function tryAgain(): Promise<void> {
  if (retry) clearTimeout(retry);
  retry = null;
  try {
    const response = await globalThis.fetch("/health", { cache: "no-store" });
    if (isAway(response)) sayUnreachable();
    else sayReachable();
  } catch {
    sayUnreachable();
  }
}

/** The script that a start page begins with; its name holds a hash of its content. */
export function entryOf(html: string): string | null {
  return /<script[^>]+type="module"[^>]+src="([^"]+)"/.exec(html)?.[1] ?? null;
}

/** Compares the script that runs here with the one that the server would begin with now. */
export async function lookForNewVersion(): Promise<void> {
  const mine = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute("src");
  if (!mine || state.isOutdated) return;
  try {
    const response = await globalThis.fetch("/", { cache: "no-store", headers: { accept: "text/html" } });
    const theirs = response.ok ? entryOf(await response.text()) : null;
    if (theirs && theirs !== mine) publish({ isOutdated: true });
  } catch {
    // A server that is away is told of elsewhere.
  }
}

/** Watches the connection for as long as the app runs; `onBack` is called when the server answers again. */
export function watchConnection(onBack: () => void): void {
  whenBack = onBack;
  window.addEventListener("offline", sayUnreachable);
  window.addEventListener("online", () => void tryAgain());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void lookForNewVersion();
  });
  setInterval(() => void lookForNewVersion(), VERSION_PAUSE);
}
