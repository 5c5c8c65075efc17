import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useId } from "react";
import { api, unwrap } from "@/shared/api/client";
import { formatDateTime, formatDuration } from "@/shared/format/date";
import { MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { JobStateBadge } from "@/shared/jobs/job-state";
import { kindName } from "@/shared/jobs/kind-name";
import type { Job, JobState } from "@/shared/jobs/queries";
import { queueName } from "@/shared/jobs/queue-name";
import { subjectName } from "@/shared/jobs/subject-name";
import { Button } from "@/shared/ui/button";
import { SelectField } from "@/shared/ui/field";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { JobSheet } from "./job-sheet";

const STATES: readonly JobState[] = [
  "running",
  "available",
  "retryable",
  "scheduled",
  "discarded",
  "completed",
  "cancelled",
];

/** Every job, newest first, by queue and state; one of them in a panel. */
export function JobsSection({ queues }: { queues: string[] }) {
  const { t } = useI18n();
  const { queue, state, job } = useSearch({ from: "/admin" });
  const navigate = useNavigate();
  const set = (change: { queue?: string; state?: string; job?: number }) =>
    void navigate({ to: "/admin", search: (old) => ({ ...old, ...change }), replace: true });
  const jobs = useInfiniteQuery({
    queryKey: ["jobs", "list", queue, state],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.GET("/api/jobs", { params: { query: { queue, state, before: pageParam } }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5_000,
  });
  const rows = jobs.data?.pages.flatMap((page) => page.items) ?? [];
  const queueField = useId();
  const stateField = useId();
  return (
    <Section
      title={t("jobs.jobs")}
      flush
      actions={
        <>
          <label htmlFor={queueField} className="sr-only">
            {t("jobs.queue")}
          </label>
          <SelectField
            id={queueField}
            value={queue ?? ""}
            onChange={(event) => set({ queue: event.target.value || undefined })}
          >
            <option value="">{t("jobs.everyQueue")}</option>
            {queues.map((name) => (
              <option key={name} value={name}>
                {queueName(name, t)}
              </option>
            ))}
          </SelectField>
          <label htmlFor={stateField} className="sr-only">
            {t("jobs.state")}
          </label>
          <SelectField
            id={stateField}
            value={state ?? ""}
            onChange={(event) => set({ state: event.target.value || undefined })}
          >
            <option value="">{t("jobs.everyState")}</option>
            {STATES.map((name) => (
              <option key={name} value={name}>
                {t(`jobs.state.${name}`)}
              </option>
            ))}
          </SelectField>
        </>
      }
    >
      {jobs.isPending ? (
        <LoadingBlock />
      ) : jobs.isError && rows.length === 0 ? (
        <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState title={t("jobs.none")}>
          {t(queue || state ? "jobs.noneFits" : "jobs.noneText")}
        </EmptyState>
      ) : (
        <div aria-busy={jobs.isFetching}>
          <JobTable rows={rows} onShow={(id) => set({ job: id })} />
          {jobs.hasNextPage && (
            <p className="flex justify-center border-line border-t p-2">
              <Button disabled={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
                {t("jobs.older")}
              </Button>
            </p>
          )}
        </div>
      )}
      {job !== undefined && <JobSheet id={job} onClose={() => set({ job: undefined })} />}
    </Section>
  );
}

/** What a job is about; a run is a link to it. */
function JobSubject({ job }: { job: Job }) {
  const { t } = useI18n();
  const name = subjectName(job, t);
  const run = job.subject?.startsWith("run:") ? job.subject.slice("run:".length) : null;
  if (name === null) return MISSING;
  if (run === null) return <span title={job.subject ?? undefined}>{name}</span>;
  return (
    <Link
      to="/ai/runs/$id"
      params={{ id: run }}
      title={job.subject ?? undefined}
      className="text-accent hover:underline"
    >
      {name}
    </Link>
  );
}

function JobTable({ rows, onShow }: { rows: Job[]; onShow: (id: number) => void }) {
  const { t, locale } = useI18n();
  return (
    <PlainTable<Job>
      label={t("jobs.jobs")}
      rows={rows}
      keyOf={(job) => String(job.id)}
      columns={[
        {
          key: "id",
          header: t("jobs.job"),
          className: "whitespace-nowrap",
          cell: (job) => (
            <button
              type="button"
              onClick={() => onShow(job.id)}
              className="font-medium text-accent hover:underline"
              aria-label={t("jobs.show", { id: String(job.id) })}
            >
              {job.id}
            </button>
          ),
        },
        { key: "state", header: t("jobs.state"), cell: (job) => <JobStateBadge state={job.state} /> },
        {
          key: "kind",
          header: t("jobs.kind"),
          className: "whitespace-nowrap",
          cell: (job) => <span title={job.kind}>{kindName(job.kind, t)}</span>,
        },
        {
          key: "subject",
          header: t("jobs.subject"),
          className: "max-w-48 truncate text-ink-2",
          cell: (job) => <JobSubject job={job} />,
        },
        {
          key: "attempt",
          header: t("jobs.attempt"),
          align: "right",
          cell: (job) => `${job.attempt}/${job.max_attempts}`,
        },
        {
          key: "created",
          header: t("jobs.created"),
          className: "tabular whitespace-nowrap",
          cell: (job) => formatDateTime(job.created_at),
        },
        {
          key: "took",
          header: t("jobs.took"),
          align: "right",
          cell: (job) =>
            job.started_at && job.finished_at
              ? formatDuration((Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000, locale)
              : MISSING,
        },
        {
          key: "error",
          header: t("jobs.lastError"),
          className: "max-w-72 truncate text-ink-2",
          cell: (job) => <span title={job.last_error ?? undefined}>{job.last_error ?? MISSING}</span>,
        },
      ]}
    />
  );
}
