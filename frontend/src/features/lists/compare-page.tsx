import { useQueries } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, Star, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type Field, useCatalogue, useCodeName } from "@/shared/catalogue/fields";
import { amountOf, companyQuery, financialsQuery, type Period, type Scope } from "@/shared/company/queries";
import { formatDate, periodName } from "@/shared/format/date";
import { formatFieldValue, type ValueStyle } from "@/shared/format/field-value";
import { formatAmount, formatNumber, MISSING, unitName } from "@/shared/format/number";
import { parseOrgnr } from "@/shared/format/orgnr";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { Badge } from "@/shared/ui/badge";
import { IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { SelectField } from "@/shared/ui/field";
import { PageBar } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { annualised, best, bestYear, type Compared, periodOf, yearsOf } from "./compare";

const route = getRouteApi("/compare");

/** Flows are compared as a year's, stocks as they stand at its end. */
const FLOWS = ["revenue", "ebitda", "ebit", "result_after_financial_items", "net_income"] as const;
const STOCKS = ["total_assets", "equity", "cash"] as const;
const GROUPS = ["growth", "profitability", "solidity", "efficiency", "risk"];

/** Two to six companies side by side: the register, figures of the same year and scope, ratios; the best marked by a star. */
export function ComparePage() {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { query: catalogue, fields, groups } = useCatalogue();
  const name = useCodeName();
  const [year, setYear] = useState<number | null>(null);
  const orgnrs = [
    ...new Set((search.orgnrs ?? "").split(",").map((part) => parseOrgnr(part) ?? part.trim())),
  ].filter(Boolean);
  const shown = orgnrs.slice(0, 6);
  const companies = useQueries({ queries: shown.map((orgnr) => companyQuery(orgnr)) });
  const financials = useQueries({ queries: shown.map((orgnr) => financialsQuery(orgnr)) });
  const scope: Scope = search.scope ?? "company";

  const back = search.list ? (
    <Link
      to="/lists/$id"
      params={{ id: search.list }}
      search={{}}
      aria-label={t("compare.back")}
      title={t("compare.back")}
      className="-ml-1.5 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
    >
      <ArrowLeft size={16} aria-hidden />
    </Link>
  ) : undefined;
  if (shown.length < 2) {
    return (
      <>
        <PageBar title={t("compare.title")} lead={back} />
        <EmptyState title={t("compare.tooFew")}>{t("compare.limit")}</EmptyState>
      </>
    );
  }
  const failed = [...companies, ...financials].find((query) => query.isError);
  if (failed) {
    return (
      <>
        <PageBar title={t("compare.title")} lead={back} />
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      </>
    );
  }
  const compared = shown.flatMap((_, index): Compared[] => {
    const company = companies[index]?.data;
    const periods = financials[index]?.data?.financials;
    return company && periods ? [{ company, periods }] : [];
  });
  if (compared.length < shown.length || catalogue.isPending) {
    return (
      <>
        <PageBar title={t("compare.title")} lead={back} />
        <LoadingBlock lines={14} />
      </>
    );
  }
  const style: ValueStyle = { unit, locale, t };
  const years = yearsOf(compared, scope);
  const chosen = years.some((entry) => entry.year === year) ? year : bestYear(compared, scope);
  const periods = compared.map((entry) => periodOf(entry, scope, chosen));
  const remove = (orgnr: string) =>
    void navigate({
      search: { ...search, orgnrs: shown.filter((kept) => kept !== orgnr).join(",") },
      replace: true,
    });
  return (
    <>
      <PageBar title={t("compare.title")} lead={back}>
        <span className="text-ink-2 text-xs">{t("compare.star")}</span>
        <div className="ml-auto flex items-center gap-2">
          <Segmented
            label={t("company.scope")}
            value={scope}
            onChange={(next) =>
              void navigate({
                search: { ...search, scope: next === "group" ? "group" : undefined },
                replace: true,
              })
            }
            options={[
              { value: "company", label: t("company.scope.company") },
              { value: "group", label: t("company.scope.group") },
            ]}
          />
          {years.length > 0 && (
            <SelectField
              aria-label={t("compare.year")}
              value={chosen ?? ""}
              onChange={(event) => setYear(Number(event.target.value))}
            >
              {years.map((entry) => (
                <option key={entry.year} value={entry.year}>
                  {t("compare.yearOf", { year: String(entry.year), count: entry.count })}
                </option>
              ))}
            </SelectField>
          )}
        </div>
      </PageBar>
      <section
        className="relative min-h-0 flex-1 overflow-auto bg-surface max-sm:snap-x max-sm:snap-mandatory max-sm:scroll-pl-32"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={t("compare.title")}
      >
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">{t("compare.caption", { year: String(chosen ?? "–") })}</caption>
          <thead className="sticky top-0 z-20 bg-sunken">
            <tr>
              <th
                scope="col"
                className="sticky left-0 z-10 min-w-44 bg-sunken px-3.5 text-left font-medium text-ink-2 text-xs max-sm:min-w-32 max-sm:max-w-32"
              >
                {t("compare.row", { unit: unitName(unit) })}
              </th>
              {compared.map(({ company }, index) => (
                <th
                  key={company.orgnr}
                  scope="col"
                  // Columns of one width: a long name or industry does not squeeze the others.
                  style={{ width: `${84 / compared.length}%` }}
                  className="min-w-40 px-3 py-2 text-right align-top max-sm:snap-start"
                >
                  <span className="flex items-start justify-end gap-1">
                    <Link
                      to="/company/$orgnr"
                      params={{ orgnr: company.orgnr }}
                      search={{}}
                      className="min-w-0 break-words font-semibold hover:text-accent hover:underline"
                    >
                      {company.name ?? company.orgnr_formatted}
                    </Link>
                    {compared.length > 2 && (
                      <IconButton
                        className="shrink-0"
                        label={t("compare.remove", { company: company.name ?? company.orgnr })}
                        onClick={() => remove(company.orgnr)}
                      >
                        <X size={13} aria-hidden />
                      </IconButton>
                    )}
                  </span>
                  <span className="tabular block font-normal text-ink-2 text-xs">
                    {company.orgnr_formatted}
                  </span>
                  <PeriodNote period={periods[index] ?? null} style={style} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <GroupRow title={t("compare.register")} span={compared.length} />
            <TextRow
              title={t("compare.status")}
              values={compared.map(({ company }) => codeLabel(fields.get("status"), company.status, style))}
            />
            <TextRow
              title={t("compare.legalForm")}
              values={compared.map(({ company }) =>
                name("legal_form", company.legal_form?.code, company.legal_form?.name),
              )}
            />
            <TextRow
              title={t("compare.industry")}
              values={compared.map(({ company }) => {
                const main = company.sni[0];
                return main ? `${main.code} ${name("sni", main.code, main.label)}` : null;
              })}
            />
            <TextRow
              title={t("compare.municipality")}
              values={compared.map(({ company }) => company.municipality?.name ?? company.municipality?.code)}
            />
            <TextRow
              title={t("compare.registered")}
              values={compared.map(({ company }) => formatDate(company.registered_on))}
            />
            <GroupRow title={t("compare.figures", { year: String(chosen ?? "–") })} span={compared.length} />
            {FLOWS.map((line) => (
              <AmountRow
                key={line}
                title={lineTitle(line, fields.get(line), style)}
                periods={periods}
                better={fields.get(line)?.better ?? "neutral"}
                amountIn={(period) => annualised(period, line)}
                style={style}
              />
            ))}
            {STOCKS.map((line) => (
              <AmountRow
                key={line}
                title={lineTitle(line, fields.get(line), style)}
                periods={periods}
                better={fields.get(line)?.better ?? "neutral"}
                amountIn={(period) => amountOf(period, line)}
                style={style}
              />
            ))}
            <NumberRow
              title={lineTitle("employees", fields.get("employees"), style)}
              values={periods.map((period) => period?.employees ?? null)}
              better="neutral"
              format={(value) => formatNumber(value, locale, 0)}
            />
            {GROUPS.map((group) => {
              const rows = [...fields.values()].filter(
                (field) =>
                  field.group === group &&
                  periods.some((period) => typeof metric(period, field) === "number"),
              );
              if (rows.length === 0) return null;
              return [
                <GroupRow key={group} title={groups.get(group) ?? group} span={compared.length} />,
                ...rows.map((field) => (
                  <NumberRow
                    key={field.key}
                    title={pick(field.label, locale)}
                    hint={pick(field.formula, locale)}
                    values={periods.map((period) => {
                      const value = metric(period, field);
                      return typeof value === "number" ? value : null;
                    })}
                    better={field.better}
                    format={(value) => formatFieldValue(field, value, style)}
                  />
                )),
              ];
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}

function metric(period: Period | null, field: Field): unknown {
  return (period?.metrics as Record<string, unknown> | undefined)?.[field.key];
}

function lineTitle(line: string, field: Field | undefined, style: ValueStyle): string {
  return field ? pick(field.label, style.locale) : line;
}

function codeLabel(field: Field | undefined, code: string, style: ValueStyle): string {
  return field ? formatFieldValue(field, code, style) : code;
}

/** Which fiscal year stands below, and what must be known of it. */
function PeriodNote({ period, style }: { period: Period | null; style: ValueStyle }) {
  const { t } = style;
  if (!period) return <span className="block font-normal text-ink-3 text-xs">{t("compare.noYear")}</span>;
  return (
    <span className="mt-0.5 flex flex-wrap items-center justify-end gap-1 font-normal text-xs">
      <span className="text-ink-2">{periodName(period.period_start, period.period_end)}</span>
      {period.months !== 12 && <Badge>{t("company.months", { count: period.months })}</Badge>}
      {period.currency !== "SEK" && <Badge>{period.currency}</Badge>}
      {period.quality === "suspect" && <Badge tone="warn">{t("company.suspect")}</Badge>}
    </span>
  );
}

function GroupRow({ title, span }: { title: string; span: number }) {
  return (
    <tr>
      <th scope="colgroup" colSpan={span + 1} className="bg-sunken px-3.5 py-1 text-left">
        <span className="eyebrow sticky left-3.5">{title}</span>
      </th>
    </tr>
  );
}

function RowTitle({ children, hint }: { children: ReactNode; hint?: string }) {
  return (
    <th
      scope="row"
      title={hint}
      className="sticky left-0 z-10 bg-surface px-3.5 py-1 text-left font-normal text-ink-2 max-sm:max-w-32 max-sm:break-words"
    >
      {children}
    </th>
  );
}

function TextRow({ title, values }: { title: string; values: readonly (string | null | undefined)[] }) {
  return (
    <tr className="border-line/70 border-b">
      <RowTitle>{title}</RowTitle>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are the companies in their order.
        <td key={index} className="px-3 py-1 text-left align-top">
          {value || <span className="text-ink-3">{MISSING}</span>}
        </td>
      ))}
    </tr>
  );
}

/** Amounts of different currencies stand side by side, but none is called the best. */
function AmountRow({
  title,
  periods,
  better,
  amountIn,
  style,
}: {
  title: string;
  periods: readonly (Period | null)[];
  better: string;
  amountIn: (period: Period) => number | null;
  style: ValueStyle;
}) {
  const currencies = new Set(periods.flatMap((period) => (period ? [period.currency] : [])));
  return (
    <NumberRow
      title={title}
      values={periods.map((period) => (period ? amountIn(period) : null))}
      better={currencies.size > 1 ? "neutral" : better}
      format={(value) => formatAmount(value, style.unit, style.locale)}
    />
  );
}

function NumberRow({
  title,
  hint,
  values,
  better,
  format,
}: {
  title: string;
  hint?: string;
  values: readonly (number | null)[];
  better: string;
  format: (value: number) => string;
}) {
  const { t } = useI18n();
  const winners = best(values, better);
  return (
    <tr className="border-line/70 border-b hover:bg-hover">
      <RowTitle hint={hint}>{title}</RowTitle>
      {values.map((value, index) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns are the companies in their order.
          key={index}
          className={cx("numeric px-3 py-1", winners.has(index) && "font-semibold")}
        >
          {winners.has(index) && (
            <Star
              size={11}
              role="img"
              aria-label={t("compare.best")}
              className="mr-1 inline-block fill-current align-baseline text-accent"
            />
          )}
          {value === null ? (
            <span className="text-ink-3" title={t("state.missing")}>
              {MISSING}
            </span>
          ) : (
            format(value)
          )}
        </td>
      ))}
    </tr>
  );
}
