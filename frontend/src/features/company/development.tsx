import { BalanceChart, balanceYears } from "@/shared/charts/balance-chart";
import { ChartFrame } from "@/shared/charts/frame";
import { marginPoints, RevenueChart } from "@/shared/charts/revenue-chart";
import type { Period, Scope, StatementLine } from "@/shared/company/queries";
import type { ValueStyle } from "@/shared/format/field-value";
import { formatAmount, formatPercent, unitName } from "@/shared/format/number";
import { pick } from "@/shared/i18n/i18n";
import { PlainTable } from "@/shared/ui/plain-table";
import { FigureButton } from "./figure-button";

/** How revenue, margins and the balance sheet developed, as charts and as tables. */
export function Development({
  periods,
  lines,
  scope,
  style,
  onFigure,
}: {
  periods: readonly Period[];
  lines: readonly StatementLine[];
  scope: Scope;
  style: ValueStyle;
  onFigure: (figure: string) => void;
}) {
  const { t, locale, unit } = style;
  const currency = periods[0]?.currency ?? "SEK";
  const unitWord = unitName(unit, currency);
  const labels = new Map(lines.map((line) => [line.key, pick(line.label, locale)]));
  const labelOf = (key: string) =>
    key === "liquid"
      ? t("company.chart.liquid")
      : key === "other"
        ? t("company.chart.other")
        : (labels.get(key) ?? key);
  const points = marginPoints(periods, scope).toReversed();
  const years = balanceYears(periods, scope).toReversed();
  const slices = [
    ...new Set(years.flatMap((year) => [...year.assets, ...year.financing].map((slice) => slice.key))),
  ].filter((key) => key !== "other");
  if (points.every((point) => point.revenue === null) && years.length === 0) return null;
  const note = t(`company.scope.${scope}`);
  const figure = (key: string, of: { key: string; name: string }, value: number | null, text: string) =>
    value === null ? (
      text
    ) : (
      <FigureButton
        figure={`${key}:${of.key}`}
        onFigure={onFigure}
        words={{ line: labelOf(key), period: of.name, value: text }}
      >
        {text}
      </FigureButton>
    );
  return (
    <div className="grid gap-4 @3xl:grid-cols-2">
      <ChartFrame
        title={t("company.revenueAndMargins")}
        note={note}
        chart={
          <RevenueChart
            periods={periods}
            scope={scope}
            currency={currency}
            style={style}
            onFigure={onFigure}
          />
        }
        table={
          <PlainTable
            label={t("company.revenueAndMargins")}
            rows={points}
            keyOf={(point) => point.key}
            columns={[
              {
                key: "year",
                header: t("company.periodEnds"),
                cell: (point) =>
                  point.months === 12
                    ? point.name
                    : `${point.name} (${t("company.months", { count: point.months })})`,
              },
              {
                key: "revenue",
                header: `${t("company.chart.revenue")} ${unitWord}`,
                align: "right",
                cell: (point) =>
                  figure(
                    "revenue",
                    point,
                    point.filedRevenue,
                    formatAmount(point.filedRevenue, unit, locale),
                  ),
              },
              {
                key: "ebitda",
                header: t("company.chart.ebitdaMargin"),
                align: "right",
                cell: (point) =>
                  figure(
                    "ebitda_margin",
                    point,
                    point.ebitdaMargin,
                    formatPercent(point.ebitdaMargin, locale),
                  ),
              },
              {
                key: "ebit",
                header: t("company.chart.ebitMargin"),
                align: "right",
                cell: (point) =>
                  figure("ebit_margin", point, point.ebitMargin, formatPercent(point.ebitMargin, locale)),
              },
            ]}
          />
        }
      />
      {years.length > 0 && (
        <ChartFrame
          title={t("company.balanceStructure")}
          note={note}
          chart={
            <BalanceChart
              periods={periods}
              scope={scope}
              currency={currency}
              style={style}
              labelOf={labelOf}
              onFigure={onFigure}
            />
          }
          table={
            <PlainTable
              label={t("company.balanceStructure")}
              rows={slices}
              keyOf={(key) => key}
              columns={[
                { key: "part", header: unitWord, cell: labelOf },
                ...years.map((year) => ({
                  key: year.key,
                  header: year.name,
                  align: "right" as const,
                  cell: (key: string) => {
                    const slices = [...year.assets, ...year.financing];
                    const amount = slices.find((slice) => slice.key === key)?.amount ?? null;
                    // Cash and investments are two lines together; the statements have each.
                    return figure(
                      key === "liquid" ? "cash" : key,
                      year,
                      amount,
                      formatAmount(amount, unit, locale),
                    );
                  },
                })),
              ]}
            />
          }
        />
      )}
    </div>
  );
}
