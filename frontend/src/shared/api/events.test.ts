import { afterEach, expect, test, vi } from "vitest";
import { eventsOf, followEvents, type ServerEvent } from "./events";

function stream(...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
}

async function all(body: ReadableStream<Uint8Array>): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of eventsOf(body)) events.push(event);
  return events;
}

afterEach(() => vi.unstubAllGlobals());

test("events are read across pieces, comments are passed over", async () => {
  const events = await all(
    stream(
      "event: queues\nid: a1\nda",
      'ta: {"n":',
      "1}\n\n:\n\n",
      "event: job\r\ndata: å\r\ndata: ä\r\n\r\n",
      "data: cut",
    ),
  );
  expect(events).toEqual([
    { name: "queues", id: "a1", data: '{"n":1}' },
    { name: "job", id: null, data: "å\nä" },
  ]);
});

test("it comes back after a break with the id of the last event", async () => {
  const calls: (string | null)[] = [];
  const stop = new AbortController();
  vi.stubGlobal("fetch", async (request: Request) => {
    calls.push(request.headers.get("last-event-id"));
    return new Response(stream(`id: e${calls.length}\ndata: x\n\n`), { status: 200 });
  });
  await followEvents("/api/jobs/events", {
    signal: stop.signal,
    onEvent: () => {
      if (calls.length === 2) stop.abort();
    },
  });
  expect(calls).toEqual([null, "e1"]);
});

test("a refusal is not tried again", async () => {
  vi.stubGlobal("fetch", async () => new Response("{}", { status: 403 }));
  const follow = followEvents("/api/jobs/events", {
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  await expect(follow).rejects.toMatchObject({ status: 403 });
});
