import { apiFetch } from "./fetch";
import { problemFrom } from "./problem";

/** One server-sent event. */
export type ServerEvent = { name: string; id: string | null; data: string };

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/**
 * Follows a stream of server-sent events until the signal aborts or the server ends it permanently, coming back after every break
 * with the id of the last event. It goes through apiFetch, because a browser's own EventSource cannot carry an access token.
 * `onLive` tells whether the connection stands; a refusal (4xx) ends it with an ApiError.
 */
export async function followEvents(
  path: string,
  options: {
    signal: AbortSignal;
    onEvent: (event: ServerEvent) => void;
    onLive?: (live: boolean) => void;
    endsByItself?: boolean;
    /** Without a byte for this long the connection counts as lost, in milliseconds. */
    longestSilence?: number;
  },
): Promise<void> {
  const { signal, onEvent, onLive, endsByItself, longestSilence } = options;
  let lastId: string | null = null;
  let pause = FIRST_PAUSE;
  while (!signal.aborted) {
    try {
      const headers = new Headers({ accept: "text/event-stream" });
      if (lastId) headers.set("last-event-id", lastId);
      const response = await apiFetch(path, { headers, signal });
      if (!response.ok || !response.body) {
        const problem = problemFrom(response, await response.json().catch(() => null));
        if (response.status >= 400 && response.status < 500) throw problem;
      } else {
        onLive?.(true);
        pause = FIRST_PAUSE;
        for await (const event of eventsOf(response.body, longestSilence)) {
          if (event.id) lastId = event.id;
          onEvent(event);
        }
        if (endsByItself && !signal.aborted) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Error && "status" in error && Number(error.status) >= 400) throw error;
    }
    onLive?.(false);
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}

/** Reads a body as events; comments, which only keep the connection open, are passed over. */
export async function* eventsOf(
  body: ReadableStream<Uint8Array>,
  longestSilence?: number,
): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), longestSilence);
      if (done) return;
      text += decoder.decode(value, { stream: true });
      for (let end = text.search(/\r?\n\r?\n/); end >= 0; end = text.search(/\r?\n\r?\n/)) {
        const event = parse(text.slice(0, end));
        text = text.slice(end).replace(/^\r?\n\r?\n/, "");
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** The same promise; fails when it takes longer than so many milliseconds. */
function within<T>(promise: Promise<T>, limit: number | undefined): Promise<T> {
  if (limit === undefined) return promise;
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the stream has fallen silent")), limit);
  });
  return Promise.race([promise, silence]).finally(() => clearTimeout(timer));
}

function parse(block: string): ServerEvent | null {
  let name = "message";
  let id: string | null = null;
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const value = line.slice(colon + 1).replace(/^ /, "");
    const field = line.slice(0, colon);
    if (field === "event") name = value;
    else if (field === "id") id = value;
    else if (field === "data") data.push(value);
  }
  return data.length > 0 ? { name, id, data: data.join("\n") } : null;
}
