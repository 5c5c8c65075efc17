import { describe, expect, it } from "vitest";
import {
  codesCondition,
  codesOf,
  type FilterPart,
  openEnds,
  rangeCondition,
  rangeOf,
  replaceField,
} from "./filter";

const part = (filter: FilterPart["filter"], fields: string[]): FilterPart => ({ text: "", filter, fields });

const parts = [
  part({ field: "revenue", op: ">=", value: 50e6 }, ["revenue"]),
  part(
    {
      any: [
        { field: "sni", op: "in", value: ["62"] },
        { field: "name", op: "contains", value: "data" },
      ],
    },
    ["sni", "name"],
  ),
  part({ field: "county", op: "in", value: ["01", "14"] }, ["county"]),
  part({ field: "revenue", op: "<=", value: 90e6 }, ["revenue"]),
];

describe("the range of a field", () => {
  it("joins both ends", () => {
    expect(rangeOf(parts, "revenue")).toEqual({ min: 50e6, max: 90e6 });
    expect(rangeOf(parts, "ebit")).toEqual({ min: null, max: null });
    expect(rangeOf([part({ field: "roe", op: "between", value: [0.1, 0.2] }, ["roe"])], "roe")).toEqual({
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
    const next = replaceField(parts, "revenue", { field: "revenue", op: ">", value: 1 });
    expect(next).toHaveLength(3);
    expect(next[0]).toEqual({ field: "revenue", op: ">", value: 1 });
    expect(next[1]).toBe(parts[1]?.filter);
  });

  it("adds and removes", () => {
    expect(replaceField(parts, "roe", { field: "roe", op: ">", value: 0 })).toHaveLength(5);
    expect(replaceField(parts, "revenue", null)).toHaveLength(2);
  });

  it("does not touch a group that only mentions the field", () => {
    expect(codesOf(parts, "sni")).toEqual([]);
    expect(replaceField(parts, "sni", null)).toHaveLength(4);
  });
});

it("reads and writes codes", () => {
  expect(codesOf(parts, "county")).toEqual(["01", "14"]);
  expect(codesCondition("county", [])).toBeNull();
  expect(codesCondition("county", ["01"])).toEqual({ field: "county", op: "in", value: ["01"] });
});

describe("the ends of a range", () => {
  it("stay outside where they were outside", () => {
    const more = part({ field: "revenue", op: ">", value: 50e6 }, ["revenue"]);
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
    expect(openEnds(null)).toEqual({ above: false, below: false });
  });
});
