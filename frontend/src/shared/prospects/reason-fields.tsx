import { useId } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { SelectField, TextField } from "@/shared/ui/field";
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
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-reason`} className="font-medium text-xs">
          {t("pass.reason")}
        </label>
        <SelectField
          id={`${id}-reason`}
          autoFocus
          required
          value={value.reason}
          onChange={(event) => onChange({ ...value, reason: event.target.value })}
          className="h-8 w-full"
        >
          <option value="" disabled>
            {t("pass.choose")}
          </option>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {reasonWords(reason, null, t)}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-note`} className="font-medium text-xs">
          {value.reason === "other" ? t("pass.noteNeeded") : t("pass.note")}
        </label>
        <TextField
          id={`${id}-note`}
          maxLength={2000}
          required={value.reason === "other"}
          value={value.note}
          onChange={(event) => onChange({ ...value, note: event.target.value })}
          className="h-8 w-full"
        />
      </div>
    </div>
  );
}
