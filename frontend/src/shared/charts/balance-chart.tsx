import { useRef } from "react";
import { amountOf, type Period } from "@/shared/company/queries";
import { periodName } from "@/shared/format/date";
import type { ValueStyle } from "@/shared/format/field-value";
import { formatCompactAmount, formatPercent } from "@/shared/format/number";
import { Legend } from "./frame";
import { useWidth } from "./use-width";

export type Slice = { key: string; amount: number };
export type BalanceYear = { key: string; name: string; total: number; assets: Slice[]; financing: Slice[] };

const ASSETS = ["fixed_assets", "inventory", "current_receivables", "liquid"];
const FINANCING = [
  "equity",
  "untaxed_reserves",
  "provisions",
  "long_term_liabilities",
  "current_liabilities",
];

/** The parts of both sides of the balance sheet that were filed and are not negative; the rest is `other`. */
export function balanceYears(periods: readonly Period[], scope: string): BalanceYear[] {
  const seen = new Set<string>();
  return periods
    .filter((period) => period.scope === scope && !seen.has(period.period_end) && seen.add(period.period_end))
    .flatMap((period): BalanceYear[] => {
      const total = amountOf(period, "total_assets");
      if (total === null || total <= 0) return [];
      const liquid = [amountOf(period, "cash"), amountOf(period, "short_term_investments")];
      const amount = (key: string) =>
        key === "liquid"
          ? liquid.every((part) => part === null)
            ? 0
            : (liquid[0] ?? 0) + (liquid[1] ?? 0)
          : (amountOf(period, key) ?? 0);
      const side = (keys: readonly string[]): Slice[] => {
        const slices = keys
          .map((key) => ({ key, amount: Math.max(0, amount(key)) }))
          .filter((slice) => slice.amount > 0);
        const sum = slices.reduce((before, slice) => before + slice.amount, 0);
        return sum < total * 0.995 ? [...slices, { key: "other", amount: total - sum }] : slices;
      };
      const [assets, financing] = [side(ASSETS), side(FINANCING)];
      // A multi-year overview knows the total only: there is no structure to draw.
      if ([...assets, ...financing].every((slice) => slice.key === "other")) return [];
      return [
        {
          key: period.period_end,
          name: periodName(period.period_start, period.period_end),
          total,
          assets,
          financing,
        },
      ];
    })
    .toReversed();
}

const FILLS: Record<string, string> = {
  fixed_assets: "var(--series-1)",
  inventory: "var(--series-4)",
  current_receivables: "var(--series-5)",
  liquid: "var(--series-2)",
  equity: "var(--series-1)",
  untaxed_reserves: "var(--series-4)",
  provisions: "var(--series-3)",
  long_term_liabilities: "var(--series-2)",
  current_liabilities: "var(--series-5)",
  other: "var(--line-strong)",
};

/** Two bars a year, assets and how they are financed, each as shares of total assets. */
export function BalanceChart({
  periods,
  scope,
  currency,
  style,
  labelOf,
  onFigure,
}: {
  periods: readonly Period[];
  scope: string;
  currency: string;
  style: ValueStyle;
  labelOf: (key: string) => string;
  /** A part was pressed: `key:period_end`. The same figures open by key in the table. */
  onFigure?: (figure: string) => void;
}) {
  const press = (key: string, year: BalanceYear) =>
    onFigure && key !== "other"
      ? {
          onClick: () => onFigure(`${key === "liquid" ? "cash" : key}:${year.key}`),
          className: "cursor-pointer",
        }
      : {};
  const { t, locale } = style;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 560);
  const years = balanceYears(periods, scope).slice(-Math.max(3, Math.floor((width - 40) / 74)));
  if (years.length === 0) return null;
  const [left, top, plot] = [38, 8, 246];
  const step = (width - left) / years.length;
  const bar = Math.min(30, step * 0.34);
  const summary = years
    .map((year) => `${year.name}: ${formatCompactAmount(year.total, locale, currency)}`)
    .join("; ");

  const stack = (slices: readonly Slice[], x: number, year: BalanceYear, side: string) => {
    const sum = Math.max(
      year.total,
      slices.reduce((before, slice) => before + slice.amount, 0),
    );
    let y = top + plot;
    return slices.map((slice) => {
      const height = (slice.amount / sum) * plot;
      y -= height;
      return (
        <rect
          key={`${side}-${slice.key}`}
          {...press(slice.key, year)}
          x={x}
          y={y}
          width={bar}
          height={Math.max(0.5, height - 1)}
          rx="1.5"
          fill={FILLS[slice.key]}
        >
          <title>{`${year.name} ${labelOf(slice.key)}: ${formatCompactAmount(slice.amount, locale, currency)} (${formatPercent(slice.amount / sum, locale, 0)})`}</title>
        </rect>
      );
    });
  };
  const used = (side: "assets" | "financing") =>
    [...new Set(years.flatMap((year) => year[side].map((slice) => slice.key)))].map((key) => ({
      color: FILLS[key] ?? "var(--line-strong)",
      label: labelOf(key),
      shape: "bar" as const,
    }));
  return (
    <div className="flex flex-col gap-2.5">
      <div ref={frame} className="min-w-0">
        <svg
          role="img"
          aria-label={`${t("company.balanceStructure")}. ${summary}`}
          width={width}
          height={top + plot + 38}
          className="block overflow-visible text-[11px]"
        >
          {[0, 0.5, 1].map((tick) => (
            <g key={tick}>
              <line
                x1={left}
                x2={width}
                y1={top + plot * (1 - tick)}
                y2={top + plot * (1 - tick)}
                stroke="var(--line)"
              />
              <text x={left - 7} y={top + plot * (1 - tick)} dy="0.32em" textAnchor="end" fill="var(--ink-3)">
                {formatPercent(tick, locale, 0)}
              </text>
            </g>
          ))}
          {years.map((year, index) => {
            const centre = left + step * (index + 0.5);
            return (
              <g key={year.key}>
                {stack(year.assets, centre - bar - 1.5, year, "assets")}
                {stack(year.financing, centre + 1.5, year, "financing")}
                <text x={centre} y={top + plot + 15} textAnchor="middle" fill="var(--ink-2)">
                  {year.name}
                </text>
                <text x={centre} y={top + plot + 30} textAnchor="middle" fill="var(--ink-3)">
                  {formatCompactAmount(year.total, locale, currency)}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
      <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        <div>
          <p className="eyebrow mb-1">{t("company.chart.assets")}</p>
          <Legend entries={used("assets")} />
        </div>
        <div>
          <p className="eyebrow mb-1">{t("company.chart.financing")}</p>
          <Legend entries={used("financing")} />
        </div>
      </div>
    </div>
  );
}
