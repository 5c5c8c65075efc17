import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { RotateCcw, Square } from "lucide-react";
import { api, unwrap } from "@/shared/api/client";
import { useLastAnswers } from "@/shared/api/last-answers";
import { useMay } from "@/shared/auth/me";
import { formatDateTime } from "@/shared/format/date";
import { formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { hasEnded, type Run } from "@/shared/runs/queries";
import { partLabel, RunProgress, RunStatus, reasonLabel } from "@/shared/runs/run-status";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { PlainTable } from "@/shared/ui/plain-table";
import { Fact, PageBar, Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { BackLink } from "./back-link";
import { RunCompanies } from "./run-companies";
import { RunCost } from "./run-cost";
import { runFailuresQuery, runQuery, templateQuery } from "./run-queries";

const route = getRouteApi("/ai/runs/$id");

/** One run: how far it is, what failed and why, and every company with what was found out. */
export function RunPage() {
  const { t, locale } = useI18n();
  const { id } = route.useParams();
  const run = useQuery(runQuery(id));
  const isLive = run.data !== undefined && !hasEnded(run.data);
  useLastAnswers(isLive, ["run", id, "companies"], ["run", id, "failures"]);
  const back = <BackLink to="/ai/runs" label={t("runs.back")} />;
  if (run.isPending || run.isError) {
    return (
      <>
        <PageBar title={t("runs.run")} lead={back} />
        {run.isPending ? (
          <LoadingBlock lines={10} />
        ) : (
          <ErrorState error={run.error} onRetry={() => void run.refetch()} />
        )}
      </>
    );
  }
  const { data } = run;
  const isParts = data.kind === "enrichment";
  return (
    <>
      <PageBar title={data.name} lead={back}>
        <RunStatus run={data} />
        {data.scope === "private" && <Badge>{t("runs.private")}</Badge>}
        <span className="tabular text-ink-2 text-xs">
          {t(data.kind === "analysis" ? "runs.kind.analysis" : "runs.kind.enrichment")} ·{" "}
          {data.kind === "analysis" && !data.model && <>{t("runs.byRules")} · </>}
          {formatDateTime(data.created_at)} · {personName(data.owner_name, t)}
          {data.template_id && <RunTemplate id={data.template_id} version={data.template_version ?? 1} />}
        </span>
        <RunActions run={data} isLive={isLive} />
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 max-sm:p-3">
          <Section title={t("runs.summary")}>
            <RunProgress run={data} />
            <dl aria-live="polite" className="mt-3 grid grid-cols-2 gap-4 sm:grid-cols-4">
              {(
                [
                  ["runs.companies", data.company_count],
                  // A company has several parts in an enrichment: that more failed than there are companies is no error.
                  [isParts ? "runs.completedParts" : "runs.completed", data.completed],
                  [isParts ? "runs.failedParts" : "runs.failed", data.failed],
                  [isParts ? "runs.skippedParts" : "runs.skipped", data.skipped],
                ] as const
              ).map(([label, value]) => (
                <Fact key={label} label={t(label)}>
                  <span className="tabular font-semibold text-xl">{formatNumber(value, locale)}</span>
                </Fact>
              ))}
            </dl>
            {data.model && <RunCost run={data} model={data.model} />}
          </Section>
          {(data.kind === "enrichment" || data.stages) && <Parts run={data} isLive={isLive} />}
          {data.model && !data.stages && data.failed > 0 && <Failures run={data} isLive={isLive} />}
          <RunCompanies run={data} isLive={isLive} />
        </div>
      </div>
    </>
  );
}

/** The saved template that the run scores by, in the version that it keeps; nothing where the run has one of its own. */
function RunTemplate({ id, version }: { id: string; version: number }) {
  const { t } = useI18n();
  const template = useQuery(templateQuery(id, version));
  if (!template.data) return null;
  return (
    <>
      {" · "}
      <Link
        to="/ai/templates/$id"
        params={{ id }}
        search={{ version }}
        className="text-accent underline decoration-dotted underline-offset-2"
      >
        {template.data.name}, {t("templates.versionOf", { version })}
      </Link>
    </>
  );
}

function RunActions({ run, isLive }: { run: Run; isLive: boolean }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const mayRun = useMay("run_analysis");
  const act = useMutation({
    mutationFn: (what: "cancel" | "resume" | "retry") => {
      const params = { params: { path: { id: run.id } } };
      switch (what) {
        case "cancel":
          return unwrap(api.POST("/api/runs/{id}/cancel", params));
        case "resume":
          return unwrap(api.POST("/api/runs/{id}/resume", params));
        case "retry":
          return unwrap(api.POST("/api/runs/{id}/retry", params));
      }
    },
    onSuccess: (changed, what) => {
      queries.setQueryData(["run", run.id], changed);
      void queries.invalidateQueries({ queryKey: ["run", run.id] });
      void queries.invalidateQueries({ queryKey: ["runs"] });
      // A cancelled run can be resumed, so cancelling can be taken back.
      showToast({
        text: {
          key: what === "cancel" ? "runs.cancelled" : what === "resume" ? "runs.resumed" : "runs.retried",
        },
        ...(what === "cancel" && { undo: async () => void (await act.mutateAsync("resume")) }),
      });
    },
    onError: (error) => showFailure("runs.actionFailed", error),
  });
  if (!mayRun) return null;
  return (
    <div className="ml-auto flex flex-wrap items-center gap-2">
      {isLive && (
        <Button disabled={act.isPending} onClick={() => act.mutate("cancel")}>
          <Square size={12} aria-hidden /> {t("runs.cancel")}
        </Button>
      )}
      {run.status === "cancelled" && (
        <Button look="primary" disabled={act.isPending} onClick={() => act.mutate("resume")}>
          {t("runs.resume")}
        </Button>
      )}
      {!isLive && run.failed > 0 && (
        <Button disabled={act.isPending} onClick={() => act.mutate("retry")}>
          <RotateCcw size={13} aria-hidden /> {t("runs.retry", { count: run.failed })}
        </Button>
      )}
    </div>
  );
}

function Parts({ run, isLive }: { run: Run; isLive: boolean }) {
  const { t, locale } = useI18n();
  const count = (part: string, ...states: string[]) =>
    formatNumber(
      states.reduce((sum, state) => sum + (run.counts[part]?.[state] ?? 0), 0),
      locale,
    );
  const column = (key: string, label: string, ...states: string[]) => ({
    key,
    header: label,
    align: "right" as const,
    cell: (part: string) => count(part, ...states),
  });
  return (
    <div className="grid gap-4 lg:grid-cols-[2fr_1fr]">
      <Section title={t("runs.parts")} flush>
        <PlainTable
          label={t("runs.parts")}
          rows={run.parts}
          keyOf={(part) => part}
          columns={[
            { key: "part", header: t("runs.part"), cell: (part) => partLabel(part, t) },
            column("open", t("runs.status.queued"), "queued", "running"),
            column("completed", t("runs.completed"), "completed"),
            column("failed", t("runs.failed"), "failed"),
            column("skipped", t("runs.skipped"), "skipped", "cancelled"),
          ]}
        />
      </Section>
      {run.failed > 0 && <Failures run={run} isLive={isLive} />}
    </div>
  );
}

/** Why parts of a run failed, each reason with how often. */
function Failures({ run, isLive }: { run: Run; isLive: boolean }) {
  const { t, locale } = useI18n();
  const failures = useQuery(runFailuresQuery(run.id, isLive));
  return (
    <Section title={t("runs.failures")}>
      {failures.isPending ? (
        <LoadingBlock lines={3} className="p-0" />
      ) : failures.isError ? (
        <ErrorState compact error={failures.error} onRetry={() => void failures.refetch()} />
      ) : (
        <ul className="flex flex-col gap-1">
          {failures.data.failures.map((failure) => (
            <li key={failure.reason} className="flex justify-between gap-3">
              <span>{reasonLabel(failure.reason, t)}</span>
              <span className="tabular">{formatNumber(failure.count, locale)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
