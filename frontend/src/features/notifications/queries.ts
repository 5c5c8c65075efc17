import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";
import { unlessLive } from "@/shared/live/live-state";
import { showFailure } from "@/shared/ui/toast-store";

export type Notification = Got<"/api/notifications">["items"][number];

/** How often the bell looks for something new, in milliseconds. */
const EVERY = 60_000;

/** The newest notifications and how many are unread. */
export const notificationsQuery = {
  queryKey: ["notifications"],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    unwrap(api.GET("/api/notifications", { params: { query: { limit: 30 } }, signal })),
  refetchInterval: unlessLive(EVERY),
  staleTime: 15_000,
};

/** Marks one's own notifications, all of them without ids. */
export function useMark() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { ids?: number[]; read?: boolean }) =>
      unwrap(api.POST("/api/notifications/mark", { body })),
    onError: (error) => showFailure("notifications.failed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
}
