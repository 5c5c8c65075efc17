import { formatNumber } from "@/shared/format/number";
import type { Locale } from "@/shared/preferences/preferences";

/** How many companies by year, as a list with bars: the chart is its own table. */
export function YearBars({
  years,
  label,
  locale,
}: {
  years: readonly { year: number; companies: number }[];
  label: string;
  locale: Locale;
}) {
  const highest = Math.max(1, ...years.map((entry) => entry.companies));
  return (
    <ul aria-label={label} className="flex flex-col gap-1">
      {years
        .toSorted((a, b) => b.year - a.year)
        .slice(0, 12)
        .map((entry) => (
          <li
            key={entry.year}
            className="tabular grid grid-cols-[2.5rem_minmax(0,1fr)_4rem] items-center gap-2 text-xs"
          >
            <span className="text-ink-2">{entry.year}</span>
            <span className="h-3 rounded-sm bg-sunken">
              <span
                className="block h-full rounded-sm bg-[var(--series-1)]"
                style={{ width: `${(entry.companies / highest) * 100}%` }}
              />
            </span>
            <span className="text-right">{formatNumber(entry.companies, locale)}</span>
          </li>
        ))}
    </ul>
  );
}
