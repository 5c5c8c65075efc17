import { expect, it } from "vitest";
import { runsOf } from "./ask-box";

it("cuts a sentence at its phrases, keeps every character, and leaves out what lies in another phrase", () => {
  const sentence = "åkerier i Skåne, familjeägda";
  const runs = runsOf(sentence, [
    { start: 17, length: 11, kind: "unread", note: "?" },
    { start: 0, length: 7, kind: "read", note: "SNI 494" },
    { start: 10, length: 5, kind: "read", note: "12" },
    { start: 12, length: 3, kind: "unread", note: "inside" },
  ]);
  expect(runs.map((run) => run.words).join("")).toBe(sentence);
  expect(runs.filter((run) => run.kind !== "plain").map((run) => [run.words, run.note])).toEqual([
    ["åkerier", "SNI 494"],
    ["Skåne", "12"],
    ["familjeägda", "?"],
  ]);
});

it("answers one plain run for a sentence that nothing was understood of", () => {
  expect(runsOf("hej", [])).toEqual([{ words: "hej", kind: "plain", note: "" }]);
});
