import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Bell, CheckCheck, MailOpen } from "lucide-react";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { notificationLabel, notificationTarget } from "./labels";
import { type Notification, notificationsQuery, useMark } from "./queries";

/** What the bell tells: each message leads to what it is about, and is read then. */
export default function Notifications({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const found = useQuery(notificationsQuery);
  const mark = useMark();
  return (
    <>
      <div className="sticky top-0 flex h-10 items-center gap-2 border-line border-b bg-raised px-3">
        <h2 className="font-semibold text-sm">{t("notifications.title")}</h2>
        {(found.data?.unread_count ?? 0) > 0 && (
          <Button look="ghost" size="sm" className="ml-auto" onClick={() => mark.mutate({})}>
            <CheckCheck size={13} aria-hidden /> {t("notifications.markAll")}
          </Button>
        )}
      </div>
      {found.isPending ? (
        <LoadingBlock lines={4} />
      ) : found.isError ? (
        <ErrorState compact error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.items.length === 0 ? (
        <EmptyState title={t("notifications.none")} icon={<Bell size={20} aria-hidden />}>
          {t("notifications.noneText")}
        </EmptyState>
      ) : (
        <ul>
          {found.data.items.map((one) => (
            <Item key={one.id} one={one} onClose={onClose} />
          ))}
        </ul>
      )}
    </>
  );
}

function Item({ one, onClose }: { one: Notification; onClose: () => void }) {
  const { t, locale } = useI18n();
  const navigate = useNavigate();
  const mark = useMark();
  const isRead = Boolean(one.read_at);
  const excerpt = (one.detail as { excerpt?: unknown } | null)?.excerpt;
  const open = () => {
    if (!isRead) mark.mutate({ ids: [one.id] });
    onClose();
    void navigate(notificationTarget(one) as Parameters<typeof navigate>[0]);
  };
  return (
    <li className="flex items-start gap-1 border-line/70 border-b px-1.5 py-1 last:border-0">
      <button
        type="button"
        onClick={open}
        className="min-w-0 flex-1 rounded-md px-1.5 py-1 text-left hover:bg-hover"
      >
        <span className={cx("block break-words", !isRead && "font-medium")}>
          {!isRead && (
            <span
              role="img"
              aria-label={t("notifications.unread")}
              className="mr-1.5 inline-block size-1.5 rounded-full bg-accent align-middle"
            />
          )}
          {notificationLabel(one, t)}
        </span>
        {typeof excerpt === "string" && (
          <span className="line-clamp-2 break-words text-ink-2 text-xs">{excerpt}</span>
        )}
        <time
          dateTime={one.created_at}
          title={formatDateTime(one.created_at)}
          className="block text-ink-3 text-xs"
        >
          {formatAgo(one.created_at, locale)}
        </time>
      </button>
      <IconButton
        size="sm"
        label={t(isRead ? "notifications.markUnread" : "notifications.markRead")}
        onClick={() => mark.mutate({ ids: [one.id], read: !isRead })}
      >
        <MailOpen size={13} aria-hidden />
      </IconButton>
    </li>
  );
}
