import { FileText, Globe } from "lucide-react";
import { type FieldMap, useCatalogue } from "@/shared/catalogue/fields";
import { formatFieldValue } from "@/shared/format/field-value";
import { formatAmount, formatMultiple, formatNumber, formatPercent, unitName } from "@/shared/format/number";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { type Locale, type MoneyUnit, usePreferences } from "@/shared/preferences/preferences";
import { cx } from "@/shared/ui/class-names";
import type { Citation, Statement } from "./run-queries";

/** A sentence with the one source of it that is looked at. */
export type Shown = { statement: Statement; citation: Citation };

/** A figure's name as the catalogue has it, else its key in words. */
export function figureName(field: string, fields: FieldMap, locale: Locale): string {
  const words = field.replaceAll("_", " ");
  return pick(fields.get(field)?.label, locale) || words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value in the unit that the dossier names, with the unit. */
export function factValue(value: number, unit: string, style: { unit: MoneyUnit; locale: Locale }): string {
  switch (unit) {
    case "SEK":
      return `${formatAmount(value, style.unit, style.locale)}\u00a0${unitName(style.unit)}`;
    case "share":
      return formatPercent(value, style.locale);
    case "times":
      return formatMultiple(value, style.locale);
    default:
      return formatNumber(value, style.locale, 2);
  }
}

/** The host of an address; the address itself where it is none. */
export function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, "") : url;
}

/** A checked sentence and, behind it, a button for each source that opens it. */
export function CitedSentence({
  statement,
  shown,
  onShow,
}: {
  statement: Statement;
  shown: Shown | null;
  onShow: (shown: Shown) => void;
}) {
  return (
    <>
      <span>{statement.text}</span>{" "}
      <span className="inline-flex flex-wrap gap-1 align-middle">
        {statement.cites.map((citation, index) => (
          <CitationButton
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence may cite the same source twice, and never changes.
            key={index}
            citation={citation}
            isShown={shown?.citation === citation}
            onClick={() => onShow({ statement, citation })}
          />
        ))}
      </span>
    </>
  );
}

function CitationButton({
  citation,
  isShown,
  onClick,
}: {
  citation: Citation;
  isShown: boolean;
  onClick: () => void;
}) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { fields } = useCatalogue();
  const words = () => {
    switch (citation.kind) {
      case "figure":
        return `${t("ai.cite.figure", {
          name: figureName(citation.field, fields, locale),
          year: citation.period_end.slice(0, 4),
        })}: ${factValue(citation.value, citation.unit, { unit, locale })}`;
      case "passage":
        return t("ai.cite.page", { site: siteOf(citation.url) });
      case "register": {
        const field = fields.get(citation.field);
        const value = field ? formatFieldValue(field, citation.value, { unit, locale, t }) : "";
        return [figureName(citation.field, fields, locale), value].filter(Boolean).join(": ");
      }
    }
  };
  const Icon = citation.kind === "passage" ? Globe : FileText;
  return (
    <button
      type="button"
      aria-pressed={isShown}
      onClick={onClick}
      className={cx(
        "tabular inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm px-1.5 text-2xs ring-1 ring-inset",
        isShown
          ? "bg-selected text-accent-strong ring-accent"
          : "bg-sunken text-ink-2 ring-line hover:text-accent",
      )}
    >
      <Icon size={11} aria-hidden className="shrink-0" />
      <span className="truncate">{words()}</span>
    </button>
  );
}
