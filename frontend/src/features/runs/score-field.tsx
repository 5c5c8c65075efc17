import { useId } from "react";
import { readNumber } from "@/shared/format/number-input";
import { useI18n } from "@/shared/i18n/i18n";
import { TextField } from "@/shared/ui/field";

/** The score that is typed: null where nothing is, NaN where it is no whole number from 0 to 100. */
export function readScore(text: string): number | null {
  const score = readNumber(text);
  const isScore = score === null || (Number.isInteger(score) && score >= 0 && score <= 100);
  return isScore ? score : Number.NaN;
}

/** A bound of the score of an analysis, with what is wrong below it. */
export function ScoreField({
  label,
  value,
  isWrong,
  onChange,
}: {
  label: string;
  value: string;
  isWrong: boolean;
  onChange: (value: string) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  return (
    <>
      <div className="flex items-center gap-2">
        <label htmlFor={`${id}-points`}>{label}</label>
        <TextField
          id={`${id}-points`}
          inputMode="numeric"
          value={value}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          onChange={(event) => onChange(event.target.value)}
          className="w-16"
        />
      </div>
      {isWrong && (
        <p id={`${id}-wrong`} className="text-bad text-xs">
          {t("ai.approval.pointsWrong")}
        </p>
      )}
    </>
  );
}
