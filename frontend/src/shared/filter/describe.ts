import type { Field, FieldMap } from "@/shared/catalogue/fields";
import { codeLabel, formatFieldValue, type ValueStyle } from "@/shared/format/field-value";
import { formatAmount, formatCompactAmount, unitName } from "@/shared/format/number";
import { pick } from "@/shared/i18n/i18n";
import { stageName } from "@/shared/prospects/stage-labels";
import { type FilterNode, type FilterPart, jointOf, membersOf } from "./node";

const SIGNS: Record<string, string> = { ">=": "≥", "<=": "≤", ">": ">", "<": "<", "!=": "≠", "=": "=" };

/** An amount in the unit that fits it, or in whole kronor where rounding would say another amount than the filter holds. */
function exactAmount(value: number, locale: ValueStyle["locale"]): string {
  const rounded = Number(value.toPrecision(3));
  return rounded === value
    ? formatCompactAmount(value, locale)
    : `${formatAmount(value, "kr", locale)}\u00a0${unitName("kr")}`;
}

/** The two ends of a range, each with its sign where it does not belong to the range itself. */
function describeRange(low: string, high: string, bounds: string | undefined): string {
  if (!bounds || bounds === "[]") return `${low} – ${high}`;
  return `${bounds.startsWith("(") ? ">" : "≥"} ${low}, ${bounds.endsWith(")") ? "<" : "≤"} ${high}`;
}

/** A value inside a chip: amounts get the unit that fits, codes their words. */
export function describeValue(field: Field, value: unknown, style: ValueStyle): string {
  if (field.unit === "sek" && typeof value === "number") return formatCompactAmount(value, style.locale);
  if (field.kind === "set") {
    if (value === true || value === false) return style.t(value ? "universe.yes" : "universe.no");
    return field.key === "prospect" ? stageName(String(value), undefined, style.t) : `“${value}”`;
  }
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

/** A whole condition in words; groups are joined by and, or and not, in brackets where they stand inside another. */
export function describeNode(node: FilterNode, fields: FieldMap, style: ValueStyle, inside = false): string {
  const { t } = style;
  if ("not" in node) return `${t("universe.group.not")} ${describeNode(node.not, fields, style, true)}`;
  const joint = jointOf(node);
  if (joint) {
    const word = t(joint === "all" ? "universe.group.and" : "universe.group.or");
    const words = membersOf(node)
      .map((member) => describeNode(member, fields, style, true))
      .join(` ${word} `);
    return inside ? `(${words})` : words;
  }
  const { name, condition } = describePart({ text: "", filter: node, fields: [] }, fields, style);
  return `${name} ${condition}`.trim();
}

/**
 * A value beside a bound that it misses: with as many digits as it takes to be seen apart from it, so that nobody reads
 * "20 mkr" for what fails "≥ 20 mkr".
 */
export function describeBeside(
  field: Field,
  value: unknown,
  bounds: readonly unknown[],
  style: ValueStyle,
): string {
  const plain = describeValue(field, value, style);
  if (typeof value !== "number") return plain;
  const others = bounds.filter((bound): bound is number => typeof bound === "number" && bound !== value);
  const clashes = (say: (number: number) => string) => others.some((bound) => say(bound) === say(value));
  if (!clashes((number) => describeValue(field, number, style))) return plain;
  if (field.unit === "sek") {
    for (const unit of ["tkr", "kr"] as const) {
      const say = (number: number) => `${formatAmount(number, unit, style.locale)} ${unitName(unit)}`;
      if (unit === "kr" || !clashes(say)) return say(value);
    }
  }
  for (const digits of [2, 3]) {
    const say = (number: number) => formatFieldValue(field, number, { ...style, digits });
    if (!clashes(say)) return say(value);
  }
  return formatFieldValue(field, value, { ...style, digits: 4 });
}

/** What a chip says: the field and, apart from it, the condition. A group is said in words, without a field of its own. */
export function describePart(
  part: FilterPart,
  fields: FieldMap,
  style: ValueStyle,
): { field: Field | null; name: string; condition: string } {
  const { filter } = part;
  const { t, locale } = style;
  if (!("field" in filter)) return { field: null, name: "", condition: describeNode(filter, fields, style) };
  const field = fields.get(filter.field);
  if (!field) return { field: null, name: "", condition: part.text };
  const name = pick(field.label, locale);
  const say = (value: unknown) =>
    field.unit === "sek" && typeof value === "number"
      ? exactAmount(value, locale)
      : describeValue(field, value, style);
  const { op, value } = filter;
  // Not yes is no.
  if (op === "!=" && typeof value === "boolean") return { field, name, condition: say(!value) };
  if (op === "is_null") return { field, name, condition: t("op.is_null") };
  if (op === "not_null") return { field, name, condition: t("op.not_null") };
  if (op === "between" && Array.isArray(value))
    return { field, name, condition: describeRange(say(value[0]), say(value[1]), filter.bounds) };
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
