import type { QueryClient } from "@tanstack/react-query";

/** Kinds of things that other windows of this browser show too; each is the first part of the keys of its queries. */
export type Kind = "prospects" | "lists" | "labels" | "exclusions" | "views" | "notes" | "activity" | "home";

const NAME = "lode.changes";

let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  channel ??= new BroadcastChannel(NAME);
  return channel;
}

/** Tells the other windows of this browser what has changed, so that they ask anew at once. */
export function announce(kinds: readonly Kind[]): void {
  open()?.postMessage(kinds);
}

/** Follows what other windows have changed. */
export function followAnnouncements(queries: QueryClient): void {
  open()?.addEventListener("message", ({ data }) => {
    if (!Array.isArray(data)) return;
    for (const kind of data) void queries.invalidateQueries({ queryKey: [kind] });
  });
}

/** How often a page that several people work on asks what has changed, in milliseconds; not while its window is hidden. */
export const FOLLOW_EVERY = 2_000;
