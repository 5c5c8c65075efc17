import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { lazyPart } from "@/shared/ui/lazy-part";
import { Popover } from "@/shared/ui/menu";
import { LoadingBlock } from "@/shared/ui/states";
import { notificationsQuery } from "./queries";

const Notifications = lazyPart(() => import("./notification-list"), {
  loading: () => <LoadingBlock lines={4} />,
});

/** Fetches what stands behind the bell. */
export const preloadNotifications = () => Notifications.preload();

/** The bell: how much is unread, and behind it what it is. */
export function NotificationBell({ collapsed = false }: { collapsed?: boolean }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const found = useQuery(notificationsQuery);
  const unread = found.data?.unread_count ?? 0;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align={collapsed ? "start" : "end"}
      label={t("notifications.title")}
      className="w-[min(24rem,calc(100vw-1rem))] overflow-y-auto p-0"
      trigger={
        <button
          type="button"
          aria-label={t("notifications.open", { count: unread })}
          title={t("notifications.title")}
          className="relative inline-flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Bell size={15} aria-hidden />
          {unread > 0 && (
            <span
              aria-hidden
              className="tabular absolute -top-0.5 -right-0.5 flex h-3.5 min-w-3.5 items-center justify-center rounded-full bg-accent px-0.5 font-semibold text-[0.5625rem] text-accent-ink"
            >
              {unread > 99 ? "99+" : unread}
            </span>
          )}
        </button>
      }
    >
      <Notifications onClose={() => setOpen(false)} />
    </Popover>
  );
}
