import { describe, expect, it } from "vitest";
import {
  contentHeight,
  isScaled,
  lastTopRow,
  MAX_HEIGHT,
  revealRow,
  rowWindow,
  scrollTopFor,
  topRowAt,
} from "./row-window";

const small = { count: 1000, rowHeight: 28, viewport: 700 };
const huge = { count: 2_000_000, rowHeight: 28, viewport: 700 };

describe("a table that fits the browser's limit", () => {
  it("is exact", () => {
    expect(isScaled(small)).toBe(false);
    expect(contentHeight(small)).toBe(28_000);
    expect(topRowAt(280, small)).toBe(10);
    expect(scrollTopFor(10, small)).toBe(280);
    expect(rowWindow(10, 280, small, 2)).toEqual({ first: 8, end: 38, base: 0 });
  });

  it("stays inside its rows", () => {
    expect(rowWindow(0, 0, { ...small, count: 3 })).toEqual({ first: 0, end: 3, base: 0 });
    expect(rowWindow(0, 0, { ...small, count: 0 })).toEqual({ first: 0, end: 0, base: 0 });
  });
});

describe("two million rows", () => {
  it("reaches the first and the very last row", () => {
    expect(contentHeight(huge)).toBe(MAX_HEIGHT);
    expect(topRowAt(0, huge)).toBe(0);
    expect(topRowAt(MAX_HEIGHT - huge.viewport, huge)).toBe(lastTopRow(huge));
    const window = rowWindow(lastTopRow(huge), MAX_HEIGHT - huge.viewport, huge);
    expect(window.end).toBe(2_000_000);
    expect(window.base + 2_000_000 * 28).toBeCloseTo(MAX_HEIGHT, 3);
  });

  it("finds every row again", () => {
    for (const row of [0, 1, 999_999, 1_234_567]) {
      expect(topRowAt(scrollTopFor(row, huge), huge)).toBeCloseTo(row, 3);
    }
  });
});

it("moves no more than needed to show a row", () => {
  expect(revealRow(5, 10, small)).toBe(5);
  expect(revealRow(20, 10, small)).toBe(10);
  expect(revealRow(40, 10, small)).toBe(16);
});
