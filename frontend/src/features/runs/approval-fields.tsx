import { useId } from "react";
import { readNumber } from "@/shared/format/number-input";
import { useI18n } from "@/shared/i18n/i18n";
import { TextField } from "@/shared/ui/field";
import type { Approval } from "./start-run";

/** How results are approved, as it is typed. */
export type ApprovalFieldsValue = {
  isByRule: boolean;
  points: string;
  onlyVerified: boolean;
  keepsApproved: boolean;
};

export const NO_APPROVAL: ApprovalFieldsValue = {
  isByRule: false,
  points: "65",
  onlyVerified: true,
  keepsApproved: false,
};

/** The rule as typed: null where a person approves each result; NaN points where they are no score. */
export function approvalOf({ isByRule, points, onlyVerified }: ApprovalFieldsValue): Approval | null {
  if (!isByRule) return null;
  const score = readNumber(points) ?? Number.NaN;
  const isScore = Number.isInteger(score) && score >= 0 && score <= 100;
  return { minPoints: isScore ? score : Number.NaN, onlyVerified };
}

/** Which results need no person to be approved, and what becomes of companies with an approved analysis. */
export function ApprovalFields({
  value,
  onChange,
}: {
  value: ApprovalFieldsValue;
  onChange: (value: ApprovalFieldsValue) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const isWrong = Number.isNaN(approvalOf(value)?.minPoints ?? 0);
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="eyebrow mb-1">{t("ai.approval")}</legend>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={value.isByRule}
          onChange={(event) => onChange({ ...value, isByRule: event.target.checked })}
        />
        {t("ai.approval.byRule")}
      </label>
      {value.isByRule && (
        <div className="ml-6 flex flex-col gap-1.5">
          <div className="flex items-center gap-2 text-sm">
            <label htmlFor={`${id}-points`}>{t("ai.approval.points")}</label>
            <TextField
              id={`${id}-points`}
              inputMode="numeric"
              value={value.points}
              aria-invalid={isWrong}
              aria-describedby={isWrong ? `${id}-wrong` : undefined}
              onChange={(event) => onChange({ ...value, points: event.target.value })}
              className="w-16"
            />
          </div>
          {isWrong && (
            <p id={`${id}-wrong`} className="text-bad text-xs">
              {t("ai.approval.pointsWrong")}
            </p>
          )}
          <label className="flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={value.onlyVerified}
              onChange={(event) => onChange({ ...value, onlyVerified: event.target.checked })}
            />
            {t("ai.approval.onlyVerified")}
          </label>
        </div>
      )}
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={value.keepsApproved}
          onChange={(event) => onChange({ ...value, keepsApproved: event.target.checked })}
        />
        {t("ai.approval.keep")}
      </label>
      <p className="text-ink-2 text-xs">{t("ai.approval.help")}</p>
    </fieldset>
  );
}
