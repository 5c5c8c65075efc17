import { useQuery } from "@tanstack/react-query";
import { Fragment, useId, useState } from "react";
import { amountOf, type Period, type Scope, type StatementLine } from "@/shared/company/queries";
import { formatDate, periodName } from "@/shared/format/date";
import type { ValueStyle } from "@/shared/format/field-value";
import { formatAmount, formatNumber, formatPercent, MISSING, unitName } from "@/shared/format/number";
import { pick } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { TextField } from "@/shared/ui/field";
import { lazyPart } from "@/shared/ui/lazy-part";
import { ScrollFrame } from "@/shared/ui/scroll-frame";
import { Section } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { filingsQuery, isReport } from "./filings";
import { knownLabel } from "./known-labels";
import { PeriodBadges } from "./period-badges";

type StatementsProps = {
  orgnr: string;
  periods: readonly Period[];
  lines: readonly StatementLine[];
  scope: Scope;
  style: ValueStyle;
  common: boolean;
  restated: boolean;
  /** The day as of which the statements are shown; today when left out. */
  asOf: string | undefined;
  onAsOf: (day: string | undefined) => void;
  figure: string | undefined;
  onCommon: (on: boolean) => void;
  onRestated: (on: boolean) => void;
  onFigure: (figure: string) => void;
};

const FiledReport = lazyPart(() => import("./filed-report"), { frame: "dialog" });

const STATEMENTS = ["income", "balance", "other"] as const;

/** Lines that are counts of people, not money. */
const PEOPLE = new Set(["employees"]);

