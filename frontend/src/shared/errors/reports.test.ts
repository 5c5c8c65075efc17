import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/problem";
import { frames, pageKind, scrub, startAnew } from "./envelope";
import { followErrors, report } from "./reports";

const DSN = "https://0123abcd@sentry.example/prefix/7";

function answering(status = 200, headers: Record<string, string> = {}) {
  return vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () => new Response("{}", { status, headers }));
}

beforeEach(() => startAnew());

test("without a project nothing is sent and nothing is listened to", async () => {
  const fetched = answering();
  const listened = vi.spyOn(window, "addEventListener");
  await report(new Error("x"), "");
  followErrors("")();
  expect(fetched).not.toHaveBeenCalled();
  expect(listened).not.toHaveBeenCalled();
});

test("an error nobody caught arrives as an envelope without what it must not hold", async () => {
  const fetched = answering();
  window.history.replaceState(null, "", "/company/8112189876?token=hunter2");
  const stop = followErrors(DSN);
  const error = new TypeError(
    "cannot read “Anna Berg” of anna.berg@example.se, 811218-9876, https://db.example/x?key=hunter2",
  );
  window.dispatchEvent(new ErrorEvent("error", { error }));
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(1));
  stop();
  const [address, request] = fetched.mock.calls[0] ?? [];
  expect(address).toBe("https://sentry.example/prefix/api/7/envelope/?sentry_version=7&sentry_key=0123abcd");
  expect(request?.credentials).toBe("omit");
  const lines = String(request?.body).trim().split("\n");
  expect(lines).toHaveLength(3);
  const [header, item, event] = lines.map((line) => JSON.parse(line));
  expect(item.type).toBe("event");
  expect(event.event_id).toBe(header.event_id);
  expect(event.exception.values[0].type).toBe("TypeError");
  expect(event.tags).toEqual({ role: "web", page: "/company/:id" });
  for (const secret of ["Anna", "berg", "811218", "9876", "hunter2", "db.example"]) {
    expect(String(request?.body)).not.toContain(secret);
  }
});

test("a fault of the server carries its request id; refusals and cancelled requests are not reported", async () => {
  const fetched = answering();
  await report(new ApiError({ status: 422, title: "no" }), DSN);
  await report(new ApiError({ status: 503, title: "busy" }), DSN);
  await report(new DOMException("stopped", "AbortError"), DSN);
  expect(fetched).not.toHaveBeenCalled();
  await report(
    new ApiError({ status: 500, title: "the server could not answer", requestId: "018f-request" }),
    DSN,
  );
  expect(String(fetched.mock.calls[0]?.[1]?.body)).toContain('"request_id":"018f-request"');
});

test("a server that asks for a pause gets one, and a page reports only so much", async () => {
  const tired = answering(429, { "retry-after": "300" });
  await report(new Error("first"), DSN);
  await report(new Error("second"), DSN);
  expect(tired).toHaveBeenCalledTimes(1);
  startAnew();
  const fetched = answering();
  fetched.mockClear();
  for (let count = 0; count < 50; count += 1) await report(new Error("again"), DSN);
  expect(fetched).toHaveBeenCalledTimes(20);
});

test("a server that is away throws nothing", async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("network"));
  await expect(report("a text", DSN)).resolves.toBeUndefined();
});

test("stacks of every browser are read, and files are named without their host", () => {
  const chromium =
    "Error: x\n    at inner (https://app.example/assets/a-1f.js:1:20)\n    at async https://app.example/assets/b.js:3:4";
  const firefox = "inner@https://app.example/assets/a-1f.js:1:20\n@https://app.example/assets/b.js:3:4";
  for (const stack of [chromium, firefox]) {
    expect(frames(stack).map(({ filename, lineno, colno }) => [filename, lineno, colno])).toEqual([
      ["~/assets/b.js", 3, 4],
      ["~/assets/a-1f.js", 1, 20],
    ]);
    expect(frames(stack)[1]?.function).toBe("inner");
  }
  expect(frames("no stack")).toEqual([]);
});

test("pages and texts are told by their kind", () => {
  expect(pageKind("/lists/018f3a1c-7c4e-7d22-9b3e-0f6d2a1c9b10/edit")).toBe("/lists/:id/edit");
  expect(pageKind("/universe")).toBe("/universe");
  expect(scrub("Failed to fetch dynamically imported module")).toBe(
    "Failed to fetch dynamically imported module",
  );
});
