import type { FieldMap } from "@/shared/catalogue/fields";
import { inputFactor, readNumber, scaleNumber, writeNumber } from "@/shared/format/number-input";
import type { MessageKey } from "@/shared/i18n/en";
import type { Locale, MoneyUnit } from "@/shared/preferences/preferences";
import { newId } from "@/shared/ui/new-id";
import type { TemplateBody } from "./run-queries";

/** A template as it stands in the form: numbers as they are typed, in the units that a person reads. */
export type TemplateDraft = {
  name: string;
  dimensions: readonly DimensionDraft[];
  /** What a model is asked; null where the template is for rules alone. */
  questions: QuestionsDraft | null;
  /** Which results need no person to be approved; kept as it is. */
  approval?: TemplateBody["auto_approval"];
};

type Questions = NonNullable<TemplateBody["questions"]>;

/** The questions as they are kept, but for the number, which is as it is typed. */
export type QuestionsDraft = Omit<Questions, "max_output_tokens"> & { tokens: string };

export type DimensionDraft = {
  /** Identity within the form. */
  id: string;
  /** The key it is kept under; null for one that is new. */
  key: string | null;
  label: string;
  weight: string;
  measures: readonly MeasureDraft[];
};

export type MeasureDraft = { id: string; field: string; worst: string; best: string };

/** How numbers are typed: money in the reader's unit, shares in per cent, with the language's decimal sign. */
export type NumberStyle = { fields: FieldMap; unit: MoneyUnit; locale: Locale };

/** The faults of a draft by place, a JSON pointer as the server writes it: `/dimensions/0/weight`. */
export type Faults = ReadonlyMap<string, MessageKey>;

/** The limits are the server's. */
export const MOST_DIMENSIONS = 20;
export const MOST_MEASURES = 20;
const MOST_WEIGHT = 1000;
const LEAST_TOKENS = 200;
const MOST_TOKENS = 16_000;

export function newMeasure(): MeasureDraft {
  return { id: newId(), field: "", worst: "", best: "" };
}

export function newDimension(): DimensionDraft {
  return { id: newId(), key: null, label: "", weight: "1", measures: [newMeasure()] };
}

/** The form for a template that is kept; `wordsOf` names the dimensions that have no name of their own. */
export function draftOf(
  name: string,
  body: TemplateBody,
  style: NumberStyle,
  wordsOf: (dimension: { key: string; label?: string | null }) => string,
): TemplateDraft {
  return {
    name,
    questions: body.questions ? questionsDraftOf(body.questions) : null,
    ...(body.auto_approval && { approval: body.auto_approval }),
    dimensions: body.dimensions.map((dimension) => ({
      id: newId(),
      key: dimension.key,
      label: wordsOf(dimension),
      weight: writeNumber(dimension.weight, 1, style.locale),
      measures: dimension.measures.map(({ field, worst, best }) => {
        const factor = inputFactor(style.fields.get(field), style.unit);
        return {
          id: newId(),
          field,
          worst: writeNumber(worst, factor, style.locale),
          best: writeNumber(best, factor, style.locale),
        };
      }),
    })),
  };
}

/** The template that a draft without faults stands for. A name that is only the key's own words is not kept, so that it stays translated. */
export function bodyOf(
  draft: TemplateDraft,
  style: NumberStyle,
  wordsOf: (dimension: { key: string }) => string,
): TemplateBody {
  const keys = new Set(draft.dimensions.flatMap(({ key }) => (key ? [key] : [])));
  return {
    ...(draft.questions && { questions: questionsOf(draft.questions) }),
    ...(draft.approval && { auto_approval: draft.approval }),
    dimensions: draft.dimensions.map((dimension) => {
      const key = dimension.key ?? freeKey(dimension.label, keys);
      const label = dimension.label.trim();
      return {
        key,
        ...(label !== wordsOf({ key }) && { label }),
        weight: readNumber(dimension.weight) ?? 0,
        measures: dimension.measures.map(({ field, worst, best }) => {
          const factor = inputFactor(style.fields.get(field), style.unit);
          return {
            field,
            worst: scaleNumber(readNumber(worst) ?? 0, factor),
            best: scaleNumber(readNumber(best) ?? 0, factor),
          };
        }),
      };
    }),
  };
}

