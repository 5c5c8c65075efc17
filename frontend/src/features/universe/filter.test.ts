import { describe, expect, it } from "vitest";
import type { FilterNode } from "@/shared/filter/node";
import { codesCondition, codesOf, openEnds, rangeCondition, rangeOf, replaceField } from "./filter";

const nodes: readonly FilterNode[] = [
  { field: "revenue", op: ">=", value: 50e6 },
  {
    any: [
      { field: "sni", op: "in", value: ["62"] },
      { field: "name", op: "contains", value: "data" },
    ],
  },
  { field: "county", op: "in", value: ["01", "14"] },
  { field: "revenue", op: "<=", value: 90e6 },
];

describe("the range of a field", () => {
  it("joins both ends", () => {
    expect(rangeOf(nodes, "revenue")).toEqual({ min: 50e6, max: 90e6 });
    expect(rangeOf(nodes, "ebit")).toEqual({ min: null, max: null });
    expect(rangeOf([{ field: "roe", op: "between", value: [0.1, 0.2] }], "roe")).toEqual({
      min: 0.1,
      max: 0.2,
    });
  });

  it("becomes the shortest condition", () => {
    expect(rangeCondition("revenue", 1, null)).toEqual({ field: "revenue", op: ">=", value: 1 });
    expect(rangeCondition("revenue", null, 2)).toEqual({ field: "revenue", op: "<=", value: 2 });
    expect(rangeCondition("revenue", 1, 2)).toEqual({ field: "revenue", op: "between", value: [1, 2] });
    expect(rangeCondition("revenue", null, null)).toBeNull();
  });
});

describe("replacing the conditions of a field", () => {
  it("keeps their place and leaves the others alone", () => {
    const next = replaceField(nodes, "revenue", { field: "revenue", op: ">", value: 1 });
    expect(next).toHaveLength(3);
    expect(next[0]).toEqual({ field: "revenue", op: ">", value: 1 });
    expect(next[1]).toBe(nodes[1]);
  });

  it("adds and removes", () => {
    expect(replaceField(nodes, "roe", { field: "roe", op: ">", value: 0 })).toHaveLength(5);
    expect(replaceField(nodes, "revenue", null)).toHaveLength(2);
  });

  it("does not touch a group that only mentions the field", () => {
    expect(codesOf(nodes, "sni")).toEqual([]);
    expect(replaceField(nodes, "sni", null)).toHaveLength(4);
  });
});

it("reads and writes codes", () => {
  expect(codesOf(nodes, "county")).toEqual(["01", "14"]);
  expect(codesCondition("county", [])).toBeNull();
  expect(codesCondition("county", ["01"])).toEqual({ field: "county", op: "in", value: ["01"] });
});

describe("the ends of a range", () => {
  it("stay outside where they were outside", () => {
    const more = { field: "revenue", op: ">", value: 50e6 } as const;
    expect(openEnds(more)).toEqual({ above: true, below: false });
    expect(rangeCondition("revenue", 60e6, null, openEnds(more))).toEqual({
      field: "revenue",
      op: ">",
      value: 60e6,
    });
    expect(rangeCondition("revenue", 60e6, 90e6, openEnds(more))).toEqual({
      all: [
        { field: "revenue", op: ">", value: 60e6 },
        { field: "revenue", op: "<=", value: 90e6 },
      ],
    });
    expect(rangeCondition("roe", null, 0.1, { above: false, below: true })).toEqual({
      field: "roe",
      op: "<",
      value: 0.1,
    });
  });

  it("are one value when they meet", () => {
    expect(rangeCondition("employees", 5, 5)).toEqual({ field: "employees", op: "=", value: 5 });
    expect(openEnds(undefined)).toEqual({ above: false, below: false });
  });
});
