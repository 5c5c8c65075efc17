import { expect, it } from "vitest";
import { inputFactor, readNumber, scaleNumber, writeNumber } from "./number-input";

it("reads what people type", () => {
  expect(readNumber(" 1\u00a0234,5 ")).toBe(1234.5);
  expect(readNumber("\u22125 %")).toBe(-5);
  expect(readNumber("")).toBeNull();
  expect(readNumber("fem")).toBeNaN();
});

it("writes a value so that it is read as the same", () => {
  const factor = inputFactor({ unit: "share" }, "tkr");
  expect(writeNumber(0.075, factor, "sv")).toBe("7,5");
  expect(writeNumber(0.075, factor, "en")).toBe("7.5");
  expect(scaleNumber(readNumber("7,5") ?? 0, factor)).toBe(0.075);
  expect(writeNumber(1_500_000, inputFactor({ unit: "sek" }, "tkr"), "sv")).toBe("1500");
});
