import type { QueryClient } from "@tanstack/react-query";
import { followEvents } from "@/shared/api/events";
import { whenHandIsFree } from "./hand";
import { isLive, setLive } from "./live-state";
import { shows, TOPICS } from "./topics";

/** The lock that the tab holds which listens for all tabs of this browser, and the channel on which it tells them. */
const NAME = "lode.live";
/** Without a byte for this long the connection is dead; the server sends one every 15 seconds, in milliseconds. */
const LONGEST_SILENCE = 40_000;
/** After a refusal, before the next try, in milliseconds. */
const AFTER_REFUSAL = 30_000;

type Message =
  | { type: "changed"; topics: readonly string[] }
  | { type: "live"; live: boolean }
  | { type: "ask" };

/**
 * Follows what others change, for as long as somebody is signed in: one stream per browser, because a browser has few
 * connections to a server, and one tab tells the others. Returns how to stop.
 */
export function followLive(queries: QueryClient): () => void {
  const stop = new AbortController();
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(NAME);
  const apply = applyTo(queries, stop.signal);
  let isLeader = false;
  const tell = (message: Message) => channel?.postMessage(message);
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === "ask") {
        if (isLeader) tell({ type: "live", live: isLive() });
      } else if (data.type === "live") setLive(data.live);
      else apply(data.topics);
    };
    tell({ type: "ask" });
  }
  const lead = async () => {
    isLeader = true;
    await listen(
      stop.signal,
      (topics) => {
        apply(topics);
        tell({ type: "changed", topics });
      },
      (live) => {
        setLive(live);
        tell({ type: "live", live });
      },
    );
  };
  // Locks exist on safe origins alone; elsewhere each tab that is looked at has its own stream.
  if (channel && navigator.locks) {
    navigator.locks.request(NAME, { signal: stop.signal }, lead).catch(() => undefined);
  } else void lead();
  return () => {
    stop.abort();
    if (isLeader) tell({ type: "live", live: false });
    channel?.close();
    setLive(false);
  };
}

/** Listens until it is stopped. */
async function listen(
  signal: AbortSignal,
  onChanged: (topics: readonly string[]) => void,
  onLive: (live: boolean) => void,
): Promise<void> {
  let wasLive = false;
  while (!signal.aborted) {
    try {
      await followEvents("/api/live/events", {
        signal,
        longestSilence: LONGEST_SILENCE,
        onEvent: ({ name, data }) => {
          if (name === "live") {
            onLive(true);
            // What happened while the connection was lost is not told any more.
            if (wasLive) onChanged(TOPICS);
            wasLive = true;
          } else if (name === "change") onChanged(JSON.parse(data) as string[]);
        },
        onLive: (live) => {
          if (!live) onLive(false);
        },
      });
    } catch {
      // Refused, such as by a server before this one: pages ask from time to time, as without a stream.
      onLive(false);
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, AFTER_REFUSAL);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** Asks anew for what shows something of these kinds, when no hand is on it; a hidden page does so when it is looked at again. */
function applyTo(queries: QueryClient, signal: AbortSignal): (topics: readonly string[]) => void {
  let waiting = new Set<string>();
  const flush = () => {
    const topics = waiting;
    waiting = new Set();
    if (signal.aborted) return;
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => shows(queryKey, topics),
      refetchType: document.visibilityState === "hidden" ? "none" : "active",
    });
  };
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.visibilityState === "hidden") return;
      const predicate = ({
        queryKey,
        state,
      }: {
        queryKey: readonly unknown[];
        state: { isInvalidated: boolean };
      }) => state.isInvalidated && shows(queryKey, TOPICS);
      void queries.refetchQueries({ type: "active", predicate });
    },
    { signal },
  );
  return (topics) => {
    const isFirst = waiting.size === 0;
    for (const topic of topics) waiting.add(topic);
    if (isFirst && waiting.size > 0) whenHandIsFree(flush, () => queries.isMutating() > 0);
  };
}
