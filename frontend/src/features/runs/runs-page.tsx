import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus, Sparkles } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/shared/auth/me";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { type RunKind, runsQuery } from "@/shared/runs/queries";
import { RunProgress, RunStatus } from "@/shared/runs/run-status";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { LinkButton } from "@/shared/ui/link-button";
import { PlainTable } from "@/shared/ui/plain-table";
import { PageBar, Section } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";

const route = getRouteApi("/ai/runs");
const PAGE = 50;

/** Every run of enrichment and analysis, newest first, those that run with live progress. */
export function RunsPage() {
  const { t, locale } = useI18n();
  const { kind = "all" } = route.useSearch();
  const navigate = route.useNavigate();
  const [limit, setLimit] = useState(PAGE);
  const runs = useQuery(runsQuery(kind, limit));
  const mayRun = useMay("run_analysis");
  return (
    <>
      <PageBar title={t("runs.title")}>
        <Segmented
          label={t("runs.kind")}
          value={kind}
          options={[
            { value: "all", label: t("runs.all") },
            { value: "enrichment", label: t("runs.kind.enrichment") },
            { value: "analysis", label: t("runs.kind.analysis") },
          ]}
          onChange={(wanted: RunKind | "all") =>
            void navigate({ search: wanted === "all" ? {} : { kind: wanted }, replace: true })
          }
        />
        <div className="ml-auto flex items-center gap-2">
          <LinkButton to="/ai/templates">{t("templates.title")}</LinkButton>
          {mayRun && (
            <LinkButton to="/ai/runs/new" look="primary">
              <Plus size={14} aria-hidden /> {t("runs.new")}
            </LinkButton>
          )}
        </div>
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-6xl p-4 max-sm:p-3">
          <Section title={t("runs.title")} flush>
            {runs.isPending ? (
              <LoadingBlock lines={6} />
            ) : runs.isError ? (
              <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
            ) : runs.data.items.length === 0 ? (
              <EmptyState title={t("runs.empty")} icon={<Sparkles size={20} aria-hidden />}>
                {t("runs.emptyHelp")}
              </EmptyState>
            ) : (
              <PlainTable
                label={t("runs.title")}
                rows={runs.data.items}
                keyOf={(run) => run.id}
                columns={[
                  {
                    key: "name",
                    header: t("runs.name"),
                    className: "max-w-80 max-sm:max-w-36",
                    cell: (run) => (
                      <span className="flex items-center gap-2">
                        <Link
                          to="/ai/runs/$id"
                          params={{ id: run.id }}
                          className="truncate font-medium text-accent hover:underline"
                        >
                          {run.name}
                        </Link>
                        {run.scope === "private" && <Badge>{t("runs.private")}</Badge>}
                      </span>
                    ),
                  },
                  {
                    key: "kind",
                    wide: true,
                    header: t("runs.kind"),
                    cell: (run) => t(run.kind === "analysis" ? "runs.kind.analysis" : "runs.kind.enrichment"),
                  },
                  { key: "status", header: t("runs.status"), cell: (run) => <RunStatus run={run} /> },
                  {
                    key: "progress",
                    wide: true,
                    header: t("runs.progress"),
                    cell: (run) => <RunProgress run={run} />,
                  },
                  {
                    key: "companies",
                    wide: true,
                    header: t("runs.companies"),
                    align: "right",
                    cell: (run) => formatNumber(run.company_count, locale),
                  },
                  {
                    key: "failed",
                    wide: true,
                    header: t("runs.failed"),
                    align: "right",
                    cell: (run) =>
                      run.kind === "enrichment" && run.failed > 0
                        ? t("runs.partCount", { count: run.failed })
                        : formatNumber(run.failed, locale),
                  },
                  {
                    key: "started",
                    wide: true,
                    header: t("runs.started"),
                    className: "whitespace-nowrap text-ink-2",
                    cell: (run) => (
                      <span title={formatDateTime(run.created_at)}>{formatAgo(run.created_at, locale)}</span>
                    ),
                  },
                  {
                    key: "by",
                    wide: true,
                    header: t("runs.startedBy"),
                    className: "whitespace-nowrap text-ink-2",
                    cell: (run) => personName(run.owner_name, t),
                  },
                ]}
              />
            )}
            {runs.data && runs.data.items.length >= limit && limit < 200 && (
              <div className="border-line border-t px-3.5 py-2 text-right">
                <Button size="sm" onClick={() => setLimit(Math.min(200, limit + PAGE))}>
                  {t("runs.older")}
                </Button>
              </div>
            )}
          </Section>
        </div>
      </div>
    </>
  );
}
