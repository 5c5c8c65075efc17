import { expect, it } from "vitest";
import type { FieldMap } from "@/shared/catalogue/fields";
import {
  bodyOf,
  draftOf,
  faultsOf,
  isSameDraft,
  newDimension,
  type TemplateDraft,
  weightShare,
} from "./template-draft";

const fields = new Map([
  ["ebit_margin", { unit: "share" }],
  ["net_debt", { unit: "sek" }],
]) as unknown as FieldMap;
const style = { fields, unit: "tkr", locale: "sv" } as const;
const words = ({ key, label }: { key: string; label?: string | null }) =>
  label ?? (key === "growth" ? "Tillväxt" : key);

const kept = {
  dimensions: [
    { key: "growth", weight: 1.5, measures: [{ field: "ebit_margin", worst: 0, best: 0.15 }] },
    {
      key: "debt",
      label: "Skuld",
      weight: 0.5,
      measures: [{ field: "net_debt", worst: 4_000_000, best: 0 }],
    },
  ],
};

const change = (next: Partial<TemplateDraft["dimensions"][number]>): TemplateDraft => {
  const draft = draftOf("Min", kept, style, words);
  return {
    ...draft,
    dimensions: draft.dimensions.map((one, index) => (index === 0 ? { ...one, ...next } : one)),
  };
};

it("shows a template in the reader's units and gives the same one back", () => {
  const draft = draftOf("Min", kept, style, words);
  expect(draft.dimensions[0]).toMatchObject({ label: "Tillväxt", weight: "1,5" });
  expect(draft.dimensions[0]?.measures[0]).toMatchObject({ worst: "0", best: "15" });
  expect(draft.dimensions[1]?.measures[0]).toMatchObject({ worst: "4000" });
  expect(bodyOf(draft, style, words)).toEqual(kept);
  expect(isSameDraft(draft, draftOf("Min", kept, style, words))).toBe(true);
  expect(weightShare(draft, draft.dimensions[0] as never)).toBe(0.75);
});

it("keeps what a model is asked, variables too, and finds what is wrong with it", () => {
  const questions = {
    sections: ["risks"],
    levers: true,
    fit: false,
    open_questions: false,
    instructions: "Look at {focus}.",
    variables: { focus: "steel" },
    max_output_tokens: 900,
  };
  const draft = draftOf("Min", { ...kept, questions }, style, words);
  expect(bodyOf(draft, style, words)).toEqual({ ...kept, questions });
  expect(faultsOf(draft).size).toBe(0);
  const wrong = {
    ...draft,
    questions: draft.questions && { ...draft.questions, sections: [], tokens: "199" },
  };
  expect([...faultsOf(wrong).keys()]).toEqual(["/questions/sections", "/questions/max_output_tokens"]);
  expect(bodyOf({ ...draft, questions: null }, style, words)).toEqual(kept);
});

it("gives new dimensions keys of their own, made of their names", () => {
  const draft = draftOf("Min", kept, style, words);
  const grown = {
    ...draft,
    dimensions: [...draft.dimensions, { ...newDimension(), label: "Ägare & ålder" }],
  };
  const again = { ...grown, dimensions: [...grown.dimensions, { ...newDimension(), label: "agare  alder" }] };
  expect(bodyOf(again, style, words).dimensions.map((one) => one.key)).toEqual([
    "growth",
    "debt",
    "agare_alder",
    "agare_alder_2",
  ]);
});

it("names every fault at its place", () => {
  const measure = { id: "m", field: "ebit_margin", worst: "5", best: "5" };
  expect([...faultsOf({ name: " ", dimensions: [], questions: null }).keys()]).toEqual([
    "/name",
    "/dimensions",
  ]);
  expect(faultsOf(change({ weight: "-1" })).get("/dimensions/0/weight")).toBe("templates.fault.weight");
  expect(faultsOf(change({ weight: "mycket" })).has("/dimensions/0/weight")).toBe(true);
  expect(faultsOf(change({ label: "" })).has("/dimensions/0/label")).toBe(true);
  expect(faultsOf(change({ measures: [] })).has("/dimensions/0/measures")).toBe(true);
  expect(faultsOf(change({ measures: [measure] })).get("/dimensions/0/measures/0/best")).toBe(
    "templates.fault.sameEnds",
  );
  expect(faultsOf(change({ measures: [{ ...measure, field: "", worst: "x" }] })).size).toBe(2);
  const weightless = change({ weight: "0" });
  const none = { ...weightless, dimensions: weightless.dimensions.map((one) => ({ ...one, weight: "0" })) };
  expect(faultsOf(none).get("/dimensions")).toBe("templates.fault.noWeight");
  expect(faultsOf(change({})).size).toBe(0);
});
