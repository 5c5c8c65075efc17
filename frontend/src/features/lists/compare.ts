import { amountOf, type Company, type Period, type Scope } from "@/shared/company/queries";

/** One company of a comparison. */
export type Compared = { company: Company; periods: readonly Period[] };

/** The calendar years in which the companies' fiscal years end, newest first, with how many companies have one. */
export function yearsOf(companies: readonly Compared[], scope: Scope): { year: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const { periods } of companies) {
    const years = new Set(
      periods.filter((period) => period.scope === scope && !period.superseded_by).map(yearOf),
    );
    for (const year of years) counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  return [...counts].map(([year, count]) => ({ year, count })).sort((a, b) => b.year - a.year);
}

function yearOf(period: Period): number {
  return Number(period.period_end.slice(0, 4));
}

/** The newest year that most of the companies have. */
export function bestYear(companies: readonly Compared[], scope: Scope): number | null {
  const years = yearsOf(companies, scope);
  const most = Math.max(0, ...years.map((entry) => entry.count));
  return years.find((entry) => entry.count === most)?.year ?? null;
}

/** The company's fiscal year of that year and scope; of two in one calendar year the later. */
export function periodOf(compared: Compared, scope: Scope, year: number | null): Period | null {
  return (
    compared.periods
      .filter((period) => period.scope === scope && !period.superseded_by && yearOf(period) === year)
      .sort((a, b) => b.period_end.localeCompare(a.period_end))[0] ?? null
  );
}

/** A flow as a year's: other lengths than twelve months are scaled, as everywhere in the product. */
export function annualised(period: Period, line: string): number | null {
  const amount = line === "ebitda" ? period.ebitda : amountOf(period, line);
  if (amount === null || amount === undefined) return null;
  return period.months === 12 || period.months === 0 ? amount : Math.round((amount * 12) / period.months);
}

/**
 * Which values are best: the greatest or the least. None where only one company has a value, all are equal, or nothing
 * is better.
 */
export function best(
  values: readonly (number | null)[],
  better: "higher" | "lower" | "neutral" | string,
): ReadonlySet<number> {
  const known = values.filter((value): value is number => value !== null);
  if (better === "neutral" || known.length < 2) return new Set();
  const wanted = better === "lower" ? Math.min(...known) : Math.max(...known);
  const indices = values.flatMap((value, index) => (value === wanted ? [index] : []));
  return indices.length === known.length ? new Set() : new Set(indices);
}
