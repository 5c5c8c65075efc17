import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Field } from "@/shared/catalogue/fields";
import type { FilterNode } from "@/shared/filter/node";
import { useI18n } from "@/shared/i18n/i18n";
import { labelsQuery } from "@/shared/lists/labels";
import { listsQuery } from "@/shared/lists/queries";
import { personName } from "@/shared/people/person-name";
import { peopleQuery } from "@/shared/people/queries";
import { stagesQuery } from "@/shared/prospects/queries";
import { activeStages, stageName } from "@/shared/prospects/stage-labels";
import { TextField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";

export type SetOption = { value: string; label: string };

/** In the pipeline at all, whichever the stage. */
export const ANY_STAGE = "*";

/** What a set can be chosen from: the person's lists and labels, the stages and owners of the pipeline, yes or no. */
export function useSetOptions(field: string): {
  options: readonly SetOption[];
  isPending: boolean;
  error: unknown;
} {
  const { t } = useI18n();
  const lists = useQuery({ ...listsQuery, enabled: field === "list" });
  const labels = useQuery({ ...labelsQuery, enabled: field === "label" });
  const pipeline = useQuery({ ...stagesQuery, enabled: field === "prospect" });
  const people = useQuery({ ...peopleQuery, enabled: field === "owner" });
  if (field === "list") return { ...lists, options: byName(lists.data?.items ?? []) };
  if (field === "label") return { ...labels, options: byName(labels.data?.items ?? []) };
  if (field === "prospect") {
    const stages = activeStages(pipeline.data?.stages);
    return {
      ...pipeline,
      options: [
        { value: ANY_STAGE, label: t("universe.set.inPipeline") },
        ...stages.map((stage) => ({ value: stage.key, label: stageName(stage.key, stages, t) })),
      ],
    };
  }
  if (field === "owner") {
    return {
      ...people,
      options: [
        { value: "me", label: t("universe.set.mine") },
        { value: "none", label: t("prospects.noOwner") },
        ...(people.data?.items ?? [])
          .filter((person) => !person.is_self)
          .map((person) => ({ value: person.id, label: personName(person.name, t) })),
      ],
    };
  }
  return { options: [{ value: "yes", label: t("universe.yes") }], isPending: false, error: null };
}

/** Options by name; where two have the same name, the number tells them apart. */
function byName(items: readonly { id: string; name: string }[]): SetOption[] {
  return items.map(({ id, name }) => ({
    value: items.filter((other) => other.name === name).length === 1 ? name : id,
    label: name,
  }));
}

/** The choice that a condition on a set stands for. */
export function chosenOf(node: FilterNode | null): { codes: readonly string[]; isIn: boolean } {
  if (!node || !("field" in node)) return { codes: [], isIn: true };
  const { op, value } = node;
  if (value === true || value === false) {
    const isIn = (op === "!=") !== value;
    return { codes: [node.field === "prospect" ? ANY_STAGE : "yes"], isIn };
  }
  const codes = Array.isArray(value) ? value.map(String) : [String(value)];
  return { codes, isIn: op !== "not_in" && op !== "!=" };
}

/** The condition that a choice stands for; null for none. */
export function setCondition(field: string, codes: readonly string[], isIn: boolean): FilterNode | null {
  if (codes.length === 0) return null;
  if (codes.includes(ANY_STAGE) || codes.includes("yes")) return { field, op: "=", value: isIn };
  return { field, op: isIn ? "in" : "not_in", value: [...codes] };
}

/** Chooses lists, labels, stages or owners, and whether companies shall be in them or not. */
export function SetChoice({
  field,
  label,
  codes,
  isIn,
  onChange,
}: {
  field: Field;
  label: string;
  codes: readonly string[];
  isIn: boolean;
  onChange: (codes: readonly string[], isIn: boolean) => void;
}) {
  const { t, locale } = useI18n();
  const { options, isPending, error } = useSetOptions(field.key);
  const [words, setWords] = useState("");
  const needle = words.trim().toLocaleLowerCase(locale);
  const found = options.filter((option) => option.label.toLocaleLowerCase(locale).includes(needle));
  const toggle = (value: string) => {
    if (value === ANY_STAGE || value === "yes") {
      onChange(codes.includes(value) ? [] : [value], isIn);
      return;
    }
    const others = codes.filter((code) => code !== ANY_STAGE);
    onChange(others.includes(value) ? others.filter((code) => code !== value) : [...others, value], isIn);
  };
  return (
    <>
      <Segmented
        size="sm"
        label={label}
        value={isIn ? "in" : "out"}
        onChange={(next) => onChange(codes, next === "in")}
        options={[
          { value: "in", label: t("universe.set.in") },
          { value: "out", label: t("universe.set.out") },
        ]}
      />
      {options.length > 8 && (
        <TextField
          autoFocus
          aria-label={t("universe.valueSearch")}
          placeholder={t("universe.valueSearch")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            const [only] = found;
            if (event.key !== "Enter" || needle === "" || !only || codes.length > 0) return;
            // The form that this stands in is sent by the same key: the only hit is meant.
            toggle(only.value);
          }}
        />
      )}
      {isPending ? (
        <LoadingBlock lines={3} className="px-0" />
      ) : error ? (
        <ErrorState compact error={error} />
      ) : (
        <fieldset className="max-h-64 overflow-y-auto">
          <legend className="sr-only">{label}</legend>
          {found.map((option) => (
            <label
              key={option.value}
              className="flex min-h-7 items-center gap-2 rounded-[4px] px-1 hover:bg-hover"
            >
              <input
                type="checkbox"
                className="shrink-0 accent-[var(--accent)]"
                checked={codes.includes(option.value)}
                onChange={() => toggle(option.value)}
              />
              <span className="min-w-0 flex-1 truncate">{option.label}</span>
            </label>
          ))}
          {found.length === 0 && <p className="px-1 py-2 text-ink-2">{t("universe.noValue")}</p>}
        </fieldset>
      )}
    </>
  );
}
