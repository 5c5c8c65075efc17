import { useI18n } from "@/shared/i18n/i18n";
import { readScore, ScoreField } from "./score-field";
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
  return { minPoints: readScore(points) ?? Number.NaN, onlyVerified };
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
        <div className="ml-6 flex flex-col gap-1.5 text-sm">
          <ScoreField
            label={t("ai.approval.points")}
            value={value.points}
            isWrong={isWrong}
            onChange={(points) => onChange({ ...value, points })}
          />
          <label className="flex items-center gap-2">
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
