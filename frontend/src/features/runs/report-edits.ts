import type { components } from "@/shared/api/schema";
import type { Report } from "./run-queries";

export type Edit = components["schemas"]["EditDto"];

/** A sentence in the form: where it stands in the report, and its words as they are now. New ones have no place. */
export type SentenceDraft = { id: string; index: number | null; kept: string; text: string };

/** One list of a report: a section, `suggestion` or `open_question`. */
export type PartDraft = {
  part: string;
  /** Sentences that no person wrote. */
  sentences: readonly SentenceDraft[];
  /** What people wrote: their place is that in `by_people`. */
  people: readonly SentenceDraft[];
};

/** A report as it stands in the form. */
export type ReportDraft = {
  parts: readonly PartDraft[];
  /** Empty where nothing is recommended. */
  recommendation: string;
  levers: readonly string[];
};

/** What the report recommends: a person's word before the score's. */
export const recommended = (report: Report): string | null =>
  report.person_recommendation ?? report.recommendation ?? null;

/** The levers that count: a person's before the analysis's. */
export const chosenLevers = (report: Report): readonly string[] =>
  report.person_levers ?? report.levers.map((view) => view.lever);

/** The form of a report; `sections` are all that there are, in their order. */
export function draftOf(report: Report, sections: readonly string[]): ReportDraft {
  const textsOf = (part: string): readonly string[] => {
    if (part === "suggestion") return report.suggestions;
    if (part === "open_question") return report.open_questions;
    return report.sections.find((one) => one.section === part)?.facts.map((fact) => fact.text) ?? [];
  };
  return {
    parts: [...sections, "suggestion", "open_question"].map((part) => ({
      part,
      sentences: textsOf(part).map((text, index) => ({ id: `${part}-${index}`, index, kept: text, text })),
      people: (report.by_people ?? []).flatMap((one, index) =>
        one.part === part ? [{ id: `people-${index}`, index, kept: one.text, text: one.text }] : [],
      ),
    })),
    recommendation: recommended(report) ?? "",
    levers: chosenLevers(report),
  };
}

const words = (text: string) => text.trim().replace(/\s+/g, " ");
const isChanged = (sentence: SentenceDraft) => words(sentence.text) !== words(sentence.kept);
/** From the last place to the first, so that a place still holds when it is reached. */
const fromTheEnd = (one: SentenceDraft, other: SentenceDraft) => (other.index ?? 0) - (one.index ?? 0);

/**
 * The changes that make the report what the form says; empty where it says nothing new. An emptied sentence is taken out. People's
 * sentences come first: what replaces a checked one is put behind them.
 */
export function editsOf(report: Report, draft: ReportDraft): Edit[] {
  const people = draft.parts.flatMap((part) => part.people);
  const kept = people.filter((one) => one.index !== null && isChanged(one)).sort(fromTheEnd);
  const edits: Edit[] = kept.map((one) =>
    words(one.text) === ""
      ? { kind: "drop", index: one.index ?? 0 }
      : { kind: "rewrite", index: one.index ?? 0, text: words(one.text) },
  );
  for (const { part, sentences } of draft.parts) {
    for (const one of sentences.filter(isChanged).sort(fromTheEnd)) {
      const [index, text] = [one.index ?? 0, words(one.text)];
      edits.push(text === "" ? { kind: "remove", part, index } : { kind: "replace", part, index, text });
    }
  }
  for (const { part, people } of draft.parts) {
    for (const one of people.filter((one) => one.index === null && words(one.text) !== "")) {
      edits.push({ kind: "add", part, text: words(one.text) });
    }
  }
  if (draft.recommendation !== (recommended(report) ?? "")) {
    edits.push({ kind: "recommend", recommendation: draft.recommendation || null });
  }
  if ([...draft.levers].sort().join() !== [...chosenLevers(report)].sort().join()) {
    edits.push({ kind: "levers", levers: [...draft.levers] });
  }
  return edits;
}