/** The statements of every year side by side, newest first. Each filed figure opens its origin. */
export function Statements(props: StatementsProps) {
  const { periods, lines, scope, style, common, restated } = props;
  const { t, locale, unit } = style;
  const id = useId();
  const [all, setAll] = useState(false);
  const currencies = new Set(periods.map((period) => period.currency));
  const currency = periods[0]?.currency ?? "SEK";
  const note = common
    ? t("company.commonSizeNote")
    : `${t(`company.scope.${scope}`)}, ${t("company.currency", { unit: unitName(unit, currencies.size > 1 ? "" : currency) })}`;
  const filed = (line: StatementLine) => periods.some((period) => amountOf(period, line.key) !== null);
  return (
    <Section
      id="statements"
      title={t("company.statements")}
      note={note}
      flush
      actions={
        <>
          <Segmented
            size="sm"
            label={t("company.statements")}
            value={common ? "common" : "amounts"}
            onChange={(next) => props.onCommon(next === "common")}
            options={[
              { value: "amounts", label: t("company.amounts") },
              { value: "common", label: t("company.commonSize") },
            ]}
          />
          <Segmented
            size="sm"
            label={t("company.line")}
            value={all ? "all" : "filed"}
            onChange={(next) => setAll(next === "all")}
            options={[
              { value: "filed", label: t("company.filedLines") },
              { value: "all", label: t("company.allLines") },
            ]}
          />
          <label className="flex items-center gap-1.5 text-xs">
            <input
              type="checkbox"
              className="accent-[var(--accent)]"
              checked={restated}
              onChange={(event) => props.onRestated(event.target.checked)}
            />
            {t("company.showRestated")}
          </label>
          <label htmlFor={id} className="flex items-center gap-1.5 text-xs">
            {t("company.asOf")}
            <TextField
              id={id}
              type="date"
              value={props.asOf ?? ""}
              onChange={(event) => props.onAsOf(event.target.value || undefined)}
              className="h-6 px-1.5 text-xs"
            />
          </label>
        </>
      }
    >
      {props.asOf && (
        <p className="flex flex-wrap items-center gap-x-3 border-line border-b bg-warn-soft px-3.5 py-1 text-warn text-xs">
          {t("company.asOfNote", { date: props.asOf })}
          <Button look="ghost" size="sm" onClick={() => props.onAsOf(undefined)}>
            {t("company.asOfNow")}
          </Button>
        </p>
      )}
      <ScrollFrame label={t("company.statements")}>
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">
            {t("company.statements")}, {note}
          </caption>
          <thead>
            <tr className="border-line border-b align-bottom">
              <th
                scope="col"
                className="sticky left-0 z-10 min-w-52 bg-surface px-3.5 py-1.5 text-left font-medium text-ink-2 text-xs max-sm:min-w-40"
              >
                {t("company.line")}
              </th>
              {periods.map((period) => (
                <th key={keyOf(period)} scope="col" className="min-w-24 px-3 py-1.5 text-right font-normal">
                  <span className="flex flex-col items-end gap-0.5">
                    <PeriodBadges period={period} lines={lines} style={style} />
                    <span className="tabular font-semibold">
                      {periodName(period.period_start, period.period_end)}
                    </span>
                    <span className="tabular text-2xs text-ink-3">
                      {currencies.size > 1 ? `${period.currency} · ` : ""}
                      {period.period_end}
                    </span>
                    <KnownOn orgnr={props.orgnr} period={period} style={style} />
                  </span>
                </th>
              ))}
              <td className="w-full" />
            </tr>
          </thead>
          <tbody>
            {STATEMENTS.map((statement) => {
              const members = lines.filter((line) => line.statement === statement && (all || filed(line)));
              if (members.length === 0) return null;
              return (
                <Fragment key={statement}>
                  <tr>
                    <th
                      scope="colgroup"
                      colSpan={periods.length + 2}
                      className="bg-sunken px-3.5 py-1 text-left"
                    >
                      <span className="eyebrow sticky left-3.5">{t(`company.statement.${statement}`)}</span>
                    </th>
                  </tr>
                  {members.map((line) => (
                    <tr key={line.key} className="group border-line/60 border-b last:border-0 hover:bg-hover">
                      <th
                        scope="row"
                        className={cx(
                          "sticky left-0 z-10 h-[var(--row)] max-w-72 truncate bg-surface px-3.5 text-left group-hover:bg-hover",
                          line.level === 0 ? "font-semibold" : "font-normal",
                        )}
                        style={{ paddingLeft: `${0.875 + line.level * 0.75}rem` }}
                      >
                        {pick(line.label, locale)}
                      </th>
                      {periods.map((period) => (
                        <td
                          key={keyOf(period)}
                          className={cx("h-[var(--row)] p-0", line.level === 0 && "font-semibold")}
                        >
                          <FigureCell line={line} period={period} {...props} />
                        </td>
                      ))}
                      <td />
                    </tr>
                  ))}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </ScrollFrame>
    </Section>
  );
}

/** When the figures were filed, or since when they could be known, and how many filings they come from; opens the report that was filed. */
function KnownOn({ orgnr, period, style: { t } }: { orgnr: string; period: Period; style: ValueStyle }) {
  const filings = useQuery(filingsQuery(orgnr));
  const [isOpen, setOpen] = useState(false);
  const filing = filings.data?.filings.find((one) => one.id === period.filing_id);
  const basis = knownLabel(period.known_by, t);
  const others = new Set(Object.values(period.other_filings)).size;
  const words = period.filed_at
    ? t("company.filedOn", { date: formatDate(period.filed_at) })
    : t("company.knownOn", { date: formatDate(period.known_on) });
  return (
    <span className="tabular whitespace-nowrap text-2xs text-ink-3" title={basis || undefined}>
      {filing && isReport(filing) ? (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="min-h-6 underline decoration-dotted decoration-line-strong underline-offset-3 hover:text-accent"
        >
          {words}
          <span className="sr-only">, {t("report.open")}</span>
        </button>
      ) : (
        words
      )}
      {isOpen && filing && (
        <FiledReport
          place={{ filingId: filing.id, name: filing.file_name ?? filing.id }}
          onClose={() => setOpen(false)}
        />
      )}
      {others > 0 && (
        <span title={t("company.otherFilings", { count: Object.keys(period.other_filings).length })}>
          {" "}
          +{others}
        </span>
      )}
    </span>
  );
}

function keyOf(period: Period): string {
  return `${period.period_end}|${period.period_start}|${period.filing_id}`;
}

function FigureCell({
  line,
  period,
  style,
  common,
  figure,
  onFigure,
}: StatementsProps & { line: StatementLine; period: Period }) {
  const { t, locale, unit } = style;
  const value = amountOf(period, line.key);
  if (value === null) {
    return (
      <span className="numeric block px-3 text-ink-3" title={t("state.missing")}>
        {MISSING}
      </span>
    );
  }
  const id = `${line.key}:${period.period_end}`;
  let text: string;
  if (PEOPLE.has(line.key)) text = formatNumber(value, locale, 1);
  else if (common) {
    const whole = amountOf(period, line.statement === "balance" ? "total_assets" : "revenue");
    text = whole && whole > 0 ? formatPercent(value / whole, locale) : MISSING;
  } else text = formatAmount(value, unit, locale);
  const exact = PEOPLE.has(line.key) ? text : `${formatAmount(value, "kr", locale)} ${period.currency}`;
  return (
    <button
      type="button"
      title={exact}
      aria-pressed={figure === id}
      onClick={() => onFigure(id)}
      className={cx(
        "numeric block h-full w-full px-3 hover:text-accent hover:underline hover:decoration-dotted hover:underline-offset-3 focus-visible:-outline-offset-2",
        figure === id && "bg-selected text-accent-strong",
        period.quality === "suspect" && "italic",
      )}
    >
      {text}
      <span className="sr-only">
        {" "}
        {t("company.openFigure", {
          line: pick(line.label, locale),
          period: periodName(period.period_start, period.period_end),
          value: exact,
        })}
      </span>
    </button>
  );
}
