import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, Blend, FileText, Link2 } from "lucide-react";
import { CompanyActionButtons } from "@/shared/actions/company-action-buttons";
import { useCompanyActionKeys } from "@/shared/actions/company-actions";
import { asApiError } from "@/shared/api/problem";
import { CompanySectionSlot } from "@/shared/company/company-section-slot";
import { companyQuery, financialsQuery, type Scope } from "@/shared/company/queries";
import { WorkBadges } from "@/shared/company/work-marks";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { usePreferences } from "@/shared/preferences/preferences";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { Segmented } from "@/shared/ui/segmented";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { useCopy } from "@/shared/ui/use-copy";
import { type PanelOptions, usePanelHistory } from "@/shared/ui/use-panel-history";
import { Development } from "./development";
import { FigurePanel } from "./figure-panel";
import { Filings } from "./filings";
import { KeyFigures } from "./key-figures";
import { OrganisationMarks } from "./organisation-marks";
import { Peers } from "./peers";
import { Ratios } from "./ratios";
import { RegisterFacts } from "./register-facts";
import type { CompanySearch } from "./search-params";
import { SectionNav } from "./section-nav";
import { Statements } from "./statements";
import { StatusBadge } from "./status-badge";

const route = getRouteApi("/company/$orgnr");

/** How a link among the actions of the header looks. */
const ACTION =
  "flex h-7 items-center gap-1.5 rounded-md px-1.5 font-medium text-ink-2 text-xs hover:bg-hover hover:text-ink";

