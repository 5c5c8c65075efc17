import { Link } from "@tanstack/react-router";
import { Activity } from "lucide-react";
import type { ReactNode } from "react";
import { useMay } from "@/shared/auth/me";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { codeLabel } from "@/shared/i18n/codes";
import { useI18n } from "@/shared/i18n/i18n";
import { JobStateBadge } from "@/shared/jobs/job-state";
import { queueName } from "@/shared/jobs/queue-name";
import { RunProgress, RunStatus } from "@/shared/runs/run-status";
import { ImportStatus } from "@/shared/ui/import-status";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { useWork, type Work } from "./work";

const LINK = "block truncate font-medium hover:text-accent hover:underline";

/** Ends that are told of. */
const DONE_SHOWN = 4;

/** What goes on, what failed and what was just done: runs, imports and exports. */
export function WorkSection() {
  const { t } = useI18n();
  const { work, isPending, error, retry } = useWork();
  const active = work.filter((one) => one.state === "active").length;
  // What runs or failed is told in full; of what is done the newest few.
  const done = work.filter((one) => one.state === "done").slice(0, DONE_SHOWN);
  const shown = work.filter((one) => one.state !== "done" || done.includes(one));
  return (
    <Section
      title={t("home.work")}
      note={active > 0 ? t("home.workActive", { count: active }) : undefined}
      flush
      actions={
        <>
          <Link to="/ai/runs" className="font-medium text-accent text-xs hover:underline">
            {t("home.allRuns")}
          </Link>
          <Link to="/sources" className="font-medium text-accent text-xs hover:underline">
            {t("home.allImports")}
          </Link>
        </>
      }
    >
      {error !== null && <ErrorState compact error={error} onRetry={retry} />}
      {isPending ? (
        <LoadingBlock lines={4} />
      ) : work.length === 0 ? (
        error === null && (
          <EmptyState isLine title={t("home.workNone")} icon={<Activity size={20} aria-hidden />}>
            {t("home.workNoneText")}
          </EmptyState>
        )
      ) : (
        <ul aria-label={t("home.work")}>
          {shown.map((one) => (
            <OneWork key={keyOf(one)} work={one} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function keyOf(work: Work): string {
  const id = work.type === "run" ? work.run.id : work.type === "import" ? work.imported.id : work.job.id;
  return `${work.type}:${id}`;
}

function OneWork({ work }: { work: Work }) {
  const { t } = useI18n();
  const mayManage = useMay("manage_jobs");
  if (work.type === "run") {
    const { run } = work;
    return (
      <Line
        at={work.at}
        badge={<RunStatus run={run} />}
        detail={t(run.kind === "analysis" ? "runs.kind.analysis" : "runs.kind.enrichment")}
        below={work.state === "active" && <RunProgress run={run} />}
      >
        <Link to="/ai/runs/$id" params={{ id: run.id }} className={LINK}>
          {run.name}
        </Link>
      </Line>
    );
  }
  if (work.type === "import") {
    const { imported } = work;
    return (
      <Line
        at={work.at}
        badge={<ImportStatus status={imported.status} rejected={imported.report.rejected} />}
        detail={t("home.import")}
      >
        <Link to="/sources/imports/$id" params={{ id: String(imported.id) }} className={LINK}>
          {codeLabel("import", imported.kind, t)}
        </Link>
      </Line>
    );
  }
  const { job } = work;
  const name = `${queueName(job.queue, t)} · ${t("jobs.job")} ${job.id}`;
  return (
    <Line
      at={work.at}
      badge={<JobStateBadge state={job.state} />}
      detail={job.last_error ?? job.progress.note}
    >
      {mayManage ? (
        <Link to="/admin" search={{ tab: "queues", job: job.id }} className={LINK}>
          {name}
        </Link>
      ) : (
        <span className="block truncate font-medium">{name}</span>
      )}
    </Line>
  );
}

function Line({
  at,
  badge,
  detail,
  below,
  children,
}: {
  at: string;
  badge: ReactNode;
  detail: string | null | undefined;
  below?: ReactNode;
  children: ReactNode;
}) {
  const { locale } = useI18n();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line/70 border-b px-3.5 py-1.5 last:border-0">
      <span className="min-w-0 flex-1">
        {children}
        <span className="block truncate text-ink-2 text-xs" title={detail ?? undefined}>
          {detail}
        </span>
      </span>
      <span className="flex shrink-0 flex-col items-end gap-0.5">
        {badge}
        <time dateTime={at} title={formatDateTime(at)} className="text-ink-3 text-xs">
          {formatAgo(at, locale)}
        </time>
      </span>
      {below && <span className="w-full">{below}</span>}
    </li>
  );
}
