import { describe, expect, it } from "vitest";
import type { FilterNode } from "@/shared/filter/node";
import { joinNodes, negate, replaceAt } from "./filter-tree";

const a: FilterNode = { field: "revenue", op: ">=", value: 1 };
const b: FilterNode = { field: "sni", op: "in", value: ["62"] };
const c: FilterNode = { field: "employees", op: "<=", value: 9 };

describe("joining conditions", () => {
  it("needs no group for one, and takes apart groups of the same kind", () => {
    expect(joinNodes("any", [a])).toEqual(a);
    expect(joinNodes("any", [])).toBeNull();
    expect(joinNodes("any", [a, { any: [b, c] }])).toEqual({ any: [a, b, c] });
    expect(joinNodes("all", [a, { any: [b, c] }])).toEqual({ all: [a, { any: [b, c] }] });
  });

  it("negates twice to the same", () => {
    expect(negate(a)).toEqual({ not: a });
    expect(negate(negate(a))).toEqual(a);
  });
});

describe("replacing a node at its place", () => {
  const nodes: FilterNode[] = [a, { any: [b, { not: c }] }];

  it("changes only that node, however deep", () => {
    expect(replaceAt(nodes, [0], b)).toEqual([b, { any: [b, { not: c }] }]);
    expect(replaceAt(nodes, [1, 1, 0], b)).toEqual([a, { any: [b, { not: b }] }]);
    expect(replaceAt(nodes, [1, 0], { any: [b, a] })).toEqual([a, { any: [b, a, { not: c }] }]);
  });

  it("leaves no empty group behind", () => {
    expect(replaceAt(nodes, [1, 1, 0], null)).toEqual([a, b]);
    expect(replaceAt([{ not: c }], [0, 0], null)).toEqual([]);
    expect(replaceAt(nodes, [0], null)).toEqual([{ any: [b, { not: c }] }]);
  });

  it("removes a negation rather than doubling it", () => {
    expect(replaceAt(nodes, [1, 1, 0], { not: c })).toEqual([a, { any: [b, c] }]);
  });
});
