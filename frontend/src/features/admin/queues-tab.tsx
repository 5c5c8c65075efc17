import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FlaskConical, Pause, Play, RotateCcw } from "lucide-react";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { formatAgo, formatDateTime, formatDuration } from "@/shared/format/date";
import { formatNumber, MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { type Queue, type QueueOverview, useQueueOverview, type Worker } from "@/shared/jobs/queries";
import { queueName } from "@/shared/jobs/queue-name";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { JobsSection } from "./jobs-section";

/** The queues live, the workers on them, and every job with what can be done with it. */
export function QueuesTab() {
  const { overview, isLive } = useQueueOverview();
  if (overview.isPending) return <LoadingBlock />;
  if (overview.isError && !overview.data) {
    return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />;
  }
  return (
    <>
      <QueuesSection queues={overview.data.queues} isLive={isLive} />
      <WorkersSection workers={overview.data.workers} />
      <JobsSection queues={overview.data.queues.map((queue) => queue.queue)} />
      <SchedulesSection schedules={overview.data.schedules} />
    </>
  );
}

type Wanted = { action: "pause" | "retry_dead"; queue: Queue };

function QueuesSection({ queues, isLive }: { queues: Queue[]; isLive: boolean }) {
  const { t, locale } = useI18n();
  const client = useQueryClient();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const keep = (data: QueueOverview) => client.setQueryData(["jobs", "queues"], data);
  const pause = useMutation({
    mutationFn: (queue: string) =>
      unwrap(api.POST("/api/jobs/queues/{queue}/pause", { params: { path: { queue } } })),
    onSuccess: keep,
    onError: (error) => showFailure("jobs.failed", error),
  });
  const resume = useMutation({
    mutationFn: (queue: string) =>
      unwrap(api.POST("/api/jobs/queues/{queue}/resume", { params: { path: { queue } } })),
    onSuccess: keep,
    onError: (error) => showFailure("jobs.failed", error),
  });
  const retryDead = useMutation({
    mutationFn: (queue: string) =>
      unwrap(api.POST("/api/jobs/queues/{queue}/retry_dead", { params: { path: { queue } } })),
    onSuccess: ({ retried }) => {
      showToast({ text: { key: "jobs.retriedCount", values: { count: retried } } });
      void client.invalidateQueries({ queryKey: ["jobs"] });
    },
    onError: (error) => showFailure("jobs.failed", error),
  });
  const count = (value: number) =>
    value === 0 ? <span className="text-ink-3">0</span> : formatNumber(value, locale);
  const seconds = (value: number | null | undefined) =>
    value == null ? MISSING : formatDuration(value, locale);
  return (
    <Section
      title={t("jobs.queues")}
      flush
      actions={
        <>
          <Badge tone={isLive ? "good" : "warn"}>{t(isLive ? "jobs.live" : "jobs.notLive")}</Badge>
          <ProbeButton />
        </>
      }
    >
      <PlainTable<Queue>
        label={t("jobs.queues")}
        rows={queues}
        keyOf={(queue) => queue.queue}
        columns={[
          {
            key: "queue",
            header: t("jobs.queue"),
            className: "whitespace-nowrap",
            cell: (queue) => (
              <span className="flex items-center gap-1.5">
                <span className="font-medium">{queueName(queue.queue, t)}</span>
                {queue.paused_at && (
                  <Badge tone="warn" title={formatDateTime(queue.paused_at)}>
                    {t("jobs.paused")}
                  </Badge>
                )}
              </span>
            ),
          },
          {
            key: "available",
            header: t("jobs.waiting"),
            align: "right",
            cell: (queue) => count(queue.available),
          },
          {
            key: "running",
            header: t("jobs.running"),
            align: "right",
            cell: (queue) => count(queue.running),
          },
          {
            key: "retryable",
            header: t("jobs.retrying"),
            align: "right",
            cell: (queue) => count(queue.retryable),
          },
          {
            key: "scheduled",
            header: t("jobs.scheduled"),
            align: "right",
            cell: (queue) => count(queue.scheduled),
          },
          {
            key: "dead",
            header: t("jobs.dead"),
            align: "right",
            cell: (queue) =>
              queue.discarded > 0 ? (
                <span className="font-medium text-bad">{formatNumber(queue.discarded, locale)}</span>
              ) : (
                count(0)
              ),
          },
          {
            key: "oldest",
            header: t("jobs.oldest"),
            align: "right",
            cell: (queue) => seconds(queue.oldest_seconds),
          },
          {
            key: "done",
            header: t("jobs.doneLately"),
            align: "right",
            cell: (queue) => count(queue.completed_lately),
          },
          {
            key: "wait",
            header: t("jobs.wait"),
            align: "right",
            cell: (queue) => seconds(queue.wait_seconds),
          },
          { key: "run", header: t("jobs.run"), align: "right", cell: (queue) => seconds(queue.run_seconds) },
          {
            key: "actions",
            header: <span className="sr-only">{t("jobs.actions")}</span>,
            align: "right",
            cell: (queue) => (
              <span className="flex justify-end gap-0.5">
                {queue.discarded > 0 && (
                  <IconButton
                    size="sm"
                    label={t("jobs.retryDead", { queue: queueName(queue.queue, t) })}
                    onClick={() => setWanted({ action: "retry_dead", queue })}
                  >
                    <RotateCcw size={14} aria-hidden />
                  </IconButton>
                )}
                {queue.paused_at ? (
                  <IconButton
                    size="sm"
                    label={t("jobs.resumeQueue", { queue: queueName(queue.queue, t) })}
                    disabled={resume.isPending}
                    onClick={() => resume.mutate(queue.queue)}
                  >
                    <Play size={14} aria-hidden />
                  </IconButton>
                ) : (
                  <IconButton
                    size="sm"
                    label={t("jobs.pauseQueue", { queue: queueName(queue.queue, t) })}
                    disabled={pause.isPending}
                    onClick={() => setWanted({ action: "pause", queue })}
                  >
                    <Pause size={14} aria-hidden />
                  </IconButton>
                )}
              </span>
            ),
          },
        ]}
      />
      {wanted && (
        <ConfirmDialog
          title={t(wanted.action === "pause" ? "jobs.pauseQueue" : "jobs.retryDead", {
            queue: queueName(wanted.queue.queue, t),
          })}
          text={
            wanted.action === "pause"
              ? t("jobs.pauseText")
              : t("jobs.retryDeadText", { count: wanted.queue.discarded })
          }
          action={t(wanted.action === "pause" ? "jobs.pause" : "jobs.retry")}
          onConfirm={() => (wanted.action === "pause" ? pause : retryDead).mutate(wanted.queue.queue)}
          onClose={() => setWanted(null)}
        />
      )}
    </Section>
  );
}

/** Proves that workers work: a test job that leaves a trace. */
function ProbeButton() {
  const { t } = useI18n();
  const client = useQueryClient();
  const probe = useMutation({
    mutationFn: () => unwrap(api.POST("/api/jobs/probe")),
    onSuccess: ({ job_id }) => {
      showToast({ text: { key: "jobs.probeSent", values: { id: String(job_id) } } });
      void client.invalidateQueries({ queryKey: ["jobs"] });
    },
    onError: (error) => showFailure("jobs.failed", error),
  });
  return (
    <Button size="sm" disabled={probe.isPending} onClick={() => probe.mutate()}>
      <FlaskConical size={13} aria-hidden />
      {t("jobs.probe")}
    </Button>
  );
}

function WorkersSection({ workers }: { workers: Worker[] }) {
  const { t, locale } = useI18n();
  return (
    <Section title={t("jobs.workers")} flush>
      {workers.length === 0 ? (
        <EmptyState title={t("jobs.noWorkers")}>
          <p>{t("jobs.noWorkersText")}</p>
          <code className="mt-2 block rounded-md bg-sunken px-3 py-1.5 font-mono text-ink text-xs">
            lode worker
          </code>
        </EmptyState>
      ) : (
        <PlainTable<Worker>
          label={t("jobs.workers")}
          rows={workers}
          keyOf={(worker) => worker.id}
          columns={[
            {
              key: "name",
              header: t("jobs.worker"),
              className: "whitespace-nowrap",
              cell: (worker) => (
                <span className="flex items-center gap-1.5">
                  <span className="font-medium">{worker.name}</span>
                  {worker.is_stopping && <Badge tone="warn">{t("jobs.stopping")}</Badge>}
                </span>
              ),
            },
            {
              key: "queues",
              header: t("jobs.queues"),
              className: "whitespace-nowrap",
              cell: (worker) => worker.queues.map((queue) => queueName(queue, t)).join(", "),
            },
            {
              key: "running",
              header: t("jobs.running"),
              align: "right",
              cell: (worker) =>
                t("jobs.ofPlaces", {
                  running: formatNumber(worker.running, locale),
                  places: formatNumber(worker.concurrency, locale),
                }),
            },
            {
              key: "dispatch",
              header: t("jobs.dispatch"),
              cell: (worker) => (worker.dispatch === "redis" ? "Redis" : "Postgres"),
            },
            { key: "version", header: t("jobs.version"), cell: (worker) => worker.version || MISSING },
            {
              key: "since",
              header: t("jobs.since"),
              className: "whitespace-nowrap",
              cell: (worker) => <span title={worker.started_at}>{formatAgo(worker.started_at, locale)}</span>,
            },
          ]}
        />
      )}
    </Section>
  );
}

function SchedulesSection({ schedules }: { schedules: QueueOverview["schedules"] }) {
  const { t } = useI18n();
  if (schedules.length === 0) return null;
  return (
    <Section title={t("jobs.schedules")} note={t("jobs.schedulesNote")} flush>
      <PlainTable<QueueOverview["schedules"][number]>
        label={t("jobs.schedules")}
        rows={schedules}
        keyOf={(schedule) => schedule.name}
        columns={[
          {
            key: "name",
            header: t("jobs.kind"),
            cell: (schedule) => <code className="font-mono text-xs">{schedule.name}</code>,
          },
          {
            key: "last",
            header: t("jobs.lastTick"),
            className: "tabular whitespace-nowrap",
            cell: (schedule) => (schedule.job_id == null ? MISSING : formatDateTime(schedule.last_tick)),
          },
          {
            key: "job",
            header: t("jobs.job"),
            align: "right",
            cell: (schedule) => schedule.job_id ?? MISSING,
          },
        ]}
      />
    </Section>
  );
}
