import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, Printer } from "lucide-react";
import type { ReactNode } from "react";
import { useCatalogue, useCodeName } from "@/shared/catalogue/fields";
import { RevenueChart } from "@/shared/charts/revenue-chart";
import {
  amountOf,
  type Company,
  companyQuery,
  financialsQuery,
  type Period,
  type Scope,
} from "@/shared/company/queries";
import { formatDate, periodName } from "@/shared/format/date";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatAmount, formatNumber, MISSING, unitName } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { Button } from "@/shared/ui/button";
import { ScrollFrame } from "@/shared/ui/scroll-frame";
import { PageBar } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { knownLabel } from "./known-labels";
import { peersQuery } from "./peers-query";
import { StatusBadge } from "./status-badge";

const route = getRouteApi("/company/$orgnr/sheet");

/** Years on the sheet. */
const YEARS = 5;

/** What stands in the table of years: a line of the statements (`amount`), or a field of the catalogue. */
const ROWS: readonly { key: string; amount?: true; strong?: true }[] = [
  { key: "revenue", amount: true, strong: true },
  { key: "growth_yoy" },
  { key: "ebitda", amount: true },
  { key: "ebitda_margin" },
  { key: "ebit", amount: true, strong: true },
  { key: "ebit_margin" },
  { key: "result_after_financial_items", amount: true },
  { key: "net_income", amount: true },
  { key: "total_assets", amount: true, strong: true },
  { key: "adjusted_equity", amount: true },
  { key: "equity_ratio" },
  { key: "cash", amount: true },
  { key: "net_debt" },
  { key: "net_debt_to_ebitda" },
  { key: "roce" },
  { key: "employees" },
];

/** Ratios that are set against the industry. */
const COMPARED = [
  "growth_yoy",
  "ebit_margin",
  "roce",
  "equity_ratio",
  "revenue_per_employee",
  "net_debt_to_ebitda",
];

/** A company on one page of A4, to print or to save as PDF. */
export function SheetPage() {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { orgnr } = route.useParams();
  const search = route.useSearch();
  const company = useQuery(companyQuery(orgnr));
  const financials = useQuery(financialsQuery(orgnr));
  const style = { unit, locale, t };
  const bar = (
    <div data-no-print>
      <PageBar
        title={t("sheet.title")}
        lead={
          <Link
            to="/company/$orgnr"
            params={{ orgnr }}
            search={{}}
            aria-label={t("sheet.back")}
            title={t("sheet.back")}
            className="-ml-1.5 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
          >
            <ArrowLeft size={16} aria-hidden />
          </Link>
        }
      >
        <span className="text-ink-2 text-xs">{company.data?.name ?? formatOrgnr(orgnr)}</span>
        <span className="ml-auto">
          <Button look="primary" onClick={() => window.print()}>
            <Printer size={14} aria-hidden /> {t("sheet.print")}
          </Button>
        </span>
      </PageBar>
    </div>
  );
  const failed = company.isError ? company : financials.isError ? financials : null;
  if (failed?.error) {
    return (
      <>
        {bar}
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      </>
    );
  }
  if (!company.data || !financials.data) {
    return (
      <>
        {bar}
        <LoadingBlock lines={14} />
      </>
    );
  }
  const all = financials.data.financials;
  const hasCompany = all.some((period) => period.scope === "company");
  const scope: Scope = search.scope ?? (hasCompany || all.length === 0 ? "company" : "group");
  const periods = all.filter((period) => period.scope === scope).slice(0, YEARS);
  return (
    <>
      {bar}
      <div className="min-h-0 flex-1 overflow-y-auto p-4 max-sm:p-2 print:p-0">
        <ScrollFrame label={t("sheet.title")}>
          <article
            data-sheet
            className="panel mx-auto flex w-[186mm] flex-col gap-[3.5mm] bg-surface p-[6mm] text-[9pt] leading-snug print:border-0 print:p-0 max-sm:w-full max-sm:p-3 max-sm:print:w-[186mm]"
          >
            <Head company={company.data} style={style} />
            {periods.length === 0 ? (
              <EmptyState title={t("company.noFinancials")}>
                <p>{t("company.noFinancialsText")}</p>
              </EmptyState>
            ) : (
              <>
                <Years periods={periods} scope={scope} style={style} />
                <div className="grid grid-cols-[96mm_minmax(0,1fr)] gap-[5mm] max-sm:grid-cols-1">
                  <Part title={`${t("company.revenueAndMargins")}, ${t(`company.scope.${scope}`)}`}>
                    <RevenueChart
                      periods={periods}
                      scope={scope}
                      currency={periods[0]?.currency ?? "SEK"}
                      style={style}
                      compact
                    />
                  </Part>
                  <Comparison orgnr={orgnr} style={style} />
                </div>
                <Sources periods={periods} isDemo={company.data.is_demo} style={style} />
              </>
            )}
          </article>
        </ScrollFrame>
      </div>
    </>
  );
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h2 className="mb-[1.5mm] border-line border-b pb-[0.8mm] font-semibold text-[9.5pt]">{title}</h2>
      {children}
    </section>
  );
}

