import type { Expression } from "@/shared/lists/queries";

/** Lists in a formula are called A, B, C … in the order in which they were chosen. */
export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export type FormulaFault = { at: number; reason: "unexpected" | "unknownLetter" | "unclosed" | "empty" };
export type FormulaResult = { expression: Expression } | { fault: FormulaFault };

/**
 * Reads a formula such as `(A ∩ B) − C`. `∩ & *` and the word `and` join more tightly than `∪ | +`, `or` and
 * `− - \`, `without`; equals are read from the left. `ids` are the chosen lists in order.
 */
export function parseFormula(text: string, ids: readonly string[]): FormulaResult {
  let at = 0;
  const fail = (reason: FormulaFault["reason"]): never => {
    throw Object.assign(new Error(reason), { fault: { at, reason } });
  };
  const skip = () => {
    while (/\s/.test(text[at] ?? "")) at += 1;
  };
  const eat = (pattern: RegExp): boolean => {
    skip();
    const found = pattern.exec(text.slice(at));
    if (!found) return false;
    at += found[0].length;
    return true;
  };
  const factor = (): Expression => {
    skip();
    if (at >= text.length) return fail("empty");
    if (eat(/^\(/)) {
      const inner = sum();
      if (!eat(/^\)/)) return fail("unclosed");
      return inner;
    }
    const letter = /^[A-Za-z](?![A-Za-z])/.exec(text.slice(at))?.[0];
    if (!letter) return fail("unexpected");
    const id = ids[LETTERS.indexOf(letter.toUpperCase())];
    if (id === undefined) return fail("unknownLetter");
    at += 1;
    return { list: id };
  };
  const product = (): Expression => {
    const parts = [factor()];
    while (eat(/^(?:[∩&*]|(?:and|och)\b)/i)) parts.push(factor());
    return parts.length === 1 ? (parts[0] as Expression) : { intersection: parts };
  };
  const sum = (): Expression => {
    let left = product();
    for (;;) {
      if (eat(/^(?:[∪|+]|(?:or|eller)\b)/i)) left = joined("union", left, product());
      else if (eat(/^(?:[−\-\\–]|(?:without|utan|not)\b)/i)) left = joined("difference", left, product());
      else return left;
    }
  };
  try {
    const expression = sum();
    skip();
    if (at < text.length) fail("unexpected");
    return { expression };
  } catch (error) {
    const fault = (error as { fault?: FormulaFault }).fault;
    if (!fault) throw error;
    return { fault };
  }
}

/** A chain of the same kind is one expression with more parts. */
function joined(kind: "union" | "difference", left: Expression, right: Expression): Expression {
  if (kind === "union") {
    return "union" in left ? { union: [...left.union, right] } : { union: [left, right] };
  }
  return "difference" in left ? { difference: [...left.difference, right] } : { difference: [left, right] };
}
