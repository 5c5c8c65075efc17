import { useState } from "react";
import { formatAmount, unitFactor, unitName } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import type { MoneyUnit } from "@/shared/preferences/preferences";
import { usePreferences } from "@/shared/preferences/preferences";
import { TextField } from "@/shared/ui/field";

/** What somebody typed as whole SEK: a comma or a point before decimals, spaces between thousands; NaN for no amount. */
export function readAmount(text: string, unit: MoneyUnit): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (plain === "") return null;
  return /^\d+(\.\d+)?$/.test(plain) ? Math.round(Number(plain) * unitFactor(unit)) : Number.NaN;
}

/** A field for an amount in the unit the reader has chosen; keeps it when left or with Enter. */
export function AmountField({
  value,
  label,
  disabled,
  className,
  onSave,
}: {
  value: number | null | undefined;
  label: string;
  disabled?: boolean;
  className?: string;
  onSave: (value: number | null) => void;
}) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const digits = unit === "mkr" && (value ?? 0) % 1_000_000 === 0 ? 0 : undefined;
  const shown = value === null || value === undefined ? "" : formatAmount(value, unit, locale, digits);
  const [typed, setTyped] = useState<string | null>(null);
  const amount = typed === null ? null : readAmount(typed, unit);
  const isWrong = Number.isNaN(amount);
  const save = () => {
    if (typed === null || isWrong) return;
    setTyped(null);
    if (amount !== (value ?? null)) onSave(amount);
  };
  return (
    <TextField
      inputMode="decimal"
      aria-label={`${label} (${unitName(unit)})`}
      aria-invalid={isWrong}
      title={isWrong ? t("prospects.valueWrong") : undefined}
      disabled={disabled}
      value={typed ?? shown}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        if (event.key === "Escape") setTyped(null);
      }}
      className={className}
    />
  );
}