function Head({ company, style }: { company: Company; style: ValueStyle }) {
  const { t } = style;
  const name = useCodeName();
  const industry = company.sni[0];
  const place = [company.municipality?.name, name("county", company.county?.code, company.county?.name)];
  const facts: [string, ReactNode][] = [
    [t("company.orgnr"), company.orgnr_formatted],
    [t("company.legalForm"), name("legal_form", company.legal_form?.code, company.legal_form?.name)],
    [t("company.registered"), company.registered_on],
    [t("company.place"), place.filter(Boolean).join(", ")],
    [
      t("company.industry"),
      industry &&
        `${industry.code} ${industry.edition === "sni2007" ? (name("sni", industry.code, industry.label) ?? "") : (industry.label ?? "")}`,
    ],
  ];
  return (
    <header className="flex flex-col gap-[2mm]">
      <div className="flex items-baseline gap-3">
        <h2 className="font-semibold text-[16pt] leading-tight">{company.name ?? company.orgnr_formatted}</h2>
        <StatusBadge status={company.status} />
        {company.is_demo && <span className="text-warn">{t("demo.badge")}</span>}
      </div>
      <dl className="flex flex-wrap gap-x-[6mm] gap-y-[1mm]">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-[7.5pt] text-ink-3">{label}</dt>
            <dd className="line-clamp-1">{value || MISSING}</dd>
          </div>
        ))}
      </dl>
      {company.activity_description && (
        <p className="line-clamp-3 text-ink-2">{company.activity_description}</p>
      )}
    </header>
  );
}

