import { useQuery } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";
import { formatDateTime, formatDuration } from "@/shared/format/date";
import { formatBytes, formatNumber, MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { PlainTable } from "@/shared/ui/plain-table";
import { Fact, Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { HealthFigures } from "./health-figures";
import { FindingsSection, useDiagnosis } from "./health-findings";

/** What runs here and how it is: what is to be mended, the server's own status, its figures, its database and its settings. */
export function HealthTab() {
  const diagnosis = useDiagnosis();
  return (
    <>
      <FindingsSection diagnosis={diagnosis} />
      <PartsSection />
      {diagnosis.data && <HealthFigures diagnosis={diagnosis.data} />}
      <DatabaseSection />
      <SettingsSection />
    </>
  );
}

/** The server's own status, asked for again every ten seconds. */
function PartsSection() {
  const { t, locale } = useI18n();
  const status = useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/status", { signal })),
    refetchInterval: 10_000,
  });
  if (status.isPending) return <LoadingBlock lines={3} />;
  if (status.isError) return <ErrorState error={status.error} onRetry={() => void status.refetch()} />;
  const { data } = status;
  const state = (ok: boolean) => (
    <Badge tone={ok ? "good" : "bad"}>{t(ok ? "health.ok" : "health.failed")}</Badge>
  );
  return (
    <Section title={t("health.parts")} actions={state(data.status === "ok")}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Fact label={t("settings.version")}>{data.version}</Fact>
        <Fact label={t("health.uptime")}>{formatDuration(data.uptime_seconds, locale)}</Fact>
        <Fact label={t("settings.database")}>{state(data.db_ok)}</Fact>
        <Fact label={t("health.queue")}>
          {data.redis.configured ? state(data.redis.ok) : t("health.notSetUp")}
        </Fact>
        <Fact label={t("health.index")}>{state(data.index.ready)}</Fact>
        <Fact label={t("health.indexRows")}>{formatNumber(data.index.rows, locale)}</Fact>
        <Fact label={t("health.indexSize")}>{formatBytes(data.index.bytes, locale)}</Fact>
        <Fact label={t("health.latestImport")}>{formatDateTime(data.data.latest_import_at)}</Fact>
      </dl>
    </Section>
  );
}

type Table = Got<"/api/db/info">["tables"][number];

function DatabaseSection() {
  const { t, locale } = useI18n();
  const info = useQuery({
    queryKey: ["db-info"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/db/info", { signal })),
  });
  return (
    <Section title={t("settings.database")} flush>
      {info.isPending ? (
        <LoadingBlock lines={3} />
      ) : info.isError ? (
        <ErrorState compact error={info.error} onRetry={() => void info.refetch()} />
      ) : (
        <PlainTable<Table>
          label={t("health.tables")}
          rows={info.data.tables}
          keyOf={(table) => table.name}
          columns={[
            { key: "name", header: t("health.table"), cell: (table) => table.name },
            {
              key: "rows",
              header: t("health.rows"),
              align: "right",
              cell: (table) => formatNumber(table.rows, locale),
            },
            {
              key: "dead",
              header: t("health.deadRows"),
              align: "right",
              cell: (table) => formatNumber(table.dead_rows, locale),
            },
            {
              key: "size",
              header: t("health.size"),
              align: "right",
              cell: (table) => formatBytes(table.bytes, locale),
            },
          ]}
        />
      )}
    </Section>
  );
}

function SettingsSection() {
  const { t } = useI18n();
  const config = useQuery({
    queryKey: ["status", "config"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/status/config", { signal })),
  });
  return (
    <Section title={t("health.settings")} note={t("health.settingsNote")} flush>
      {config.isPending ? (
        <LoadingBlock lines={3} />
      ) : config.isError ? (
        <ErrorState compact error={config.error} onRetry={() => void config.refetch()} />
      ) : (
        <PlainTable<[string, string | null]>
          label={t("health.settings")}
          rows={Object.entries(config.data.settings)}
          keyOf={([name]) => name}
          columns={[
            {
              key: "name",
              header: t("health.setting"),
              cell: ([name]) => <code className="font-mono text-xs">{name}</code>,
            },
            {
              key: "value",
              header: t("health.value"),
              className: "break-all",
              cell: ([, value]) => value || MISSING,
            },
          ]}
        />
      )}
    </Section>
  );
}