/** Everything known about one company, and for each figure where it comes from. */
export function CompanyPage() {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { orgnr } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const company = useQuery(companyQuery(orgnr));
  const financials = useQuery(financialsQuery(orgnr, search.restated, search.as_of));
  const [copied, copy] = useCopy();

  const change = (next: Partial<CompanySearch>) =>
    void navigate({
      search: (before: CompanySearch) => ({ ...before, ...next }),
      replace: true,
      resetScroll: false,
    });
  const panel = usePanelHistory();
  const showFigure = (figure: string | undefined) => {
    const go = (options: PanelOptions) =>
      void navigate({
        search: (before: CompanySearch) => ({ ...before, figure }),
        resetScroll: false,
        ...options,
      });
    if (figure === undefined) panel.close(go);
    else panel.show(search.figure !== undefined, go);
  };
  const periods = financials.data?.financials ?? [];
  const hasGroup = periods.some((period) => period.scope === "group");
  const hasCompany = periods.some((period) => period.scope === "company");
  const scope: Scope = search.scope ?? (hasCompany || !hasGroup ? "company" : "group");

  useShortcuts([
    {
      keys: "s",
      label: "shortcuts.scope",
      group: "shortcuts.group.company",
      run: () => hasGroup && change({ scope: scope === "company" ? "group" : "company", figure: undefined }),
    },
    {
      keys: "b",
      label: "shortcuts.back",
      group: "shortcuts.group.company",
      run: () => window.history.back(),
    },
  ]);

  useCompanyActionKeys(
    { target: () => (company.data ? { orgnr, name: company.data.name ?? null } : null) },
    "shortcuts.group.company",
  );

  if (company.isPending) return <LoadingBlock lines={14} />;
  if (company.isError) {
    if (asApiError(company.error).isNotFound) {
      return (
        <div className="pt-[10vh]">
          <EmptyState title={t("company.notFound", { orgnr: formatOrgnr(orgnr) })}>
            <p>{t("company.notFoundText")}</p>
            <p className="mt-3">
              <Link to="/universe" className="font-medium text-accent underline underline-offset-2">
                {t("notFound.link")}
              </Link>
            </p>
          </EmptyState>
        </div>
      );
    }
    return <ErrorState error={company.error} onRetry={() => void company.refetch()} />;
  }

  const { data } = company;
  const style = { unit, locale, t };
  const shown = periods.filter((period) => period.scope === scope);
  return (
    <>
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-surface px-4 py-2 max-sm:px-3">
        <Link
          to="/universe"
          aria-label={t("company.back")}
          title={t("company.back")}
          className="-ml-1.5 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
        >
          <ArrowLeft size={16} aria-hidden />
        </Link>
        <h1 className="min-w-0 font-semibold text-lg">{data.name ?? data.orgnr_formatted}</h1>
        <span className="tabular text-ink-2">{data.orgnr_formatted}</span>
        <StatusBadge status={data.status} />
        <WorkBadges orgnr={orgnr} />
        {data.is_demo && <Badge tone="warn">{t("demo.badge")}</Badge>}
        {hasGroup && (
          <div className="ml-auto">
            <Segmented
              label={t("company.scope")}
              value={scope}
              onChange={(next) => change({ scope: next, figure: undefined })}
              options={[
                { value: "company", label: t("company.scope.company") },
                { value: "group", label: t("company.scope.group") },
              ]}
            />
          </div>
        )}
        <div
          className={cx(
            "flex flex-wrap items-center justify-end gap-x-2 gap-y-1 max-sm:ml-0 max-sm:justify-start max-sm:gap-x-0.5",
            !hasGroup && "ml-auto",
          )}
        >
          <CompanyActionButtons icons withWords companies={[{ orgnr, name: data.name ?? null }]} />
          <Link
            to="/universe"
            search={{ view: "similar", seeds: orgnr }}
            title={t("company.similar")}
            className={ACTION}
          >
            <Blend size={14} aria-hidden />{" "}
            <span className="max-2xl:sr-only">{t("company.similarShort")}</span>
          </Link>
          <Link
            to="/company/$orgnr/sheet"
            params={{ orgnr }}
            search={{ scope: search.scope }}
            title={t("sheet.title")}
            className={ACTION}
          >
            <FileText size={14} aria-hidden /> <span className="max-2xl:sr-only">{t("sheet.short")}</span>
          </Link>
          <IconButton
            label={copied ? t("action.copied") : t("company.copyLink")}
            onClick={() => copy(window.location.href)}
          >
            <Link2 size={15} aria-hidden />
          </IconButton>
        </div>
      </header>
      {data.is_demo && (
        <p className="shrink-0 border-line border-b bg-warn-soft px-4 py-1.5 text-warn text-xs">
          {pick(data.demo_note, locale) || t("demo.note")}
        </p>
      )}
      <SectionNav scroller="company-scroll" />
      <div className="relative flex min-h-0 flex-1">
        <div className="@container min-w-0 flex-1 overflow-y-auto" id="company-scroll">
          <div className="mx-auto flex max-w-[88rem] flex-col gap-4 p-4 max-sm:p-3">
            <KeyFigures
              periods={shown}
              lines={financials.data?.lines ?? []}
              scope={scope}
              style={style}
              // The register's facts are those of now; they would not fit earlier statements.
              facts={search.as_of ? {} : (data.facts as Record<string, unknown>)}
              figure={search.figure}
              onFigure={showFigure}
            />
            <div className="grid gap-4 @6xl:grid-cols-[minmax(0,1fr)_20rem]">
              <div className="flex min-w-0 flex-col gap-4">
                {financials.isPending ? (
                  <LoadingBlock lines={10} />
                ) : financials.isError ? (
                  <ErrorState error={financials.error} onRetry={() => void financials.refetch()} />
                ) : shown.length === 0 ? (
                  <EmptyState title={t("company.noFinancials")}>
                    {search.as_of ? (
                      <Button onClick={() => change({ as_of: undefined })}>
                        {t("company.asOfClear", { date: search.as_of })}
                      </Button>
                    ) : (
                      <p>{t("company.noFinancialsText")}</p>
                    )}
                  </EmptyState>
                ) : (
                  <>
                    <Development
                      periods={shown}
                      lines={financials.data.lines}
                      scope={scope}
                      style={style}
                      onFigure={showFigure}
                    />
                    <Statements
                      orgnr={orgnr}
                      periods={shown}
                      lines={financials.data.lines}
                      scope={scope}
                      style={style}
                      common={search.size === "common"}
                      restated={search.restated === true}
                      asOf={search.as_of}
                      onAsOf={(day) => change({ as_of: day, figure: undefined })}
                      figure={search.figure}
                      onCommon={(on) => change({ size: on ? "common" : undefined })}
                      onRestated={(on) => change({ restated: on || undefined })}
                      onFigure={showFigure}
                    />
                    <Ratios
                      periods={shown}
                      scope={scope}
                      style={style}
                      figure={search.figure}
                      onFigure={showFigure}
                    />
                    <Peers
                      orgnr={orgnr}
                      style={style}
                      latest={periods.find((period) => period.scope === "company")}
                      onFigure={(figure) => {
                        // Peers are compared by the company's own accounts.
                        if (scope === "company") showFigure(figure);
                        else change({ scope: "company", figure });
                      }}
                    />
                  </>
                )}
                <Filings orgnr={orgnr} style={style} />
                <CompanySectionSlot place="main" orgnr={orgnr} name={data.name ?? null} />
              </div>
              <div className="flex min-w-0 flex-col gap-4">
                <OrganisationMarks orgnr={orgnr} />
                <RegisterFacts company={data} style={style} />
              </div>
            </div>
          </div>
        </div>
        {search.figure && (
          <FigurePanel
            orgnr={orgnr}
            figure={search.figure}
            scope={scope}
            style={style}
            onClose={() => showFigure(undefined)}
            onFigure={showFigure}
          />
        )}
      </div>
    </>
  );
}
