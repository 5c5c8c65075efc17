import { useState } from "react";
import type { Field } from "@/shared/catalogue/fields";
import { codeLabel, type ValueStyle } from "@/shared/format/field-value";
import { formatNumber } from "@/shared/format/number";
import { pick } from "@/shared/i18n/i18n";
import type { Facet } from "./rows";

export type FacetValues = Facet;

const SHORT = 7;

/** The values of a category with their counts; ticking some of them filters. A chosen value stays even at zero. */
export function FacetList({
  field,
  values,
  chosen,
  style,
  onChange,
}: {
  field: Field;
  values: FacetValues;
  chosen: readonly string[];
  style: ValueStyle;
  onChange: (codes: string[]) => void;
}) {
  const { t, locale } = style;
  const [all, setAll] = useState(false);
  const known = values.filter((entry) => entry.value !== null && entry.value !== undefined);
  const listed = new Set(known.map((entry) => String(entry.value)));
  const rows = [
    ...known.map((entry) => ({
      code: String(entry.value),
      label: entry.label ? pick(entry.label, locale) : codeLabel(field, String(entry.value), locale),
      count: entry.count,
    })),
    ...chosen
      .filter((code) => !listed.has(code))
      .map((code) => ({ code, label: codeLabel(field, code, locale), count: 0 })),
  ];
  const highest = Math.max(1, ...rows.map((row) => row.count));
  const shown = all ? rows : rows.filter((row, index) => index < SHORT || chosen.includes(row.code));
  const missing = values.find((entry) => entry.value === null || entry.value === undefined)?.count ?? 0;
  return (
    <div>
      <ul>
        {shown.map((row) => {
          const checked = chosen.includes(row.code);
          return (
            <li key={row.code}>
              <label className="relative flex h-6 items-center gap-2 rounded-[3px] px-1 text-xs hover:bg-hover">
                <span
                  aria-hidden
                  className="absolute inset-y-[3px] left-6 rounded-sm bg-accent-soft"
                  style={{
                    width: `calc(${(row.count / highest) * 100}% - ${(row.count / highest) * 1.75}rem)`,
                  }}
                />
                <input
                  type="checkbox"
                  className="relative size-3 shrink-0 accent-[var(--accent)]"
                  checked={checked}
                  onChange={() =>
                    onChange(checked ? chosen.filter((code) => code !== row.code) : [...chosen, row.code])
                  }
                />
                <span className="relative min-w-0 flex-1 truncate" title={row.label}>
                  {row.label}
                </span>
                <span className="tabular relative text-ink-2">{formatNumber(row.count, locale)}</span>
              </label>
            </li>
          );
        })}
      </ul>
      <div className="flex items-center justify-between px-1 text-2xs text-ink-3">
        {rows.length > SHORT ? (
          <button type="button" onClick={() => setAll(!all)} className="h-6 text-accent hover:underline">
            {all ? t("universe.facets.less") : t("universe.facets.more", { count: rows.length - SHORT })}
          </button>
        ) : (
          <span />
        )}
        {missing > 0 && <span>{t("universe.facets.missing", { count: missing })}</span>}
      </div>
    </div>
  );
}
