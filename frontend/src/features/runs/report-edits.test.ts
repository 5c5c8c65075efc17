import { expect, it } from "vitest";
import { draftOf, editsOf, type ReportDraft } from "./report-edits";
import type { Report } from "./run-queries";

const fact = (text: string) => ({ text, cites: [] });
const report: Report = {
  version: 1,
  language: "sv",
  sections: [{ section: "strengths", facts: [fact("Ett."), fact("Två."), fact("Tre.")] }],
  levers: [{ lever: "pricing", impact: null, effort: null, reasons: [] }],
  fit: [],
  recommendation: "watch",
  suggestions: ["Fråga om arvet."],
  open_questions: [],
  not_found: [],
  unverified: [],
  counts: { verified: 3, contradicted: 0, not_found: 0 },
  by_people: [
    { part: "risks", text: "Min risk." },
    { part: "strengths", text: "Min styrka." },
  ],
};
const sections = ["strengths", "risks"];
const draft = draftOf(report, sections);

/** The form with other words for a sentence. */
function write(from: ReportDraft, id: string, text: string): ReportDraft {
  const changed = (all: ReportDraft["parts"][number]["people"]) =>
    all.map((one) => (one.id === id ? { ...one, text } : one));
  return {
    ...from,
    parts: from.parts.map((part) => ({
      ...part,
      sentences: changed(part.sentences),
      people: changed(part.people),
    })),
  };
}

it("says nothing where nothing was changed", () => {
  expect(editsOf(report, draft)).toEqual([]);
  expect(editsOf(report, write(draft, "strengths-0", "  Ett. "))).toEqual([]);
});

it("changes from the last place to the first, people's own sentences before all", () => {
  let now = write(draft, "strengths-0", "Ett och ett halvt.");
  now = write(now, "strengths-2", "");
  now = write(now, "people-0", "");
  now = write(now, "people-1", "Min  större styrka.");
  expect(editsOf(report, now)).toEqual([
    { kind: "rewrite", index: 1, text: "Min större styrka." },
    { kind: "drop", index: 0 },
    { kind: "remove", part: "strengths", index: 2 },
    { kind: "replace", part: "strengths", index: 0, text: "Ett och ett halvt." },
  ]);
});

it("adds what is new, and tells recommendation and levers where they differ", () => {
  const parts = draft.parts.map((part) =>
    part.part === "risks"
      ? { ...part, people: [...part.people, { id: "new", index: null, kept: "", text: "Ny risk." }] }
      : part,
  );
  const now = { parts, recommendation: "pursue", levers: ["financing", "pricing"] };
  expect(editsOf(report, now)).toEqual([
    { kind: "add", part: "risks", text: "Ny risk." },
    { kind: "recommend", recommendation: "pursue" },
    { kind: "levers", levers: ["financing", "pricing"] },
  ]);
  expect(editsOf(report, { ...draft, recommendation: "", levers: [] })).toEqual([
    { kind: "recommend", recommendation: null },
    { kind: "levers", levers: [] },
  ]);
});
