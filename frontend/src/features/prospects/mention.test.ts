import { expect, it } from "vitest";
import type { Person } from "@/shared/people/queries";
import { callPerson, matching, openMention } from "./mention";
import { plainNote } from "./note-body";

const anna = { id: "11111111-1111-4111-8111-111111111111", name: "Anna Öberg" } as Person;

it("finds who is being called and writes the call", () => {
  expect(openMention("Hej @ann", 8)).toEqual({ at: 4, letters: "ann" });
  expect(openMention("mejla a@b.se", 12)).toBe(null);
  expect(matching([anna], "öb")).toEqual([anna]);
  expect(matching([anna], "x")).toEqual([]);
  const called = callPerson("Hej @ann ring", { at: 4, letters: "ann" }, anna);
  expect(called.text).toBe(`Hej @[Anna Öberg](${anna.id}) ring`);
  expect(called.text.slice(called.caret)).toBe("ring");
  expect(plainNote(called.text)).toBe("Hej @Anna Öberg ring");
});
