import { expect, it } from "vitest";
import type { Prospect } from "@/shared/prospects/queries";
import { rebase, withoutClashes } from "./merge";

const card = { id: "a", stage: "new", next_action: null, value_sek: null, version: 1 } as unknown as Prospect;

it("merges what only one side changed", () => {
  const theirs = { ...card, next_action: "Ring", version: 2 };
  const { edits, clashes } = rebase([{ card, change: { stage: "contacted" } }], [theirs]);
  expect(clashes).toEqual([]);
  expect(edits[0]?.card.version).toBe(2);
  expect(edits[0]?.change).toEqual({ stage: "contacted" });
});

it("is no clash when both wanted the same", () => {
  const theirs = { ...card, stage: "contacted", version: 2 };
  expect(rebase([{ card, change: { stage: "contacted" } }], [theirs]).clashes).toEqual([]);
});

it("names the fields that both changed, and can keep the rest", () => {
  const theirs = { ...card, next_action: "Ring", version: 2 };
  const mine = [{ card, change: { next_action: "Mejla", value_sek: 5 } }];
  const { edits, clashes } = rebase(mine, [theirs]);
  expect(clashes[0]?.fields).toEqual(["next_action"]);
  expect(withoutClashes(edits, clashes)).toEqual([{ card: theirs, change: { value_sek: 5 } }]);
  const only = rebase([{ card, change: { next_action: "Mejla" } }], [theirs]);
  expect(withoutClashes(only.edits, only.clashes)).toEqual([]);
});