function Years({ periods, scope, style }: { periods: readonly Period[]; scope: Scope; style: ValueStyle }) {
  const { t, locale, unit } = style;
  const { fields } = useCatalogue();
  const currency = periods[0]?.currency ?? "SEK";
  const metric = (period: Period, key: string) => (period.metrics as Record<string, unknown>)[key];
  const rows = ROWS.flatMap((row) => {
    const field = fields.get(row.key);
    if (!field) return [];
    const cells = periods.map((period) => {
      if (row.amount) return formatAmount(amountOf(period, row.key), unit, locale);
      if (row.key === "employees") return formatNumber(amountOf(period, row.key), locale, 1);
      return formatFieldValue(field, metric(period, row.key), style);
    });
    return cells.every((cell) => cell === MISSING) ? [] : [{ ...row, field, cells }];
  });
  return (
    <Part
      title={
        <>
          {t("sheet.years")}{" "}
          <span className="font-normal text-ink-3">
            {t(`company.scope.${scope}`)}, {t("company.currency", { unit: unitName(unit, currency) })}
          </span>
        </>
      }
    >
      <ScrollFrame label={t("sheet.years")}>
        <table className="w-full border-collapse">
          <thead>
            <tr className="border-line border-b">
              <th scope="col" className="py-[0.6mm] text-left font-medium text-ink-2">
                {t("company.line")}
              </th>
              {periods.map((period) => (
                <th
                  key={period.period_end}
                  scope="col"
                  className="tabular py-[0.6mm] pl-2 text-right font-semibold"
                >
                  {periodName(period.period_start, period.period_end)}
                  {period.months !== 12 && ` (${period.months} m)`}
                  {period.quality === "suspect" && " *"}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} className="border-line/60 border-b">
                <th
                  scope="row"
                  className={
                    row.strong ? "py-[0.5mm] text-left font-semibold" : "py-[0.5mm] text-left font-normal"
                  }
                >
                  {pick(row.field.label, locale)} {/* The unit of amounts stands in the heading. */}
                  {!row.amount && row.field.unit !== "sek" && (
                    <span className="text-ink-3">{headerUnit(row.field, style)}</span>
                  )}
                </th>
                {row.cells.map((cell, index) => (
                  <td
                    key={periods[index]?.period_end}
                    className={
                      row.strong ? "tabular pl-2 text-right font-semibold" : "tabular pl-2 text-right"
                    }
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      {periods.some((period) => period.quality === "suspect") && (
        <p className="mt-[1mm] text-[7.5pt] text-ink-3">* {t("sheet.suspect")}</p>
      )}
    </Part>
  );
}

function Comparison({ orgnr, style }: { orgnr: string; style: ValueStyle }) {
  const { t, locale } = style;
  const { fields } = useCatalogue();
  const peers = useQuery(peersQuery(orgnr));
  const group = peers.data?.group;
  const rows = COMPARED.flatMap((key) => {
    const [field, metric] = [fields.get(key), peers.data?.metrics.find((one) => one.field === key)];
    return field && metric && metric.value !== null && metric.value !== undefined ? [{ field, metric }] : [];
  });
  if (!group?.sni || rows.length === 0) return <div />;
  return (
    <Part title={t("peers.title")}>
      <table className="w-full border-collapse">
        <thead>
          <tr className="text-[7.5pt] text-ink-3">
            <th scope="col" className="text-left font-normal">
              {t("company.ratio.name")}
            </th>
            <th scope="col" className="pl-2 text-right font-normal">
              {t("peers.company")}
            </th>
            <th scope="col" className="pl-2 text-right font-normal">
              {t("peers.median")}
            </th>
            <th scope="col" className="pl-2 text-right font-normal">
              {t("peers.percentile")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, metric }) => (
            <tr key={field.key} className="border-line/60 border-b">
              <th scope="row" className="py-[0.5mm] text-left font-normal">
                {pick(field.label, locale)} <span className="text-ink-3">{headerUnit(field, style)}</span>
              </th>
              <td className="tabular pl-2 text-right">{formatFieldValue(field, metric.value, style)}</td>
              <td className="tabular pl-2 text-right">{formatFieldValue(field, metric.median, style)}</td>
              <td className="tabular pl-2 text-right">
                {metric.percentile === null || metric.percentile === undefined
                  ? MISSING
                  : formatNumber(Math.round(metric.percentile * 100), locale)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-[1mm] line-clamp-2 text-[7.5pt] text-ink-3">
        {group.sni} {pick(group.sni_label, locale)}, {t("universe.count", { count: group.count })}
      </p>
    </Part>
  );
}

/** Where each year comes from: what was filed, and when. */
function Sources({
  periods,
  isDemo,
  style,
}: {
  periods: readonly Period[];
  isDemo: boolean;
  style: ValueStyle;
}) {
  const { t } = style;
  return (
    <p className="text-[7.5pt] text-ink-3">
      {t(isDemo ? "demo.note" : "sheet.sources")}{" "}
      {periods
        .map((period) => {
          const when = period.filed_at
            ? t("company.filedOn", { date: formatDate(period.filed_at) })
            : `${t("company.knownOn", { date: formatDate(period.known_on) })} ${knownLabel(period.known_by, t)}`.trim();
          return `${periodName(period.period_start, period.period_end)}: ${when}`;
        })
        .join("; ")}
      .
    </p>
  );
}
