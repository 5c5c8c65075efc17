import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bot, RefreshCw } from "lucide-react";
import { api, type Got, unwrapEmpty } from "@/shared/api/client";
import { useMay } from "@/shared/auth/me";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { formatCost, formatNumber, MISSING } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { type Run, runsQuery } from "@/shared/runs/queries";
import { RunStatus } from "@/shared/runs/run-status";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { PlainTable } from "@/shared/ui/plain-table";
import { Fact, Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { modelsQuery } from "./models-query";

type Answer = Got<"/api/admin/models">;
type Model = Answer["items"][number];

/** The models that write: what each was seen to be able to do and what it costs; and what is spent of the month's limit. */
export function ModelsTab() {
  const { t } = useI18n();
  const models = useQuery({ ...modelsQuery, refetchInterval: 10_000 });
  if (models.isPending) return <LoadingBlock />;
  if (models.isError) return <ErrorState error={models.error} onRetry={() => void models.refetch()} />;
  const { items, month } = models.data;
  return (
    <>
      <Section title={t("ai.admin.title")} flush={items.length > 0}>
        {items.length === 0 ? (
          <EmptyState title={t("ai.admin.none")} icon={<Bot size={20} aria-hidden />}>
            {t("ai.admin.noneHelp")}
          </EmptyState>
        ) : (
          <ul>
            {items.map((model) => (
              <ModelRow key={model.name} model={model} currency={month.currency} />
            ))}
          </ul>
        )}
      </Section>
      {items.length > 0 && <Month month={month} />}
      <ModelRuns />
    </>
  );
}

const STRUCTURES: Record<string, MessageKey> = {
  json_schema: "ai.admin.structure.json_schema",
  json_object: "ai.admin.structure.json_object",
  plain: "ai.admin.structure.plain",
};

function ModelRow({ model, currency }: { model: Model; currency: string }) {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const mayAsk = useMay("manage_users");
  const ask = useMutation({
    mutationFn: () =>
      unwrapEmpty(api.POST("/api/admin/models/{name}/probe", { params: { path: { name: model.name } } })),
    onSuccess: () => {
      showToast({ text: { key: "ai.admin.probed", values: { name: model.name } } });
      void queries.invalidateQueries({ queryKey: modelsQuery.queryKey });
    },
    onError: (error) => showFailure("ai.admin.probeFailed", error),
  });
  const { abilities } = model;
  const structure = abilities ? STRUCTURES[abilities.structure] : undefined;
  const number = (value: number) => formatNumber(value, locale);
  return (
    <li className="border-line border-b px-3.5 py-3 last:border-0">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">{model.model}</h3>
        <span className="text-ink-3 text-xs">{model.name}</span>
        <Badge tone={model.is_ready ? "good" : model.error ? "bad" : "neutral"}>
          {t(model.is_ready ? "ai.admin.ready" : model.error ? "ai.admin.failed" : "ai.admin.unasked")}
        </Badge>
        {model.probed_at && (
          <span className="text-ink-3 text-xs" title={formatDateTime(model.probed_at)}>
            {t("ai.admin.probedAt", { when: formatAgo(model.probed_at, locale) })}
          </span>
        )}
        {mayAsk && (
          <span className="ml-auto">
            <Button size="sm" disabled={ask.isPending} onClick={() => ask.mutate()}>
              <RefreshCw size={12} aria-hidden /> {t("ai.admin.probe")}
            </Button>
          </span>
        )}
      </div>
      {model.error && <p className="mb-2 break-words text-bad text-xs">{model.error}</p>}
      <dl className="grid grid-cols-1 gap-3 text-sm sm:grid-cols-2 lg:grid-cols-4">
        <Fact label={t("ai.admin.address")}>
          <span className="break-all">{model.base_url}</span>
          <span className="block text-ink-3 text-xs">
            {t("ai.admin.key")}: {t(model.has_key ? "ai.admin.hasKey" : "ai.admin.noKey").toLowerCase()}
          </span>
        </Fact>
        <Fact label={t("ai.admin.prices")}>
          <span className="tabular">
            {formatCost(model.input_price, currency, locale)} /{" "}
            {formatCost(model.output_price, currency, locale)}
          </span>
        </Fact>
        <Fact label={t("ai.admin.window")}>
          <span className="tabular">
            {t("ai.admin.tokens", {
              context: number(model.context_tokens),
              output: number(model.max_output_tokens),
            })}
          </span>
        </Fact>
        <Fact label={t("ai.admin.abilities")}>
          {abilities
            ? [
                `${structure ? t(structure) : abilities.structure}${
                  abilities.structure === "json_schema"
                    ? `, ${t(abilities.is_enforced ? "ai.admin.enforced" : "ai.admin.notEnforced")}`
                    : ""
                }`,
                t(abilities.streams ? "ai.admin.streams" : "ai.admin.noStream"),
                t(abilities.reports_usage ? "ai.admin.usage" : "ai.admin.noUsage"),
              ].join(" · ")
            : MISSING}
        </Fact>
      </dl>
    </li>
  );
}

function Month({ month }: { month: Answer["month"] }) {
  const { t, locale } = useI18n();
  const money = (amount: number) => formatCost(amount, month.currency, locale);
  const share = month.limit > 0 ? Math.min(1, month.spent / month.limit) : 1;
  return (
    <Section title={t("ai.admin.month")} note={t("ai.admin.monthNote")}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {(
          [
            ["ai.spent", month.spent],
            ["ai.admin.left", Math.max(0, month.limit - month.spent)],
            ["ai.admin.limit", month.limit],
            ["ai.admin.runLimit", month.run_limit],
          ] as const
        ).map(([label, amount]) => (
          <Fact key={label} label={t(label)}>
            <span className="tabular font-semibold text-base">{money(amount)}</span>
          </Fact>
        ))}
      </dl>
      <div
        role="progressbar"
        aria-label={t("ai.admin.month")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
        aria-valuetext={t("ai.spentOf", { cost: money(month.spent), budget: money(month.limit) })}
        className="mt-3 h-1.5 overflow-hidden rounded-full bg-line"
      >
        <span
          className={share >= 0.9 ? "block h-full bg-warn" : "block h-full bg-accent"}
          style={{ width: `${100 * share}%` }}
        />
      </div>
    </Section>
  );
}

/** What runs with a model have cost, the newest first. */
function ModelRuns() {
  const { t, locale } = useI18n();
  const runs = useQuery(runsQuery("analysis", 200));
  const rows = (runs.data?.items ?? []).filter((run) => run.model).slice(0, 20);
  return (
    <Section title={t("ai.admin.runs")} flush={rows.length > 0}>
      {runs.isPending ? (
        <LoadingBlock lines={3} className="p-0" />
      ) : runs.isError ? (
        <ErrorState compact error={runs.error} onRetry={() => void runs.refetch()} />
      ) : rows.length === 0 ? (
        <p className="text-ink-2">{t("ai.admin.noRuns")}</p>
      ) : (
        <PlainTable<Run>
          label={t("ai.admin.runs")}
          rows={rows}
          keyOf={(run) => run.id}
          columns={[
            {
              key: "name",
              header: t("runs.name"),
              className: "max-w-72 truncate",
              cell: (run) => (
                <Link
                  to="/ai/runs/$id"
                  params={{ id: run.id }}
                  className="font-medium text-accent hover:underline"
                >
                  {run.name}
                </Link>
              ),
            },
            { key: "status", header: t("runs.status"), cell: (run) => <RunStatus run={run} /> },
            { key: "model", wide: true, header: t("ai.model"), cell: (run) => run.model?.model ?? MISSING },
            {
              key: "calls",
              wide: true,
              header: t("ai.calls"),
              align: "right",
              cell: (run) => formatNumber(run.model?.calls, locale),
            },
            {
              key: "cost",
              header: t("ai.spent"),
              align: "right",
              cell: (run) => (run.model ? formatCost(run.model.cost, run.model.currency, locale) : MISSING),
            },
          ]}
        />
      )}
    </Section>
  );
}
