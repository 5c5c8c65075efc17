import { describe, expect, it } from "vitest";
import { parseFormula } from "./expression";

const ids = ["1", "2", "3"];
const [a, b, c] = ids.map((list) => ({ list }));

describe("the formula of lists", () => {
  it.each([
    ["A", a],
    ["A & B", { intersection: [a, b] }],
    ["(A ∩ B) − C", { difference: [{ intersection: [a, b] }, c] }],
    ["a and b or c", { union: [{ intersection: [a, b] }, c] }],
    ["A + B + C", { union: [a, b, c] }],
    ["A - B - C", { difference: [a, b, c] }],
    ["A ∪ B − C", { difference: [{ union: [a, b] }, c] }],
    ["A − (B ∪ C)", { difference: [a, { union: [b, c] }] }],
    ["A utan B", { difference: [a, b] }],
  ])("reads %s", (text, expression) => {
    expect(parseFormula(text, ids)).toEqual({ expression });
  });

  it.each([
    ["", 0, "empty"],
    ["A &", 3, "empty"],
    ["A B", 2, "unexpected"],
    ["A & D", 4, "unknownLetter"],
    ["(A & B", 6, "unclosed"],
    ["list", 0, "unexpected"],
  ])("says where %s is wrong", (text, at, reason) => {
    expect(parseFormula(text, ids)).toEqual({ fault: { at, reason } });
  });
});
