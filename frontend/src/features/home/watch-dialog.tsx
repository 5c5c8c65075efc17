import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Lock, TriangleAlert } from "lucide-react";
import { formatAgo } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import {
  type Monitor,
  monitorsQuery,
  useStopWatching,
  useWatch,
  type Watch,
} from "@/shared/monitors/queries";
import { Dialog } from "@/shared/ui/dialog";
import { SelectField } from "@/shared/ui/field";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure } from "@/shared/ui/toast-store";
import { type SavedView, viewsQuery } from "@/shared/views/queries";

/** Which saved screens are watched, how often one is told, and by what besides the application. */
export default function WatchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const views = useQuery(viewsQuery);
  const monitors = useQuery(monitorsQuery);
  const failed = views.isError ? views : monitors.isError ? monitors : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("watch.title")}
      description={t("watch.text")}
      className="w-[min(44rem,calc(100vw-1.5rem))]"
    >
      {failed ? (
        <ErrorState compact error={failed.error} onRetry={() => void failed.refetch()} />
      ) : !views.data || !monitors.data ? (
        <LoadingBlock />
      ) : views.data.items.length === 0 ? (
        <EmptyState title={t("watch.none")}>
          <Link to="/universe" className="font-medium text-accent underline underline-offset-2">
            {t("home.openUniverse")}
          </Link>
        </EmptyState>
      ) : (
        <ul className="flex flex-col">
          {views.data.items.map((view) => (
            <OneView
              key={view.id}
              view={view}
              monitor={monitors.data.items.find((monitor) => monitor.view_id === view.id)}
              webhooks={monitors.data.webhooks}
              canEmail={monitors.data.can_email}
            />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function OneView({
  view,
  monitor,
  webhooks,
  canEmail,
}: {
  view: SavedView;
  monitor: Monitor | undefined;
  webhooks: readonly { id: string; name: string }[];
  canEmail: boolean;
}) {
  const { t, locale } = useI18n();
  const watch = useWatch();
  const stop = useStopWatching();
  const wish: Watch = {
    rhythm: monitor?.rhythm === "daily" ? "daily" : "import",
    by_email: monitor?.by_email ?? false,
    webhook_id: monitor?.webhook_id ?? null,
  };
  const onError = (error: unknown) => showFailure("watch.failed", error);
  const put = (next: Partial<Watch>) =>
    watch.mutate({ view: view.id, watch: { ...wish, ...next } }, { onError });
  const busy = watch.isPending || stop.isPending;
  return (
    <li
      aria-busy={busy}
      className="flex flex-wrap items-center gap-2 border-line/70 border-b py-2 last:border-0"
    >
      <label className="flex min-w-48 flex-1 items-center gap-2">
        <input
          type="checkbox"
          aria-label={t("watch.watch", { name: view.name })}
          checked={monitor !== undefined}
          disabled={busy}
          onChange={() => (monitor ? stop.mutate(monitor.id, { onError }) : put({}))}
        />
        <span className="min-w-0 truncate font-medium">{view.name}</span>
        {view.scope === "private" && <Lock size={12} aria-hidden className="shrink-0 text-ink-3" />}
      </label>
      {monitor && (
        <>
          <SelectField
            aria-label={t("watch.rhythm")}
            value={wish.rhythm}
            disabled={busy}
            onChange={(event) => put({ rhythm: event.target.value as Watch["rhythm"] })}
          >
            <option value="import">{t("watch.import")}</option>
            <option value="daily">{t("watch.daily")}</option>
          </SelectField>
          {canEmail && (
            <label className="flex items-center gap-1.5 text-xs">
              <input
                type="checkbox"
                checked={wish.by_email}
                disabled={busy}
                onChange={(event) => put({ by_email: event.target.checked })}
              />
              {t("watch.email")}
            </label>
          )}
          {webhooks.length > 0 && (
            <SelectField
              aria-label={t("watch.webhook")}
              value={wish.webhook_id ?? ""}
              disabled={busy}
              onChange={(event) => put({ webhook_id: event.target.value || null })}
            >
              <option value="">{t("watch.noWebhook")}</option>
              {webhooks.map((webhook) => (
                <option key={webhook.id} value={webhook.id}>
                  {webhook.name}
                </option>
              ))}
            </SelectField>
          )}
          <p className="basis-full pl-6 text-ink-2 text-xs">
            {monitor.error ? (
              <span className="inline-flex items-center gap-1 text-bad">
                <TriangleAlert size={12} aria-hidden /> {monitor.error}
              </span>
            ) : (
              monitor.checked_at && t("watch.checked", { ago: formatAgo(monitor.checked_at, locale) })
            )}
          </p>
        </>
      )}
    </li>
  );
}
