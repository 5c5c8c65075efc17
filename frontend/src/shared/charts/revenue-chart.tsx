import { useId, useRef } from "react";
import { amountOf, type Period } from "@/shared/company/queries";
import { periodName } from "@/shared/format/date";
import type { ValueStyle } from "@/shared/format/field-value";
import { formatCompactAmount, formatPercent } from "@/shared/format/number";
import { Legend } from "./frame";
import { linearScale, niceTicks } from "./scale";
import { useWidth } from "./use-width";

export type MarginPoint = {
  key: string;
  name: string;
  /** Scaled to twelve months, so that a short or a long year can be compared. */
  revenue: number | null;
  months: number;
  /** As filed. */
  filedRevenue: number | null;
  ebitdaMargin: number | null;
  ebitMargin: number | null;
};

function share(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole;
}

/** Revenue and margins of the periods of one scope, oldest first, one version per period. */
/** The end of a year's name, where there is room for that only: `22/23` of `2022/23`, `24` of `2024`. */
const shortYear = (name: string) => name.slice(2);

export function marginPoints(periods: readonly Period[], scope: string): MarginPoint[] {
  const seen = new Set<string>();
  return periods
    .filter((period) => period.scope === scope && !seen.has(period.period_end) && seen.add(period.period_end))
    .map((period) => {
      const revenue = amountOf(period, "revenue");
      return {
        key: period.period_end,
        name: periodName(period.period_start, period.period_end),
        revenue: revenue === null ? null : Math.round((revenue * 12) / period.months),
        months: period.months,
        filedRevenue: revenue,
        ebitdaMargin: share(amountOf(period, "ebitda"), revenue),
        ebitMargin: share(amountOf(period, "ebit"), revenue),
      };
    })
    .toReversed();
}

