import { queryOptions } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";
import { unlessLive } from "@/shared/live/live-state";

export type Home = Got<"/api/home">;

/** What the day begins with. */
export const homeQuery = queryOptions({
  queryKey: ["home"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/home", { signal })),
  staleTime: 15_000,
  refetchInterval: unlessLive(120_000),
});
