import { useQuery } from "@tanstack/react-query";
import { formatAgo, formatDateTime, formatDuration } from "@/shared/format/date";
import { formatBytes, formatCost, formatNumber, MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { PlainTable } from "@/shared/ui/plain-table";
import { Fact, Section } from "@/shared/ui/section";
import { EmptyState } from "@/shared/ui/states";
import type { Diagnosis } from "./health-findings";
import { modelsQuery } from "./models-query";

type Queue = NonNullable<Diagnosis["queues"]>[number];
type Worker = NonNullable<Diagnosis["workers"]>[number];
type Statement = NonNullable<NonNullable<Diagnosis["database"]>["slow_statements"]>[number];
type DeadRows = NonNullable<Diagnosis["database"]>["dead_rows"][number];

/** The figures behind the findings: connections, backup, cost, queues, workers, statements and tables that wait for cleaning. */
export function HealthFigures({ diagnosis }: { diagnosis: Diagnosis }) {
  const { database, queues, workers } = diagnosis;
  return (
    <>
      <FiguresSection diagnosis={diagnosis} />
      {queues && <QueuesSection queues={queues} />}
      {workers && <WorkersSection workers={workers} program={diagnosis.program} />}
      {database?.slow_statements && <StatementsSection statements={database.slow_statements} />}
      {database && database.dead_rows.length > 0 && <DeadRowsSection tables={database.dead_rows} />}
    </>
  );
}

function FiguresSection({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t, locale } = useI18n();
  const { database, backup } = diagnosis;
  const models = useQuery(modelsQuery);
  const month = models.data?.month;
  const of = (value: number, limit: number) =>
    t("health.ofLimit", { value: formatNumber(value, locale), limit: formatNumber(limit, locale) });
  return (
    <Section title={t("health.figures")}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Fact label={t("health.connections")}>
          {database ? of(database.connections, database.connections_limit) : MISSING}
        </Fact>
        <Fact label={t("health.pool")}>
          {database ? of(database.pool_busy, database.pool_limit) : MISSING}
        </Fact>
        <Fact label={t("health.waitingForLocks")}>
          {database ? formatNumber(database.waiting_for_locks, locale) : MISSING}
        </Fact>
        <Fact label={t("health.replicaLag")}>{formatBytes(database?.replica_lag_bytes, locale)}</Fact>
        <Fact label={t("health.backup")}>
          {backup ? (
            <span title={formatDateTime(backup.at)}>
              {formatAgo(backup.at, locale)}
              {backup.is_encrypted !== null && backup.is_encrypted !== undefined && (
                <span className="block text-ink-3 text-xs">
                  {t(backup.is_encrypted ? "health.encrypted" : "health.notEncrypted")}
                </span>
              )}
            </span>
          ) : (
            t("health.noBackup")
          )}
        </Fact>
        <Fact label={t("health.backupSize")}>{formatBytes(backup?.bytes, locale)}</Fact>
        <Fact label={t("health.modelCost")}>
          {month ? formatCost(month.spent, month.currency, locale) : MISSING}
        </Fact>
        <Fact label={t("health.program")}>
          <span className="break-all">{diagnosis.program}</span>
        </Fact>
      </dl>
    </Section>
  );
}

function QueuesSection({ queues }: { queues: Queue[] }) {
  const { t, locale } = useI18n();
  const number = (value: number) => formatNumber(value, locale);
  return (
    <Section title={t("health.queues")} flush>
      <PlainTable<Queue>
        label={t("health.queues")}
        rows={queues}
        keyOf={(queue) => queue.queue}
        columns={[
          {
            key: "queue",
            header: t("health.queueName"),
            cell: (queue) => (queue.is_paused ? `${queue.queue} (${t("health.paused")})` : queue.queue),
          },
          {
            key: "available",
            header: t("health.waiting"),
            align: "right",
            cell: (queue) => number(queue.available),
          },
          {
            key: "oldest",
            header: t("health.oldest"),
            align: "right",
            cell: (queue) => formatDuration(queue.oldest_seconds, locale),
          },
          {
            key: "running",
            header: t("health.running"),
            align: "right",
            cell: (queue) => number(queue.running),
          },
          { key: "dead", header: t("health.dead"), align: "right", cell: (queue) => number(queue.dead) },
        ]}
      />
    </Section>
  );
}

function WorkersSection({ workers, program }: { workers: Worker[]; program: string }) {
  const { t, locale } = useI18n();
  return (
    <Section title={t("health.workers")} flush>
      {workers.length === 0 ? (
        <EmptyState title={t("health.noWorkers")}>{t("health.noWorkersHelp")}</EmptyState>
      ) : (
        <PlainTable<Worker>
          label={t("health.workers")}
          rows={workers}
          keyOf={(worker) => worker.name}
          columns={[
            {
              key: "name",
              header: t("health.worker"),
              className: "break-all",
              cell: (worker) => worker.name,
            },
            {
              key: "version",
              header: t("settings.version"),
              className: "break-all",
              cell: (worker) =>
                worker.version === program
                  ? worker.version
                  : `${worker.version} (${t("health.otherProgram")})`,
            },
            {
              key: "running",
              header: t("health.running"),
              align: "right",
              cell: (worker) =>
                t("health.ofLimit", {
                  value: formatNumber(worker.running, locale),
                  limit: formatNumber(worker.concurrency, locale),
                }),
            },
            {
              key: "started",
              header: t("health.started"),
              align: "right",
              cell: (worker) => formatAgo(worker.started_at, locale),
            },
          ]}
        />
      )}
    </Section>
  );
}

function StatementsSection({ statements }: { statements: Statement[] }) {
  const { t, locale } = useI18n();
  return (
    <Section title={t("health.statements")} flush={statements.length > 0}>
      {statements.length === 0 ? (
        <p className="text-ink-2 text-sm">{t("health.noStatements")}</p>
      ) : (
        <PlainTable<Statement>
          label={t("health.statements")}
          rows={statements}
          keyOf={(statement) => statement.text}
          columns={[
            {
              key: "text",
              header: t("health.statement"),
              className: "break-all",
              cell: (statement) => <code className="font-mono text-xs">{statement.text}</code>,
            },
            {
              key: "mean",
              header: t("health.mean"),
              align: "right",
              cell: (statement) => `${formatNumber(statement.mean_ms, locale)} ms`,
            },
            {
              key: "calls",
              header: t("health.calls"),
              align: "right",
              cell: (statement) => formatNumber(statement.calls, locale),
            },
          ]}
        />
      )}
    </Section>
  );
}

function DeadRowsSection({ tables }: { tables: DeadRows[] }) {
  const { t, locale } = useI18n();
  return (
    <Section title={t("health.cleaning")} flush>
      <PlainTable<DeadRows>
        label={t("health.cleaning")}
        rows={tables}
        keyOf={(table) => table.table}
        columns={[
          { key: "table", header: t("health.table"), cell: (table) => table.table },
          {
            key: "dead",
            header: t("health.deadRows"),
            align: "right",
            cell: (table) => formatNumber(table.dead, locale),
          },
          {
            key: "live",
            header: t("health.liveRows"),
            align: "right",
            cell: (table) => formatNumber(table.live, locale),
          },
          {
            key: "cleaned",
            header: t("health.cleaned"),
            align: "right",
            cell: (table) => formatDateTime(table.cleaned_at),
          },
        ]}
      />
    </Section>
  );
}
