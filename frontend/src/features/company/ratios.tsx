import { Fragment } from "react";
import { useCatalogue } from "@/shared/catalogue/fields";
import type { Period, Scope } from "@/shared/company/queries";
import { periodName } from "@/shared/format/date";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { MISSING } from "@/shared/format/number";
import { pick } from "@/shared/i18n/i18n";
import { Hint } from "@/shared/ui/hint";
import { ScrollFrame } from "@/shared/ui/scroll-frame";
import { Section } from "@/shared/ui/section";
import { FigureButton } from "./figure-button";

const GROUPS = ["growth", "profitability", "solidity", "efficiency", "risk"];

/** Every ratio of every period, with its formula. Suspect periods have none. */
export function Ratios({
  periods,
  scope,
  style,
  figure: open,
  onFigure,
}: {
  periods: readonly Period[];
  scope: Scope;
  style: ValueStyle;
  /** The figure whose origin is open, as `key:period_end`. */
  figure: string | undefined;
  onFigure: (figure: string) => void;
}) {
  const { t, locale } = style;
  const { fields, groups } = useCatalogue();
  const metricsOf = (period: Period) => (period.metrics ?? {}) as Record<string, unknown>;
  const shown = periods.filter(
    (period) => !period.superseded_by && Object.values(metricsOf(period)).some((value) => value !== null),
  );
  if (shown.length === 0) return null;
  return (
    <Section id="ratios" title={t("company.ratios")} note={t(`company.scope.${scope}`)} flush>
      <ScrollFrame label={t("company.ratios")}>
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">{t("company.ratios")}</caption>
          <thead>
            <tr className="border-line border-b text-xs">
              <th
                scope="col"
                className="sticky left-0 z-10 h-8 min-w-52 bg-surface px-3.5 text-left font-medium text-ink-2 max-sm:min-w-40"
              >
                {t("company.ratio.name")}
              </th>
              {shown.map((period) => (
                <th
                  key={period.period_end + period.filing_id}
                  scope="col"
                  className="tabular h-8 min-w-24 px-3 text-right font-semibold"
                >
                  {periodName(period.period_start, period.period_end)}
                </th>
              ))}
              <td className="w-full" />
            </tr>
          </thead>
          <tbody>
            {GROUPS.map((group) => {
              const members = [...fields.values()].filter(
                (field) =>
                  field.group === group &&
                  shown.some(
                    (period) => field.key in metricsOf(period) && metricsOf(period)[field.key] !== null,
                  ),
              );
              if (members.length === 0) return null;
              return (
                <Fragment key={group}>
                  <tr>
                    <th
                      scope="colgroup"
                      colSpan={shown.length + 2}
                      className="bg-sunken px-3.5 py-1 text-left"
                    >
                      <span className="eyebrow sticky left-3.5">{groups.get(group) ?? group}</span>
                    </th>
                  </tr>
                  {members.map((field) => {
                    const unit = headerUnit(field, style);
                    return (
                      <tr
                        key={field.key}
                        className="group border-line/60 border-b last:border-0 hover:bg-hover"
                      >
                        <th
                          scope="row"
                          className="sticky left-0 z-10 h-[var(--row)] bg-surface px-3.5 text-left font-normal group-hover:bg-hover"
                        >
                          <Hint
                            side="right"
                            text={
                              <>
                                <span className="block text-2xs text-ink-3">{t("company.formula")}</span>
                                {pick(field.formula, locale)}
                              </>
                            }
                          >
                            <button
                              type="button"
                              className="cursor-help text-left underline decoration-dotted decoration-line-strong underline-offset-3"
                            >
                              {pick(field.label, locale)}
                            </button>
                          </Hint>
                          {unit && <span className="text-ink-3"> {unit}</span>}
                        </th>
                        {shown.map((period) => {
                          const text = formatFieldValue(field, metricsOf(period)[field.key], style);
                          return (
                            <td
                              key={period.period_end + period.filing_id}
                              className={
                                text === MISSING ? "numeric px-3 text-ink-3" : "numeric h-[var(--row)] p-0"
                              }
                            >
                              {text === MISSING ? (
                                MISSING
                              ) : (
                                <FigureButton
                                  figure={`${field.key}:${period.period_end}`}
                                  isOpen={open === `${field.key}:${period.period_end}`}
                                  onFigure={onFigure}
                                  words={{
                                    line: pick(field.label, locale),
                                    period: periodName(period.period_start, period.period_end),
                                    value: text,
                                  }}
                                  className="h-full w-full px-3 text-right"
                                >
                                  {text}
                                </FigureButton>
                              )}
                            </td>
                          );
                        })}
                        <td />
                      </tr>
                    );
                  })}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </ScrollFrame>
    </Section>
  );
}
