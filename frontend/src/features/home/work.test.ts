import { expect, it } from "vitest";
import { orderWork, type Work } from "./work";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();
const job = (id: number, state: Work["state"], days: number): Work => ({
  type: "job",
  at: daysAgo(days),
  state,
  job: { id } as never,
});

it("tells first what goes on, then what failed, then what was done, each newest first", () => {
  const order = orderWork(
    [job(1, "done", 1), job(2, "failed", 5), job(3, "active", 40), job(4, "failed", 2), job(5, "active", 0)],
    NOW,
  );
  expect(order.map((work) => work.type === "job" && work.job.id)).toEqual([5, 3, 4, 2, 1]);
});

it("forgets what was done sooner than what failed, and never what goes on", () => {
  const order = orderWork([job(1, "done", 4), job(2, "failed", 4), job(3, "failed", 15)], NOW);
  expect(order).toHaveLength(1);
  expect(orderWork([job(1, "active", 400)], NOW)).toHaveLength(1);
});
