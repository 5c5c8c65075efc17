import { describe, expect, it } from "vitest";
import type { Field } from "@/shared/catalogue/fields";
import { axisOf, fromShare, isInside, roundForFilter, ticksOf, toShare } from "./scatter-scale";

const field = (unit: string, kind: string) => ({ unit, kind }) as Field;
const money = field("sek", "amount");
const margin = field("share", "ratio");

describe("axes", () => {
  it("holds zero and negative amounts on a logarithmic axis", () => {
    const axis = axisOf(money, [-5e6, 0, 1e5, 1e9]);
    expect(axis.isLog).toBe(true);
    expect(toShare(-5e6, axis, money)).toBe(0);
    expect(toShare(1e9, axis, money)).toBe(1);
    expect(ticksOf(axis, money)).toContain(0);
    for (const value of [-5e6, 0, 2e6, 1e9]) {
      expect(fromShare(toShare(value, axis, money), axis, money)).toBeCloseTo(value, 0);
    }
  });

  it("leaves outliers of a ratio at the edge", () => {
    const values = [...Array.from({ length: 200 }, (_, index) => index / 1000), 900];
    const axis = axisOf(margin, values);
    expect(axis.max).toBeLessThan(1);
    expect(toShare(900, axis, margin)).toBe(1);
  });

  it("has an extent even when all values are equal", () => {
    expect(axisOf(margin, [0.1])).toMatchObject({ min: -0.9, max: 1.1 });
  });
});

it("rounds what a box becomes", () => {
  expect(roundForFilter(52_345_678, money)).toBe(52_000_000);
  expect(roundForFilter(0.12345, margin)).toBe(0.123);
});

it("knows what lies inside a lasso", () => {
  const square = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
  ];
  expect(isInside({ x: 5, y: 5 }, square)).toBe(true);
  expect(isInside({ x: 15, y: 5 }, square)).toBe(false);
});
