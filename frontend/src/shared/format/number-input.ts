import type { Field } from "@/shared/catalogue/fields";
import type { Locale, MoneyUnit } from "@/shared/preferences/preferences";
import { unitFactor } from "./number";

/** A number as typed with comma or point, thin or no-break spaces and any minus; NaN when it is none, null when empty. */
export function readNumber(text: string): number | null {
  const plain = text
    .replace(/[\s\u00a0\u202f]/g, "")
    .replace("\u2212", "-")
    .replace(",", ".")
    .replace(/%$/, "");
  if (plain === "") return null;
  return /^-?\d*\.?\d+$/.test(plain) ? Number(plain) : Number.NaN;
}

/** What one in an input field stands for: amounts are typed in the reader's money unit, shares in per cent. */
export function inputFactor(field: Pick<Field, "unit"> | undefined, unit: MoneyUnit): number {
  if (field?.unit === "sek") return unitFactor(unit);
  return field?.unit === "share" ? 0.01 : 1;
}

/** A value as it is typed; reading it again gives the same value. */
export function writeNumber(value: number | null, factor: number, locale: Locale): string {
  if (value === null) return "";
  const plain = String(scaleNumber(value, 1 / factor));
  return locale === "sv" ? plain.replace(".", ",") : plain;
}

/** A product without the noise of binary fractions: 15 × 0.01 is 0.15. */
export function scaleNumber(value: number, factor: number): number {
  return Number((value * factor).toPrecision(12));
}
