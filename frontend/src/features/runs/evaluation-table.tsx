import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";
import { useMay } from "@/shared/auth/me";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { formatNumber, formatPercent } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { templatesQuery } from "./run-queries";

type Evaluation = Got<"/api/evaluations">["items"][number];

/** What an evaluation counted, as the server keeps it; older ones have no calls. */
type Counts = {
  companies: number;
  verified_rate: number | null;
  contradicted_rate: number | null;
  schema_failures: number;
  weighted_kappa: number | null;
  latency_ms: number;
  cost: number;
};

const evaluationsQuery = queryOptions({
  queryKey: ["analysis", "evaluations"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/evaluations", { signal })),
});

/** Those of one set and template side by side, the newest version first, so that versions can be compared. */
function inOrder(evaluations: readonly Evaluation[]): Evaluation[] {
  return [...evaluations].sort(
    (a, b) =>
      a.set.localeCompare(b.set) ||
      a.template_name.localeCompare(b.template_name) ||
      (b.template_version ?? 0) - (a.template_version ?? 0) ||
      b.made_at.localeCompare(a.made_at),
  );
}

/** How well rules and models did on golden sets, by template and version, and which template runs take by default. */
export function EvaluationTable() {
  const { t, locale } = useI18n();
  const mayEdit = useMay("edit_work");
  const client = useQueryClient();
  const evaluations = useQuery(evaluationsQuery);
  const templates = useQuery(templatesQuery);
  // What a template asks a model is not tried by an evaluation in which rules wrote.
  const isTried = (row: Evaluation) =>
    row.method !== "rules" ||
    !templates.data?.items.find((template) => template.id === row.template_id)?.template.questions;
  const choose = useMutation({
    mutationFn: ({ id, set }: { id: string; set: string }) =>
      unwrap(api.PUT("/api/analysis/templates/{id}/default", { params: { path: { id } }, body: { set } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["analysis", "evaluations"] }),
  });
  if (evaluations.isPending) return <LoadingBlock lines={3} />;
  if (evaluations.isError)
    return <ErrorState error={evaluations.error} onRetry={() => void evaluations.refetch()} />;
  const chosen = evaluations.data.default_template;
  const isDefault = (row: Evaluation) =>
    chosen !== null &&
    chosen !== undefined &&
    chosen.id === row.template_id &&
    chosen.version === row.template_version;
  const counts = (row: Evaluation) => row.result as Counts;
  return (
    <Section title={t("templates.evaluations")} note={t("templates.evaluationsNote")} flush>
      {choose.isError && <ErrorState error={choose.error} />}
      {evaluations.data.items.length === 0 ? (
        <p className="px-3.5 py-3 text-ink-2">{t("templates.noEvaluations")}</p>
      ) : (
        <PlainTable
          label={t("templates.evaluations")}
          rows={inOrder(evaluations.data.items)}
          keyOf={(row) => row.id}
          columns={[
            {
              key: "template",
              header: t("templates.name"),
              className: "max-w-64",
              cell: (row) => (
                <>
                  <span className="flex items-center gap-2">
                    <span className="truncate font-medium">{row.template_name}</span>
                    {row.template_version && (
                      <span className="whitespace-nowrap text-ink-2 text-xs">
                        {t("templates.versionOf", { version: formatNumber(row.template_version, locale) })}
                      </span>
                    )}
                    {isDefault(row) && <Badge>{t("templates.isDefault")}</Badge>}
                  </span>
                  <span className="block truncate text-ink-2 text-xs" title={formatDateTime(row.made_at)}>
                    {t("templates.evaluatedOn", {
                      set: row.set,
                      count: formatNumber(counts(row).companies, locale),
                      ago: formatAgo(row.made_at, locale),
                    })}
                  </span>
                </>
              ),
            },
            {
              key: "method",
              header: t("templates.method"),
              className: "text-ink-2",
              cell: (row) => (row.method === "rules" ? t("templates.byRules") : row.method),
            },
            {
              key: "verified",
              header: t("templates.verifiedRate"),
              align: "right",
              cell: (row) => formatPercent(counts(row).verified_rate, locale),
            },
            {
              key: "contradicted",
              header: t("templates.contradictedRate"),
              align: "right",
              cell: (row) => formatPercent(counts(row).contradicted_rate, locale),
            },
            {
              key: "shape",
              wide: true,
              header: t("templates.schemaFailures"),
              align: "right",
              cell: (row) => formatNumber(counts(row).schema_failures, locale),
            },
            {
              key: "kappa",
              header: t("templates.kappa"),
              align: "right",
              cell: (row) => formatNumber(counts(row).weighted_kappa, locale, 2),
            },
            {
              key: "cost",
              wide: true,
              header: t("templates.evaluationCost"),
              align: "right",
              cell: (row) => formatNumber(counts(row).cost, locale, 4),
            },
            {
              key: "latency",
              wide: true,
              header: t("templates.latency"),
              align: "right",
              cell: (row) => formatNumber(counts(row).latency_ms, locale),
            },
            {
              key: "choose",
              header: <span className="sr-only">{t("templates.makeDefault")}</span>,
              align: "right",
              cell: (row) =>
                mayEdit &&
                row.template_id &&
                !isDefault(row) &&
                isTried(row) && (
                  <Button
                    size="sm"
                    disabled={choose.isPending}
                    onClick={() => choose.mutate({ id: row.template_id ?? "", set: row.set })}
                  >
                    {t("templates.makeDefault")}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}
