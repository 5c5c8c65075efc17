import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ban, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { formatDateTime, formatDuration } from "@/shared/format/date";
import { MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { JobProgressBar, JobStateBadge } from "@/shared/jobs/job-state";
import { kindName } from "@/shared/jobs/kind-name";
import { isFinished, type JobDetail, useJob } from "@/shared/jobs/queries";
import { queueName } from "@/shared/jobs/queue-name";
import { subjectName } from "@/shared/jobs/subject-name";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { Sheet } from "@/shared/ui/dialog";
import { Fact } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure } from "@/shared/ui/toast-store";

type Action = "cancel" | "retry" | "discard";

function perform(action: Action, id: number): Promise<JobDetail> {
  const params = { path: { id } };
  if (action === "cancel") return unwrap(api.POST("/api/jobs/{id}/cancel", { params }));
  if (action === "retry") return unwrap(api.POST("/api/jobs/{id}/retry", { params }));
  return unwrap(api.POST("/api/jobs/{id}/discard", { params }));
}

/** One job: where it stands, live; its failed attempts; and what can be done with it. */
export function JobSheet({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useI18n();
  const job = useJob(id);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("jobs.title", { id: String(id) })}
      width="32rem"
    >
      {job.isPending ? (
        <LoadingBlock />
      ) : job.isError && !job.data ? (
        <ErrorState compact error={job.error} onRetry={() => void job.refetch()} />
      ) : job.data ? (
        <JobFacts job={job.data} />
      ) : null}
    </Sheet>
  );
}

function JobFacts({ job }: { job: JobDetail }) {
  const { t, locale } = useI18n();
  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <JobStateBadge state={job.state} />
        {job.is_cancel_requested && job.state === "running" && (
          <span className="text-ink-2 text-xs">{t("jobs.cancelAsked")}</span>
        )}
        <JobActions job={job} />
      </div>
      {job.state === "running" && <JobProgressBar job={job} label={t("jobs.progress")} />}
      <dl className="grid grid-cols-2 gap-3">
        <Fact label={t("jobs.kind")}>
          {kindName(job.kind, t)} <code className="font-mono text-ink-3 text-xs">{job.kind}</code>
        </Fact>
        <Fact label={t("jobs.queue")}>{queueName(job.queue, t)}</Fact>
        <Fact label={t("jobs.subject")}>
          <span title={job.subject ?? undefined}>{subjectName(job, t) ?? MISSING}</span>
        </Fact>
        <Fact label={t("jobs.attempt")}>{`${job.attempt}/${job.max_attempts}`}</Fact>
        <Fact label={t("jobs.created")}>{formatDateTime(job.created_at)}</Fact>
        <Fact label={t("jobs.runAt")}>{isFinished(job.state) ? MISSING : formatDateTime(job.run_at)}</Fact>
        <Fact label={t("jobs.started")}>{formatDateTime(job.started_at)}</Fact>
        <Fact label={t("jobs.finished")}>{formatDateTime(job.finished_at)}</Fact>
        <Fact label={t("jobs.trace")}>
          <code className="font-mono text-xs break-all">{job.trace_id ?? MISSING}</code>
        </Fact>
        <Fact label={t("jobs.worker")}>
          <code className="font-mono text-xs break-all">{job.worker ?? MISSING}</code>
        </Fact>
      </dl>
      <section>
        <h3 className="eyebrow mb-1.5">{t("jobs.errors")}</h3>
        {job.errors.length === 0 ? (
          <p className="text-ink-2 text-sm">{t("jobs.noErrors")}</p>
        ) : (
          <ol className="flex flex-col gap-2">
            {[...job.errors].reverse().map((error) => (
              <li key={`${error.attempt}-${error.at}`} className="rounded-md border border-line p-2">
                <p className="flex flex-wrap gap-x-2 text-ink-2 text-xs">
                  <span>{t("jobs.attemptNumber", { number: String(error.attempt) })}</span>
                  <span className="tabular">{formatDateTime(error.at)}</span>
                  <span>
                    {formatDuration(error.duration_ms == null ? null : error.duration_ms / 1000, locale)}
                  </span>
                  <span>{error.kind}</span>
                </p>
                <p className="mt-0.5 whitespace-pre-wrap break-words text-sm">{error.reason}</p>
              </li>
            ))}
          </ol>
        )}
      </section>
      <Block title={t("jobs.payload")} value={job.payload} />
      {job.result != null && <Block title={t("jobs.result")} value={job.result} />}
    </div>
  );
}

function Block({ title, value }: { title: string; value: unknown }) {
  return (
    <section>
      <h3 className="eyebrow mb-1.5">{title}</h3>
      <pre className="whitespace-pre-wrap break-all rounded-md bg-sunken p-2 font-mono text-xs">
        {JSON.stringify(value, null, 2)}
      </pre>
    </section>
  );
}

function JobActions({ job }: { job: JobDetail }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [wanted, setWanted] = useState<Action | null>(null);
  const act = useMutation({
    mutationFn: (action: Action) => perform(action, job.id),
    onSuccess: (data) => {
      client.setQueryData(["job", job.id], data);
      void client.invalidateQueries({ queryKey: ["jobs"] });
    },
    onError: (error) => showFailure("jobs.failed", error),
  });
  const canCancel = !isFinished(job.state) && !job.is_cancel_requested;
  const canRetry = job.state === "discarded" || job.state === "cancelled" || job.state === "retryable";
  return (
    <span className="ml-auto flex flex-wrap gap-2">
      {canRetry && (
        <Button size="sm" disabled={act.isPending} onClick={() => act.mutate("retry")}>
          <RotateCcw size={13} aria-hidden />
          {t("jobs.retry")}
        </Button>
      )}
      {canCancel && (
        <Button size="sm" disabled={act.isPending} onClick={() => setWanted("cancel")}>
          <Ban size={13} aria-hidden />
          {t("jobs.cancelJob")}
        </Button>
      )}
      {job.state === "discarded" && (
        <Button size="sm" disabled={act.isPending} onClick={() => setWanted("discard")}>
          <Trash2 size={13} aria-hidden />
          {t("jobs.discard")}
        </Button>
      )}
      {wanted && (
        <ConfirmDialog
          title={t(wanted === "cancel" ? "jobs.cancelTitle" : "jobs.discardTitle", { id: String(job.id) })}
          text={t(wanted === "cancel" ? "jobs.cancelText" : "jobs.discardText")}
          action={t(wanted === "cancel" ? "jobs.cancelJob" : "jobs.discard")}
          onConfirm={() => act.mutate(wanted)}
          onClose={() => setWanted(null)}
        />
      )}
    </span>
  );
}
