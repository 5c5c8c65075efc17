import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";
import { isLive } from "@/shared/live/live-state";

export type Run = Got<"/api/runs">["items"][number];
export type RunKind = "enrichment" | "analysis";

/** A run that waits for a worker changes by nothing that is told of. */
const everySoOften = () => (isLive() ? 10_000 : 2_000);

/** Whether nothing of the run changes by itself any more. */
export const hasEnded = (run: Run | undefined) => run?.status === "completed" || run?.status === "cancelled";

/** The runs that one may see, newest first; asked again while one of them goes on. */
export const runsQuery = (kind: RunKind | "all", limit: number) =>
  queryOptions({
    queryKey: ["runs", kind, limit],
    queryFn: ({ signal }) => unwrap(api.GET("/api/runs", { params: { query: { kind, limit } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.items.some((run) => !hasEnded(run)) ? everySoOften() : false,
  });
