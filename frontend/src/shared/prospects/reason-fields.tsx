import { useId } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { LabelledField } from "@/shared/ui/field";
import { reasonWords } from "./stage-words";

export type Reason = { reason: string; note: string };

/** Whether the server would take the reason: one of the list, and words with “other”. */
export function isComplete(value: Reason): boolean {
  return value.reason !== "" && (value.reason !== "other" || value.note.trim() !== "");
}

/** Why a company is passed on: a reason out of the list, and words beside it. */
export function ReasonFields({
  reasons,
  value,
  onChange,
}: {
  reasons: readonly string[];
  value: Reason;
  onChange: (value: Reason) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="grid grid-cols-2 gap-x-3 gap-y-0.5">
        <legend className="mb-1 font-medium text-xs">{t("pass.reason")}</legend>
        {reasons.map((reason, index) => (
          <label
            key={reason}
            className="flex min-h-7 items-center gap-2 rounded-md px-1 hover:bg-hover has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={`${id}-reason`}
              value={reason}
              // Arrow keys choose, Enter sends the form: two keys to pass on a company.
              // biome-ignore lint/a11y/noAutofocus: the first reason is where a person goes on.
              autoFocus={index === 0}
              checked={value.reason === reason}
              onChange={() => onChange({ ...value, reason })}
              className="accent-(--accent)"
            />
            {reasonWords(reason, null, t)}
          </label>
        ))}
      </fieldset>
      <LabelledField
        label={t(value.reason === "other" ? "pass.noteNeeded" : "pass.note")}
        maxLength={2000}
        required={value.reason === "other"}
        value={value.note}
        onChange={(event) => onChange({ ...value, note: event.target.value })}
      />
    </div>
  );
}
