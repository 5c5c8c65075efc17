import { describe, expect, it } from "vitest";
import {
  formatAmount,
  formatBytes,
  formatCompactAmount,
  formatMultiple,
  formatNumber,
  formatPercent,
  unitName,
} from "./number";

const NBSP = "\u00a0";
const MINUS = "\u2212";

describe("amounts", () => {
  it("shows kr, tkr and mkr in Swedish with a space between thousands and a real minus", () => {
    expect(formatAmount(1234567, "kr", "sv")).toBe(`1${NBSP}234${NBSP}567`);
    expect(formatAmount(1234567, "tkr", "sv")).toBe(`1${NBSP}235`);
    expect(formatAmount(-1234567, "mkr", "sv")).toBe(`${MINUS}1,2`);
  });

  it("shows the same in English", () => {
    expect(formatAmount(-1234567, "tkr", "en")).toBe(`${MINUS}1,235`);
    expect(formatAmount(1234567, "mkr", "en")).toBe("1.2");
  });

  it("shows a dash for what is missing, and 0 only for a real zero", () => {
    expect(formatAmount(null, "kr", "sv")).toBe("–");
    expect(formatAmount(undefined, "kr", "sv")).toBe("–");
    expect(formatAmount(Number.NaN, "kr", "sv")).toBe("–");
    expect(formatAmount(0, "kr", "sv")).toBe("0");
  });

  it("has no negative zero", () => {
    expect(formatAmount(-400, "tkr", "sv")).toBe("0");
    expect(formatAmount(-40_000, "mkr", "en")).toBe("0.0");
  });

  it("picks the unit that fits", () => {
    expect(formatCompactAmount(52_000_000, "sv")).toBe(`52${NBSP}mkr`);
    expect(formatCompactAmount(1_250, "sv")).toBe(`1,25${NBSP}tkr`);
    expect(formatCompactAmount(-3_400_000_000, "en")).toBe(`${MINUS}3.4${NBSP}mdkr`);
    expect(formatCompactAmount(2_000_000, "en", "EUR")).toBe(`2${NBSP}M EUR`);
  });

  it("names the unit by currency", () => {
    expect(unitName("tkr")).toBe("tkr");
    expect(unitName("mkr", "USD")).toBe("M USD");
  });
});

describe("ratios", () => {
  it("shows per cent with the language's spacing", () => {
    expect(formatPercent(0.1234, "sv")).toBe(`12,3${NBSP}%`);
    expect(formatPercent(-0.1234, "en")).toBe(`${MINUS}12.3%`);
    expect(formatPercent(null, "sv")).toBe("–");
  });

  it("shows multiples and plain numbers", () => {
    expect(formatMultiple(1.84, "sv")).toBe("1,8×");
    expect(formatNumber(2.5, "sv", 1)).toBe("2,5");
    expect(formatNumber(2, "sv", 1)).toBe("2");
  });
});

describe("bytes", () => {
  it("scales by a thousand", () => {
    expect(formatBytes(0, "en")).toBe(`0${NBSP}B`);
    expect(formatBytes(999, "en")).toBe(`999${NBSP}B`);
    expect(formatBytes(155_300, "sv")).toBe(`155,3${NBSP}kB`);
  });
});
