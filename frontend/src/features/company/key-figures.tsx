import { useCatalogue } from "@/shared/catalogue/fields";
import { amountOf, type Period, type Scope } from "@/shared/company/queries";
import { periodName } from "@/shared/format/date";
import { formatFieldValue, type ValueStyle } from "@/shared/format/field-value";
import { formatAmount, formatNumber, formatPercent, MISSING, unitName } from "@/shared/format/number";
import { codeLabel } from "@/shared/i18n/codes";
import { pick } from "@/shared/i18n/i18n";
import { Hint } from "@/shared/ui/hint";
import { FigureButton } from "./figure-button";

type Figure = {
  field: string;
  key: string;
  value: string;
  unit?: string;
  note?: string | null;
  formula?: string;
};

function growth(now: number | null, before: number | null, months: readonly [number, number]): number | null {
  if (now === null || before === null || before <= 0 || now <= 0) return null;
  return now / months[0] / (before / months[1]) - 1;
}

/** The figures one looks at first, of the latest period of the chosen scope. */
export function KeyFigures({
  periods,
  lines,
  scope,
  style,
  facts,
  figure: open,
  onFigure,
}: {
  periods: readonly Period[];
  /** The lines of the statements, with their names; empty until they are known. */
  lines: readonly { key: string; label: { sv: string; en: string } }[];
  scope: Scope;
  style: ValueStyle;
  facts: Record<string, unknown>;
  /** The figure whose origin is open, as `key:period_end`. */
  figure: string | undefined;
  onFigure: (figure: string) => void;
}) {
  const { t, locale, unit } = style;
  const { fields } = useCatalogue();
  // A multi-year overview knows older years in part only; the latest full one leads.
  const latest = periods.find((period) => period.quality !== "partial") ?? periods[0];
  if (!latest) return null;
  const before = periods.find((period) => period.period_end < latest.period_end);
  const metrics = (latest.metrics ?? {}) as Record<string, unknown>;
  const currency = latest.currency ?? "SEK";
  const name = unitName(unit, currency);
  const revenueGrowth = before
    ? growth(amountOf(latest, "revenue"), amountOf(before, "revenue"), [latest.months, before.months])
    : null;
  const metric = (key: string): Figure => {
    const field = fields.get(key);
    const value = metrics[key] ?? (scope === "company" ? facts[key] : null);
    return {
      field: key,
      key: pick(field?.label, locale) || key,
      value: field ? formatFieldValue(field, value, style) : MISSING,
      formula: pick(field?.formula, locale),
    };
  };
  const amount = (key: string, note?: string | null): Figure => ({
    field: key,
    key: pick(fields.get(key)?.label ?? lines.find((line) => line.key === key)?.label, locale) || key,
    value: formatAmount(amountOf(latest, key), unit, locale),
    unit: name,
    note,
  });
  const figures: Figure[] = [
    amount(
      "revenue",
      revenueGrowth === null
        ? null
        : `${revenueGrowth >= 0 ? "+" : ""}${formatPercent(revenueGrowth, locale)}`,
    ),
    amount("ebitda"),
    metric("ebit_margin"),
    // IFRS knows no result after financial items: there the result before tax is what is looked at.
    amount(
      amountOf(latest, "result_after_financial_items") === null &&
        amountOf(latest, "result_before_tax") !== null
        ? "result_before_tax"
        : "result_after_financial_items",
    ),
    amount("total_assets"),
    metric("equity_ratio"),
    amount("cash"),
    {
      field: "employees",
      key: pick(fields.get("employees")?.label, locale) || "employees",
      value: formatNumber(amountOf(latest, "employees"), locale, 1),
    },
  ];
  return (
    <section aria-label={t("company.overview")} className="panel overflow-hidden">
      <header className="flex flex-wrap items-center gap-x-3 border-line border-b px-3.5 py-1.5 text-ink-2 text-xs">
        <span className="font-medium text-ink">
          {t("company.latestYear", { period: periodName(latest.period_start, latest.period_end) })}
        </span>
        <span className="tabular">
          {latest.period_start} – {latest.period_end}
        </span>
        <span>{t(`company.scope.${scope}`)}</span>
        <span>{codeLabel("framework", latest.framework ?? "unknown", t)}</span>
      </header>
      <dl className="grid grid-cols-2 @2xl:grid-cols-4 @6xl:grid-cols-8">
        {figures.map((figure) => (
          <div
            key={figure.key}
            // Names of one or two lines: the figures of a row stand on one line all the same. The gap keeps the targets of name and figure apart.
            className="row-span-2 -mb-px grid grid-rows-subgrid gap-y-1 border-line border-b px-3.5 py-2.5 shadow-[1px_0_0_var(--line)]"
          >
            <dt className="text-ink-3 text-xs">
              {figure.formula ? (
                <Hint text={figure.formula}>
                  <button
                    type="button"
                    className="-my-[3.5px] min-h-6 cursor-help text-left underline decoration-dotted decoration-line-strong underline-offset-3"
                  >
                    {figure.key}
                  </button>
                </Hint>
              ) : (
                figure.key
              )}
            </dt>
            <dd className="flex flex-wrap content-start items-baseline gap-x-1.5">
              {figure.value === MISSING ? (
                <span className="tabular font-semibold text-ink-3 text-lg" title={t("state.missing")}>
                  {MISSING}
                </span>
              ) : (
                <FigureButton
                  figure={`${figure.field}:${latest.period_end}`}
                  isOpen={open === `${figure.field}:${latest.period_end}`}
                  onFigure={onFigure}
                  words={{
                    line: figure.key,
                    period: periodName(latest.period_start, latest.period_end),
                    value: [figure.value, figure.unit].filter(Boolean).join(" "),
                  }}
                  className="tabular -mx-1 rounded-sm px-1 font-semibold text-lg"
                >
                  {figure.value}
                </FigureButton>
              )}
              {figure.unit && figure.value !== MISSING && (
                <span className="text-ink-3 text-xs">{figure.unit}</span>
              )}
              {figure.note && <span className="tabular text-ink-2 text-xs">{figure.note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
