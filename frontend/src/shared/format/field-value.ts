import type { Field } from "@/shared/catalogue/fields";
import { pick, type Translate } from "@/shared/i18n/i18n";
import type { Locale, MoneyUnit } from "@/shared/preferences/preferences";
import { formatDate } from "./date";
import { formatAmount, formatMultiple, formatNumber, formatPercent, MISSING, unitName } from "./number";

export type ValueStyle = { unit: MoneyUnit; locale: Locale; t: Translate; digits?: number };

const codeLabels = new WeakMap<Field, Map<string, { sv: string; en: string }>>();

/** The words for a code of a category field, or the code itself when it has none. */
export function codeLabel(field: Field, code: string, locale: Locale): string {
  let table = codeLabels.get(field);
  if (!table) {
    table = new Map((field.values ?? []).map((entry) => [entry.value, entry.label]));
    codeLabels.set(field, table);
  }
  return table.get(code)?.[locale] ?? code;
}

/** A value of the catalogue as a person reads it, without the name of its money unit. */
export function formatFieldValue(field: Field, value: unknown, style: ValueStyle): string {
  const { unit, locale, t, digits } = style;
  if (value === null || value === undefined || value === "") return MISSING;
  if (typeof value === "number") {
    switch (field.unit) {
      case "sek":
        return formatAmount(value, unit, locale, digits);
      case "share":
        return formatPercent(value, locale, digits ?? 1);
      case "times":
        return formatMultiple(value, locale, digits ?? 1);
      case "year":
        return String(value);
      case "days":
        return formatNumber(value, locale, digits ?? 0);
      case "people":
        return formatNumber(value, locale, digits ?? 1);
      default:
        return formatNumber(value, locale, digits ?? (field.kind === "ratio" ? 2 : 1));
    }
  }
  if (typeof value === "boolean") return t(value ? "universe.yes" : "universe.no");
  if (Array.isArray(value))
    return value.length === 0
      ? MISSING
      : value.map((code) => codeLabel(field, String(code), locale)).join(", ");
  if (field.kind === "date") return formatDate(String(value));
  if (field.kind === "category") return codeLabel(field, String(value), locale);
  return String(value);
}

/** The unit to print in a column's header: tkr for amounts, days for days, nothing where the value or the name shows it itself. */
export function headerUnit(field: Field, style: Pick<ValueStyle, "unit" | "locale">): string | null {
  if (field.unit === "sek") return unitName(style.unit);
  if (field.unit === "days") {
    if (/\b(dagar|days)\b/i.test(pick(field.label, style.locale))) return null;
    return style.locale === "sv" ? "dgr" : "days";
  }
  return null;
}
