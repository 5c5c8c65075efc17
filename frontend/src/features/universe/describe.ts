import type { Field, FieldMap } from "@/shared/catalogue/fields";
import { codeLabel, formatFieldValue, type ValueStyle } from "@/shared/format/field-value";
import { formatCompactAmount } from "@/shared/format/number";
import { pick } from "@/shared/i18n/i18n";
import type { FilterPart } from "./filter";

const SIGNS: Record<string, string> = { ">=": "≥", "<=": "≤", ">": ">", "<": "<", "!=": "≠", "=": "=" };

/** A value inside a chip: amounts get the unit that fits, codes their words. */
export function describeValue(field: Field, value: unknown, style: ValueStyle): string {
  if (field.unit === "sek" && typeof value === "number") return formatCompactAmount(value, style.locale);
  if (typeof value === "string" && (field.kind === "category" || field.kind === "categories")) {
    return codeLabel(field, value, style.locale);
  }
  // A round share or multiple is shorter without decimals.
  if (typeof value === "number") {
    const shown = field.unit === "share" ? value * 100 : value;
    if (Math.abs(shown - Math.round(shown)) < 1e-9)
      return formatFieldValue(field, value, { ...style, digits: 0 });
  }
  return formatFieldValue(field, value, style);
}

/** What a chip says: the field and, apart from it, the condition. A group of conditions is said in the filter language. */
export function describePart(
  part: FilterPart,
  fields: FieldMap,
  style: ValueStyle,
): { field: Field | null; name: string; condition: string } {
  const { filter } = part;
  const { t, locale } = style;
  if (!("field" in filter)) return { field: null, name: "", condition: part.text };
  const field = fields.get(filter.field);
  if (!field) return { field: null, name: "", condition: part.text };
  const name = pick(field.label, locale);
  const say = (value: unknown) => describeValue(field, value, style);
  const { op, value } = filter;
  if (op === "is_null") return { field, name, condition: t("op.is_null") };
  if (op === "not_null") return { field, name, condition: t("op.not_null") };
  if (op === "between" && Array.isArray(value))
    return { field, name, condition: `${say(value[0])} – ${say(value[1])}` };
  if ((op === "in" || op === "not_in") && Array.isArray(value)) {
    const words = value.slice(0, 3).map(say).join(", ");
    const more = value.length > 3 ? ` +${value.length - 3}` : "";
    return { field, name, condition: `${op === "not_in" ? "≠ " : ""}${words}${more}` };
  }
  if (op === "in_list") return { field, name, condition: `“${value}”` };
  if (op === "contains") return { field, name, condition: `∋ “${value}”` };
  if (op === "starts_with") return { field, name, condition: `“${value}…”` };
  if (op === "~") return { field, name, condition: `~ “${value}”` };
  return { field, name, condition: `${SIGNS[op] ?? op} ${say(value)}`.replace(/^= /, "") };
}
