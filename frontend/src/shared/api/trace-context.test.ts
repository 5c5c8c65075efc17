import { afterEach, expect, it, vi } from "vitest";
import { apiFetch } from "./fetch";
import { newTraceContext } from "./trace-context";

afterEach(() => vi.restoreAllMocks());

it("names a trace as the recommendation has it, another one each time", () => {
  const contexts = Array.from({ length: 50 }, newTraceContext);
  for (const context of contexts) expect(context).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(new Set(contexts).size).toBe(50);
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => array);
  expect(newTraceContext()).toBe(`00-01${"0".repeat(30)}-01${"0".repeat(14)}-01`);
});

it("begins a trace with each call to the API, and keeps one that the caller names", async () => {
  const sent: (string | null)[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (request) => {
    sent.push((request as Request).headers.get("traceparent"));
    return new Response("{}");
  });
  const given = newTraceContext();
  await apiFetch("/api/status");
  await apiFetch("/api/status", { headers: { traceparent: given } });
  expect(sent[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(sent[1]).toBe(given);
});
