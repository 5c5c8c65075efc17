import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { coverageQuery } from "@/shared/api/queries";
import { YearBars } from "@/shared/charts/year-bars";
import { formatAgo } from "@/shared/format/date";
import { formatNumber, formatPercent } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { lazyPart } from "@/shared/ui/lazy-part";
import { PageBar, Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { usePanelHistory } from "@/shared/ui/use-panel-history";
import { DueActions } from "./due-actions";
import { NewFilings } from "./new-filings";
import { homeQuery } from "./queries";
import type { HomeSearch } from "./search-params";
import { WatchedScreens } from "./watched-screens";
import { WorkSection } from "./work-section";

const ChangePanel = lazyPart(async () => ({ default: (await import("./change-panel")).ChangePanel }));
const WatchDialog = lazyPart(() => import("./watch-dialog"), { frame: "dialog" });
const route = getRouteApi("/");

const SCREENS: readonly { title: MessageKey; text: MessageKey; filter: string; sort: string }[] = [
  {
    title: "home.screen.profitable",
    text: "home.screen.profitableText",
    filter: "revenue between 20m and 200m and ebit_margin >= 10% and cagr_3y >= 5%",
    sort: "-ebit_margin",
  },
  {
    title: "home.screen.cash",
    text: "home.screen.cashText",
    filter: "cash >= 10m and equity_ratio >= 50%",
    sort: "-cash",
  },
  {
    title: "home.screen.turnaround",
    text: "home.screen.turnaroundText",
    filter: "revenue >= 20m and ebit < 0",
    sort: "-revenue",
  },
];

/** What the day begins with: what is due, what changed, what was filed, what the machine does, and how much is known. */
export function HomePage() {
  const { t, locale } = useI18n();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [watching, setWatching] = useState(false);
  const panel = usePanelHistory();
  const home = useQuery(homeQuery);
  const coverage = useQuery(coverageQuery);
  return (
    <>
      <PageBar title={t("home.title")}>
        {coverage.data?.latest_import_at && (
          <span className="text-ink-3 text-xs">
            {t("home.latestImport", { ago: formatAgo(coverage.data.latest_import_at, locale) })}
          </span>
        )}
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 max-sm:p-3">
          {home.isPending ? (
            <LoadingBlock lines={8} />
          ) : home.isError ? (
            <ErrorState error={home.error} onRetry={() => void home.refetch()} />
          ) : (
            <div className="grid items-start gap-4 max-lg:[&>*]:min-w-0 lg:grid-cols-2">
              {/* Two columns of their own, so that a short part leaves no hole. On a phone: what waits for the reader, what changed, what came; the machine's work last. */}
              <div className="flex min-w-0 flex-col gap-4 max-lg:contents">
                <div className="min-w-0">
                  <DueActions home={home.data} />
                </div>
                <div className="min-w-0 max-lg:order-1">
                  <NewFilings home={home.data} />
                </div>
              </div>
              <div className="flex min-w-0 flex-col gap-4 max-lg:contents">
                <div className="min-w-0">
                  <WatchedScreens home={home.data} onWatch={() => setWatching(true)} />
                </div>
                <div className="min-w-0 max-lg:order-2">
                  <WorkSection />
                </div>
              </div>
            </div>
          )}
          <nav aria-label={t("home.screens")} className="grid gap-3 md:grid-cols-3">
            {SCREENS.map((screen) => (
              <Link
                key={screen.title}
                to="/universe"
                search={{ f: screen.filter, sort: screen.sort }}
                className="panel group flex flex-col gap-0.5 px-4 py-3 hover:border-line-strong hover:bg-hover"
              >
                <span className="flex items-center justify-between font-medium">
                  {t(screen.title)}
                  <ArrowRight size={14} aria-hidden className="text-ink-3 group-hover:text-accent" />
                </span>
                <span className="text-ink-2 text-xs">{t(screen.text)}</span>
              </Link>
            ))}
          </nav>
          <Coverage />
          {coverage.data && coverage.data.by_year.length > 0 && (
            <Section title={t("home.byYear")}>
              <YearBars years={coverage.data.by_year} label={t("home.byYear")} locale={locale} />
            </Section>
          )}
        </div>
      </div>
      {search.change && (
        <ChangePanel
          key={search.change}
          id={search.change}
          onClose={() =>
            panel.close(
              (options) =>
                void navigate({
                  search: (before: HomeSearch) => ({ ...before, change: undefined }),
                  ...options,
                }),
            )
          }
        />
      )}
      {watching && <WatchDialog onClose={() => setWatching(false)} />}
    </>
  );
}

/** How much is known. */
function Coverage() {
  const { t, locale } = useI18n();
  const coverage = useQuery(coverageQuery);
  const status = useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/status", { signal })),
  });
  const counts = (status.data?.counts ?? {}) as Record<string, number | null | undefined>;
  const companies = coverage.data?.companies ?? counts.companies;
  const withFinancials = coverage.data?.with_financials;
  const tiles: { label: MessageKey; value: number | null | undefined; note?: string }[] = [
    { label: "home.companies", value: companies },
    {
      label: "home.withFinancials",
      value: withFinancials,
      note:
        companies && withFinancials !== undefined
          ? t("home.share", { share: formatPercent(withFinancials / companies, locale, 0) })
          : undefined,
    },
    { label: "home.filings", value: counts.filings },
    { label: "home.periods", value: counts.financial_periods },
  ];
  return (
    <dl className="panel grid grid-cols-2 md:grid-cols-4">
      {tiles.map((tile) => (
        <div
          key={tile.label}
          className="border-line px-4 py-2.5 not-last:border-r max-md:odd:border-r max-md:nth-[-n+2]:border-b max-md:even:border-r-0"
        >
          <dt className="text-ink-3 text-xs">{t(tile.label)}</dt>
          <dd className="mt-0.5 flex items-baseline gap-2">
            <span className="tabular font-semibold text-xl">{formatNumber(tile.value, locale)}</span>
            {tile.note && <span className="text-ink-2 text-xs">{tile.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