function questionsDraftOf({ max_output_tokens, ...questions }: Questions): QuestionsDraft {
  return { ...questions, tokens: String(max_output_tokens) };
}

function questionsOf({ tokens, ...questions }: QuestionsDraft): Questions {
  return { ...questions, max_output_tokens: readNumber(tokens) ?? 0 };
}

/** A key made of a name: small letters, digits and `_`, at most 40, and not taken yet. */
function freeKey(label: string, taken: Set<string>): string {
  const plain = label
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 36);
  const base = plain || "dimension";
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}_${number}`;
  taken.add(key);
  return key;
}

/** Everything that is wrong with a draft. The server checks the same again and has the last word. */
export function faultsOf(draft: TemplateDraft): Faults {
  const faults = new Map<string, MessageKey>();
  if (draft.name.trim() === "") faults.set("/name", "templates.fault.name");
  if (draft.dimensions.length === 0) faults.set("/dimensions", "templates.fault.noDimension");
  draft.dimensions.forEach((dimension, index) => {
    const place = `/dimensions/${index}`;
    if (dimension.label.trim() === "") faults.set(`${place}/label`, "templates.fault.label");
    const weight = readNumber(dimension.weight);
    if (weight === null || !(weight >= 0 && weight <= MOST_WEIGHT)) {
      faults.set(`${place}/weight`, "templates.fault.weight");
    }
    if (dimension.measures.length === 0) faults.set(`${place}/measures`, "templates.fault.noMeasure");
    dimension.measures.forEach((measure, number) => {
      const at = `${place}/measures/${number}`;
      if (measure.field === "") faults.set(`${at}/field`, "templates.fault.field");
      const [worst, best] = [readNumber(measure.worst), readNumber(measure.best)];
      if (worst === null || Number.isNaN(worst)) faults.set(`${at}/worst`, "templates.fault.number");
      if (best === null || Number.isNaN(best)) faults.set(`${at}/best`, "templates.fault.number");
      else if (best === worst) faults.set(`${at}/best`, "templates.fault.sameEnds");
    });
  });
  if (draft.questions) {
    const tokens = readNumber(draft.questions.tokens);
    if (draft.questions.sections.length === 0) {
      faults.set("/questions/sections", "templates.fault.noSection");
    }
    if (tokens === null || !Number.isInteger(tokens) || tokens < LEAST_TOKENS || tokens > MOST_TOKENS) {
      faults.set("/questions/max_output_tokens", "templates.fault.tokens");
    }
  }
  if (draft.dimensions.length > 0 && faults.size === 0 && totalWeight(draft) === 0) {
    faults.set("/dimensions", "templates.fault.noWeight");
  }
  return faults;
}

/** The sum of the weights that can be read. */
export function totalWeight(draft: TemplateDraft): number {
  return draft.dimensions.reduce((sum, { weight }) => sum + Math.max(0, readNumber(weight) || 0), 0);
}

/** What share of the fit a dimension makes up; null while its weight cannot be read. */
export function weightShare(draft: TemplateDraft, dimension: DimensionDraft): number | null {
  const [weight, total] = [readNumber(dimension.weight), totalWeight(draft)];
  return weight === null || !(weight >= 0) || total === 0 ? null : weight / total;
}

/** Whether two drafts say the same, whatever their identities within the form. */
export function isSameDraft(one: TemplateDraft, other: TemplateDraft): boolean {
  const plain = (draft: TemplateDraft) =>
    JSON.stringify(draft, (name, value) => (name === "id" ? undefined : value));
  return plain(one) === plain(other);
}
