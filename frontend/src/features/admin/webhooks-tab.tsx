import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Webhook as WebhookIcon } from "lucide-react";
import { type FormEvent, useState } from "react";
import { api, type Got, unwrap, unwrapEmpty } from "@/shared/api/client";
import { formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField } from "@/shared/ui/field";
import { PlainTable } from "@/shared/ui/plain-table";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { useCopy } from "@/shared/ui/use-copy";

type Webhook = Got<"/api/admin/webhooks">["items"][number];

const webhooksQuery = {
  queryKey: ["admin", "webhooks"],
  queryFn: ({ signal }: { signal: AbortSignal }) => unwrap(api.GET("/api/admin/webhooks", { signal })),
};

/** The organisation's webhooks: made, tried, switched off, and how their calls went. */
export function WebhooksTab() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const webhooks = useQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [calls, setCalls] = useState<Webhook | null>(null);
  const [deleting, setDeleting] = useState<Webhook | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  const onError = (error: unknown) => showFailure("webhooks.changeFailed", error);

  const test = useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST("/api/admin/webhooks/{id}/test", { params: { path: { id } } })),
    onSuccess: (answer) =>
      showToast({
        text: answer.is_delivered
          ? { key: "webhooks.tested", values: { status: String(answer.status) } }
          : { key: "webhooks.testFailed", values: { error: answer.error ?? "" } },
      }),
    onError,
    onSettled: () => queries.invalidateQueries({ queryKey: ["admin", "webhooks"] }),
  });
  const change = useMutation({
    mutationFn: (webhook: Webhook) =>
      unwrapEmpty(
        api.PUT("/api/admin/webhooks/{id}", {
          params: { path: { id: webhook.id } },
          body: { name: webhook.name, url: webhook.url, is_active: !webhook.is_active },
        }),
      ),
    onError,
    onSettled: refresh,
  });
  const renew = useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST("/api/admin/webhooks/{id}/secret", { params: { path: { id } } })),
    onSuccess: (answer) => setSecret(answer.secret),
    onError,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      unwrapEmpty(api.DELETE("/api/admin/webhooks/{id}", { params: { path: { id } } })),
    onSuccess: () => setDeleting(null),
    onError,
    onSettled: refresh,
  });

  return (
    <div className="flex flex-col gap-3 p-4 max-sm:p-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-64 flex-1 text-ink-2">{t("webhooks.text")}</p>
        <Button look="primary" onClick={() => setAdding(true)}>
          <Plus size={13} aria-hidden /> {t("webhooks.add")}
        </Button>
      </div>
      {webhooks.isPending ? (
        <LoadingBlock />
      ) : webhooks.isError ? (
        <ErrorState error={webhooks.error} onRetry={() => void webhooks.refetch()} />
      ) : webhooks.data.items.length === 0 ? (
        <div className="panel">
          <EmptyState title={t("webhooks.none")} icon={<WebhookIcon size={20} aria-hidden />} />
        </div>
      ) : (
        <div className="panel">
          <PlainTable
            label={t("admin.tab.webhooks")}
            rows={webhooks.data.items}
            keyOf={(webhook) => webhook.id}
            columns={[
              { key: "name", header: t("webhooks.name"), className: "font-medium", cell: (one) => one.name },
              {
                key: "url",
                wide: true,
                header: t("webhooks.url"),
                className: "max-w-80 truncate text-ink-2",
                cell: (one) => <span title={one.url}>{one.url}</span>,
              },
              {
                key: "state",
                header: t("webhooks.state"),
                cell: (one) => (
                  <span className="flex gap-1">
                    <Badge tone={one.is_active ? "good" : "neutral"}>
                      {t(one.is_active ? "webhooks.active" : "webhooks.off")}
                    </Badge>
                    {one.failed_count > 0 && (
                      <Badge tone="bad">{t("webhooks.failedCalls", { count: one.failed_count })}</Badge>
                    )}
                  </span>
                ),
              },
              {
                key: "screens",
                wide: true,
                header: t("webhooks.screens"),
                align: "right",
                cell: (one) => one.monitor_count,
              },
              {
                key: "do",
                header: <span className="sr-only">{t("palette.actions")}</span>,
                cell: (one) => (
                  <span className="flex justify-end gap-1 max-sm:flex-wrap">
                    <Button size="sm" disabled={test.isPending} onClick={() => test.mutate(one.id)}>
                      {t("webhooks.test")}
                    </Button>
                    <Button size="sm" look="ghost" onClick={() => setCalls(one)}>
                      {t("webhooks.calls")}
                    </Button>
                    <Button size="sm" look="ghost" onClick={() => change.mutate(one)}>
                      {t(one.is_active ? "webhooks.switchOff" : "webhooks.switchOn")}
                    </Button>
                    <Button size="sm" look="ghost" onClick={() => renew.mutate(one.id)}>
                      {t("webhooks.renew")}
                    </Button>
                    <Button size="sm" look="ghost" onClick={() => setDeleting(one)}>
                      {t("action.delete")}
                    </Button>
                  </span>
                ),
              },
            ]}
          />
        </div>
      )}
      {adding && (
        <AddWebhook
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false);
            setSecret(made);
            void refresh();
          }}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
      {calls && <CallsDialog webhook={calls} onClose={() => setCalls(null)} />}
      {deleting && (
        <Dialog
          open
          onOpenChange={(open) => !open && setDeleting(null)}
          title={t("webhooks.deleteTitle", { name: deleting.name })}
          description={t("webhooks.deleteText")}
          className="w-[min(28rem,calc(100vw-1.5rem))]"
        >
          <div className="flex justify-end gap-2">
            <Button onClick={() => setDeleting(null)}>{t("action.cancel")}</Button>
            <Button look="primary" disabled={remove.isPending} onClick={() => remove.mutate(deleting.id)}>
              {t("action.delete")}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function AddWebhook({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { t } = useI18n();
  const [name, setName] = useState("");
  const [url, setUrl] = useState("https://");
  const make = useMutation({
    mutationFn: () => unwrap(api.POST("/api/admin/webhooks", { body: { name, url } })),
    onSuccess: (made) => onMade(made.secret),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("webhooks.add")}
      className="w-[min(32rem,calc(100vw-1.5rem))]"
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LabelledField
          label={t("webhooks.name")}
          autoFocus
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <LabelledField
          label={t("webhooks.url")}
          type="url"
          required
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        {make.error && <ErrorState compact error={make.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" look="primary" disabled={make.isPending}>
            {t("webhooks.add")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useI18n();
  const [copied, copy] = useCopy();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("webhooks.secretTitle")}
      description={t("webhooks.secretText")}
      className="w-[min(32rem,calc(100vw-1.5rem))]"
    >
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 select-all break-all font-mono text-xs">{secret}</code>
        <Button onClick={() => copy(secret)}>{copied ? t("action.copied") : t("webhooks.copy")}</Button>
      </div>
    </Dialog>
  );
}

function CallsDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const key = ["admin", "webhooks", webhook.id, "calls"];
  const path = { id: webhook.id };
  const calls = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => unwrap(api.GET("/api/admin/webhooks/{id}/calls", { params: { path }, signal })),
  });
  const retry = useMutation({
    mutationFn: (call: string) =>
      unwrapEmpty(
        api.POST("/api/admin/webhooks/{id}/calls/{call}/retry", { params: { path: { ...path, call } } }),
      ),
    onError: (error) => showFailure("webhooks.changeFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("webhooks.calls")}
      description={webhook.name}
      className="w-[min(56rem,calc(100vw-1.5rem))]"
    >
      {calls.isPending ? (
        <LoadingBlock />
      ) : calls.isError ? (
        <ErrorState compact error={calls.error} onRetry={() => void calls.refetch()} />
      ) : calls.data.items.length === 0 ? (
        <EmptyState title={t("webhooks.noCalls")} />
      ) : (
        <PlainTable
          label={t("webhooks.calls")}
          rows={calls.data.items}
          keyOf={(call) => call.id}
          columns={[
            {
              key: "when",
              header: t("webhooks.when"),
              className: "tabular",
              cell: (call) => formatDateTime(call.created_at),
            },
            { key: "event", header: t("webhooks.event"), cell: (call) => call.event },
            {
              key: "state",
              header: t("webhooks.state"),
              cell: (call) => (
                <Badge tone={call.state === "delivered" ? "good" : call.state === "failed" ? "bad" : "warn"}>
                  {t(`webhooks.state.${call.state as "waiting" | "delivered" | "failed"}`)}
                </Badge>
              ),
            },
            {
              key: "attempts",
              header: t("webhooks.attempts"),
              align: "right",
              cell: (call) => call.attempts,
            },
            {
              key: "answer",
              header: t("webhooks.answer"),
              className: "max-w-72 truncate text-ink-2",
              cell: (call) => <span title={call.error ?? undefined}>{call.error ?? call.status ?? "–"}</span>,
            },
            {
              key: "do",
              header: <span className="sr-only">{t("palette.actions")}</span>,
              cell: (call) =>
                call.state === "failed" && (
                  <Button size="sm" onClick={() => retry.mutate(call.id)}>
                    {t("webhooks.retry")}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Dialog>
  );
}
