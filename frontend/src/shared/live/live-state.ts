let live = false;

/** Whether changes of others are told of as they happen. */
export function isLive(): boolean {
  return live;
}

export function setLive(next: boolean): void {
  live = next;
}

/** Pauses between questions while changes are told of: only in case that something was not told, in milliseconds. */
const WHEN_LIVE = 60_000;

/** How often to ask, in milliseconds: seldom while changes are told of, otherwise every so often. */
export function unlessLive(every: number): () => number {
  return () => (live ? Math.max(every, WHEN_LIVE) : every);
}
