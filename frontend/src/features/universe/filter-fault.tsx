import type { ApiError } from "@/shared/api/problem";
import type { FieldMap } from "@/shared/catalogue/fields";
import { pick, type Translate, useI18n } from "@/shared/i18n/i18n";
import type { Locale } from "@/shared/preferences/preferences";
import { faultOf, type TextFault } from "./fault";

/** What could not be understood in the filter's text, once, with each suggestion as a button that mends it. */
export function FilterFault({
  error,
  text,
  fields,
  onApply,
}: {
  error: ApiError;
  text: string;
  fields: FieldMap;
  onApply: (text: string) => void;
}) {
  const { t, locale } = useI18n();
  const fault = faultOf(error);
  if (!fault) return <span className="text-bad text-xs">{error.detail ?? error.title}</span>;
  const end = fault.offset + fault.length;
  return (
    <span role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-bad text-xs">
      <span>{faultLabel(fault, text, fields, t, locale)}</span>
      {fault.suggestions.length > 0 && (
        <>
          <span>{t("universe.fault.meant")}</span>
          {fault.suggestions.map((word) => (
            <button
              key={word}
              type="button"
              onClick={() => onApply(text.slice(0, fault.offset) + word + text.slice(end))}
              className="rounded-sm border border-line-strong bg-surface px-1.5 font-mono text-accent hover:bg-hover"
            >
              {word}
            </button>
          ))}
        </>
      )}
    </span>
  );
}

/** The fault in the reader's language; what has no words of its own is told by the place where reading stopped. */
export function faultLabel(
  fault: TextFault,
  text: string,
  fields: FieldMap,
  t: Translate,
  locale: Locale,
): string {
  const word = text.slice(fault.offset, fault.offset + fault.length);
  const label = (key: string) => pick(fields.get(key)?.label, locale) || key;
  switch (fault.kind) {
    case "field":
      return t("universe.fault.field", { word });
    case "code":
      return t("universe.fault.code", { word, field: label(fault.field) });
    case "comparison":
      return t("universe.fault.comparison", { field: label(fault.field) });
    case "value":
      return t("universe.fault.value", { field: label(fault.field) });
    case "set":
      return t("universe.fault.set", { word: fault.field });
    default:
      return word === ""
        ? t("universe.fault.end")
        : t("universe.fault.unread", { word, place: fault.offset + 1 });
  }
}