/** Bars of revenue over lines of margins: two panels on one time axis, so that no axis has two meanings. */
export function RevenueChart({
  periods,
  scope = "company",
  currency = "SEK",
  style,
  compact = false,
  onFigure,
}: {
  periods: readonly Period[];
  scope?: string;
  currency?: string;
  style: ValueStyle;
  compact?: boolean;
  /** A bar or a point was pressed: `key:period_end`. The same figures open by key in the table. */
  onFigure?: (figure: string) => void;
}) {
  const press = (key: string, point: MarginPoint) =>
    onFigure ? { onClick: () => onFigure(`${key}:${point.key}`), className: "cursor-pointer" } : {};
  const { t, locale } = style;
  const frame = useRef<HTMLDivElement>(null);
  const hatch = useId();
  const width = useWidth(frame, compact ? 320 : 560);
  const points = marginPoints(periods, scope).slice(compact ? -6 : -12);
  if (points.every((point) => point.revenue === null)) return null;

  const left = compact ? 8 : 56;
  const barHeight = compact ? 78 : 178;
  const lineTop = barHeight + (compact ? 14 : 22);
  const lineHeight = compact ? 46 : 112;
  // A year of other length says so on a line of its own, where neighbours leave it no room beside its name.
  const yearLines = points.some((point) => point.months !== 12) ? 2 : 1;
  const height = lineTop + lineHeight + 8 + 12 * yearLines;
  const step = (width - left - 8) / points.length;
  const centre = (index: number) => left + step * (index + 0.5);

  const revenues = points.flatMap((point) => (point.revenue === null ? [] : [point.revenue]));
  const revenueTicks = niceTicks(Math.min(0, ...revenues), Math.max(...revenues, 0), 3);
  const revenueY = linearScale([revenueTicks[0] ?? 0, revenueTicks.at(-1) ?? 1], [barHeight, 14]);
  const margins = points.flatMap((point) =>
    [point.ebitMargin, point.ebitdaMargin].filter((value) => value !== null),
  );
  const marginTicks = niceTicks(
    Math.max(-1, Math.min(0, ...margins)),
    Math.min(1, Math.max(0.05, ...margins)),
    2,
  );
  const marginY = linearScale(
    [marginTicks[0] ?? 0, marginTicks.at(-1) ?? 1],
    [lineTop + lineHeight, lineTop + 8],
  );
  const clamp = (value: number) => Math.min(marginTicks.at(-1) ?? 1, Math.max(marginTicks[0] ?? 0, value));
  const barWidth = Math.min(44, step * 0.58);
  const nameOf = (point: MarginPoint) =>
    point.months === 12 ? point.name : `${point.name} (${point.months} m)`;
  const isScaled = points.some((point) => point.months !== 12 && point.revenue !== null);
  const summary = points
    .map((point) => `${nameOf(point)}: ${formatCompactAmount(point.revenue, locale, currency)}`)
    .join("; ");

  const line = (of: (point: MarginPoint) => number | null) => {
    let path = "";
    points.forEach((point, index) => {
      const value = of(point);
      const before = index > 0 ? of(points[index - 1] as MarginPoint) : null;
      if (value !== null) path += `${before === null ? "M" : "L"}${centre(index)} ${marginY(clamp(value))}`;
    });
    return path;
  };

  return (
    <div className="flex flex-col gap-2">
      <div ref={frame} className="min-w-0">
        <svg
          role="img"
          aria-label={`${t("company.revenueAndMargins")}. ${summary}`}
          width={width}
          height={height}
          className="block overflow-visible text-[11px]"
        >
          <defs>
            <pattern
              id={hatch}
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="2.5" height="5" fill="var(--series-1)" />
            </pattern>
          </defs>
          {!compact &&
            revenueTicks.map((tick) => (
              <g key={tick}>
                <line x1={left} x2={width} y1={revenueY(tick)} y2={revenueY(tick)} stroke="var(--line)" />
                <text x={left - 8} y={revenueY(tick)} dy="0.32em" textAnchor="end" fill="var(--ink-3)">
                  {formatCompactAmount(tick, locale, currency)}
                </text>
              </g>
            ))}
          {points.map((point, index) => {
            if (point.revenue === null) return null;
            const [top, bottom] = [
              revenueY(Math.max(0, point.revenue)),
              revenueY(Math.min(0, point.revenue)),
            ];
            return (
              <g key={point.key}>
                <rect
                  {...press("revenue", point)}
                  x={centre(index) - barWidth / 2}
                  width={barWidth}
                  y={top}
                  height={Math.max(1, bottom - top)}
                  rx="2"
                  fill={point.months === 12 ? "var(--series-1)" : `url(#${hatch})`}
                  stroke={point.months === 12 ? undefined : "var(--series-1)"}
                >
                  <title>{`${nameOf(point)}: ${formatCompactAmount(point.revenue, locale, currency)}`}</title>
                </rect>
                {(compact ? index === points.length - 1 : step > 54) && (
                  <text
                    x={centre(index)}
                    y={top - 5}
                    textAnchor="middle"
                    fill="var(--ink-2)"
                    fontWeight={500}
                  >
                    {formatCompactAmount(point.revenue, locale, currency)}
                  </text>
                )}
              </g>
            );
          })}
          {marginTicks.map((tick) => (
            <g key={tick}>
              <line
                x1={left}
                x2={width}
                y1={marginY(tick)}
                y2={marginY(tick)}
                stroke={tick === 0 ? "var(--line-strong)" : "var(--line)"}
              />
              {!compact && (
                <text x={left - 8} y={marginY(tick)} dy="0.32em" textAnchor="end" fill="var(--ink-3)">
                  {formatPercent(tick, locale, 0)}
                </text>
              )}
            </g>
          ))}
          <path
            d={line((point) => point.ebitdaMargin)}
            fill="none"
            stroke="var(--series-2)"
            strokeWidth="2"
            strokeDasharray="5 3"
          />
          <path d={line((point) => point.ebitMargin)} fill="none" stroke="var(--series-3)" strokeWidth="2" />
          {points.map((point, index) => (
            <g key={point.key}>
              {point.ebitdaMargin !== null && (
                <rect
                  {...press("ebitda_margin", point)}
                  x={centre(index) - 3}
                  y={marginY(clamp(point.ebitdaMargin)) - 3}
                  width="6"
                  height="6"
                  fill="var(--series-2)"
                >
                  <title>{`EBITDA ${point.name}: ${formatPercent(point.ebitdaMargin, locale)}`}</title>
                </rect>
              )}
              {point.ebitMargin !== null && (
                <circle
                  {...press("ebit_margin", point)}
                  cx={centre(index)}
                  cy={marginY(clamp(point.ebitMargin))}
                  r="3.2"
                  fill="var(--series-3)"
                >
                  <title>{`EBIT ${point.name}: ${formatPercent(point.ebitMargin, locale)}`}</title>
                </circle>
              )}
              <text x={centre(index)} y={lineTop + lineHeight + 17} textAnchor="middle" fill="var(--ink-2)">
                {step < 48 ? shortYear(point.name) : point.name}
              </text>
              {point.months !== 12 && (
                <text x={centre(index)} y={lineTop + lineHeight + 29} textAnchor="middle" fill="var(--ink-3)">
                  {`${point.months} m`}
                </text>
              )}
            </g>
          ))}
        </svg>
      </div>
      {isScaled && !compact && <p className="text-ink-3 text-xs">{t("company.chart.annualised")}</p>}
      <Legend
        entries={[
          { color: "var(--series-1)", label: t("company.chart.revenue"), shape: "bar" },
          ...(points.some((point) => point.ebitdaMargin !== null)
            ? [{ color: "var(--series-2)", label: t("company.chart.ebitdaMargin"), shape: "dash" } as const]
            : []),
          { color: "var(--series-3)", label: t("company.chart.ebitMargin"), shape: "line" },
        ]}
      />
    </div>
  );
}
