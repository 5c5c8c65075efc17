import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLastAnswers } from "@/shared/api/last-answers";
import { coverageQuery, type ImportRun, importsQuery } from "@/shared/api/queries";
import { YearBars } from "@/shared/charts/year-bars";
import { formatAgo, formatDateTime, formatDuration } from "@/shared/format/date";
import { formatNumber, formatPercent, MISSING } from "@/shared/format/number";
import { codeLabel } from "@/shared/i18n/codes";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { ImportStatus } from "@/shared/ui/import-status";
import { Pager } from "@/shared/ui/pager";
import { PlainTable } from "@/shared/ui/plain-table";
import { Fact, PageBar, Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { ScraperSection } from "./scraper-section";
import { UploadSection } from "./upload-section";

const PAGE = 25;

/** Where the figures come from: how much is covered, and every import with its outcome. */
export function SourcesPage() {
  const { t } = useI18n();
  return (
    <>
      <PageBar title={t("sources.title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 max-sm:p-3">
          <CoverageSection />
          <ScraperSection />
          <UploadSection />
          <ImportsSection />
        </div>
      </div>
    </>
  );
}

function CoverageSection() {
  const { t, locale } = useI18n();
  const coverage = useQuery(coverageQuery);
  return (
    <Section title={t("sources.coverage")}>
      {coverage.isPending ? (
        <LoadingBlock lines={4} className="p-0" />
      ) : coverage.isError ? (
        <ErrorState compact error={coverage.error} onRetry={() => void coverage.refetch()} />
      ) : (
        <div className="grid gap-6 lg:grid-cols-3">
          <dl className="grid grid-cols-2 content-start gap-4 lg:grid-cols-1">
            <Fact label={t("sources.companies")}>
              <span className="tabular font-semibold text-xl">
                {formatNumber(coverage.data.companies, locale)}
              </span>
            </Fact>
            <Fact label={t("sources.withFinancials")}>
              <span className="tabular font-semibold text-xl">
                {formatNumber(coverage.data.with_financials, locale)}
              </span>{" "}
              <span className="text-ink-2">
                {coverage.data.companies > 0 &&
                  formatPercent(coverage.data.with_financials / coverage.data.companies, locale, 0)}
              </span>
            </Fact>
            <Fact label={t("sources.threeYears")}>
              <span className="tabular">{formatNumber(coverage.data.with_three_years, locale)}</span>
            </Fact>
            <Fact label={t("sources.groupAccounts")}>
              <span className="tabular">{formatNumber(coverage.data.with_group_accounts, locale)}</span>
            </Fact>
            {coverage.data.demo_companies > 0 && (
              <Fact label={t("sources.demo")}>
                <span className="tabular">{formatNumber(coverage.data.demo_companies, locale)}</span>
              </Fact>
            )}
            <Fact label={t("sources.latest")}>
              <span title={coverage.data.latest_import_at ?? undefined}>
                {formatAgo(coverage.data.latest_import_at, locale)}
              </span>
            </Fact>
          </dl>
          <div>
            <h3 className="eyebrow mb-2">{t("sources.byYear")}</h3>
            <YearBars years={coverage.data.by_year} label={t("sources.byYear")} locale={locale} />
          </div>
          <div>
            <h3 className="eyebrow mb-2">{t("sources.bySource")}</h3>
            <ul className="flex flex-col">
              {coverage.data.by_source.map((source) => (
                <li
                  key={`${source.kind}-${source.framework}`}
                  className="flex items-center justify-between gap-3 border-line/70 border-b py-1.5 last:border-0"
                >
                  <span className="min-w-0 flex-1">
                    {codeLabel("filing", source.kind, t)}{" "}
                    <span className="text-ink-3">{codeLabel("framework", source.framework, t)}</span>
                  </span>
                  <span className="tabular">{formatNumber(source.companies, locale)}</span>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </Section>
  );
}

/** Seconds a run took, or has taken so far. */
export function runSeconds(run: ImportRun): number | null {
  if (!run.started_at) return null;
  const end = run.finished_at ? new Date(run.finished_at) : new Date();
  return Math.max(0, (end.getTime() - new Date(run.started_at).getTime()) / 1000);
}

const isAnyRunning = (imports: { items: readonly ImportRun[] } | undefined) =>
  imports?.items.some((run) => run.status === "running") ?? false;

function ImportsSection() {
  const { t, locale } = useI18n();
  const [offset, setOffset] = useState(0);
  const imports = useQuery({
    ...importsQuery(PAGE, offset),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (isAnyRunning(query.state.data) ? 2_000 : false),
  });
  useLastAnswers(isAnyRunning(imports.data), coverageQuery.queryKey);
  const count = (value: number | null | undefined) => formatNumber(value, locale);
  return (
    <Section title={t("sources.imports")} flush>
      {imports.isPending ? (
        <LoadingBlock />
      ) : imports.isError ? (
        <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />
      ) : imports.data.items.length === 0 ? (
        <EmptyState title={t("sources.none")}>
          <p>{t("sources.noneText")}</p>
          <code className="mt-2 block rounded-md bg-sunken px-3 py-1.5 font-mono text-ink text-xs">
            lode import filings reports/*.zip
          </code>
        </EmptyState>
      ) : (
        <div aria-busy={imports.isFetching}>
          <PlainTable<ImportRun>
            label={t("sources.imports")}
            rows={imports.data.items}
            keyOf={(run) => String(run.id)}
            columns={[
              {
                key: "status",
                header: t("sources.status"),
                cell: (run) => (
                  <span className="flex gap-1">
                    <ImportStatus status={run.status} rejected={run.report.rejected} />
                    {run.is_dry_run && <Badge>{t("sources.dryRun")}</Badge>}
                  </span>
                ),
              },
              {
                key: "kind",
                header: t("sources.kind"),
                cell: (run) => (
                  <Link
                    to="/sources/imports/$id"
                    params={{ id: String(run.id) }}
                    className="font-medium hover:text-accent hover:underline"
                  >
                    {codeLabel("import", run.kind, t)}
                  </Link>
                ),
              },
              {
                key: "source",
                header: t("sources.files"),
                className: "max-w-64 truncate text-ink-2",
                cell: (run) => run.files.map((file) => file.name).join(", ") || MISSING,
              },
              {
                key: "started",
                header: t("sources.started"),
                className: "tabular whitespace-nowrap",
                cell: (run) => formatDateTime(run.started_at),
              },
              {
                key: "duration",
                header: t("sources.duration"),
                align: "right",
                cell: (run) => formatDuration(runSeconds(run), locale),
              },
              {
                key: "read",
                header: t("sources.read"),
                align: "right",
                cell: (run) => count(run.report.read),
              },
              { key: "new", header: t("sources.new"), align: "right", cell: (run) => count(run.report.new) },
              {
                key: "changed",
                header: t("sources.changed"),
                align: "right",
                cell: (run) => count(run.report.changed),
              },
              {
                key: "unchanged",
                header: t("sources.unchanged"),
                align: "right",
                cell: (run) => count(run.report.unchanged),
              },
              {
                key: "rejected",
                header: t("sources.rejected"),
                align: "right",
                cell: (run) => (
                  <span className={run.report.rejected ? "font-medium text-bad" : undefined}>
                    {count(run.report.rejected)}
                  </span>
                ),
              },
            ]}
          />
          <Pager offset={offset} limit={PAGE} total={imports.data.total} onOffset={setOffset} />
        </div>
      )}
    </Section>
  );
}
