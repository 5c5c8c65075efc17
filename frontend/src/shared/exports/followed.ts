import { useSyncExternalStore } from "react";

/** The exports that were asked for in this tab and whose progress is still shown; they survive navigation and a reload. */
const KEY = "lode.exports";

const listeners = new Set<() => void>();
let followed: readonly string[] = read();

function read(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function publish(next: readonly string[]): void {
  followed = next;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing shows them until the page is left.
  }
  for (const listener of listeners) listener();
}

/** Shows the export's progress in the corner, newest first. */
export function followExport(id: string): void {
  publish([id, ...followed.filter((other) => other !== id)]);
}

/** Takes these out of the corner; the exports themselves stay. */
export function unfollowExports(ids: readonly string[]): void {
  if (followed.some((id) => ids.includes(id))) publish(followed.filter((id) => !ids.includes(id)));
}

export function useFollowedExports(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => followed,
    () => followed,
  );
}
