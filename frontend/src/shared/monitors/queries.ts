import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Got, unwrap, unwrapEmpty } from "@/shared/api/client";

export type Monitor = Got<"/api/monitors">["items"][number];
export type ScreenDifference = Got<"/api/monitors/changes/{id}">;

/** How somebody wants to be told of a watched screen. */
export type Watch = { rhythm: "import" | "daily"; by_email: boolean; webhook_id: string | null };

/** The screens that one watches, and what they may be told by. */
export const monitorsQuery = queryOptions({
  queryKey: ["monitors"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/monitors", { signal })),
});

/** What changed on a watched screen, whole. */
export const screenDifferenceQuery = (id: string) =>
  queryOptions({
    queryKey: ["monitors", "change", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/monitors/changes/{id}", { params: { path: { id } }, signal })),
  });

/** Watches a view, or changes how. */
export function useWatch() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ view, watch }: { view: string; watch: Watch }) =>
      unwrap(
        api.PUT("/api/views/{id}/monitor", {
          params: { path: { id: view } },
          body: { ...watch, webhook_id: watch.webhook_id ?? undefined },
        }),
      ),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["monitors"] }),
        queries.invalidateQueries({ queryKey: ["home"] }),
      ]),
  });
}

/** Stops watching. */
export function useStopWatching() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrapEmpty(api.DELETE("/api/monitors/{id}", { params: { path: { id } } })),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["monitors"] }),
        queries.invalidateQueries({ queryKey: ["home"] }),
      ]),
  });
}
