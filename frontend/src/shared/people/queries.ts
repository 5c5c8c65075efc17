import { queryOptions } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";

export type Person = Got<"/api/people">["items"][number];

/** The people of the organisation, by name: to choose an owner or mention somebody. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/people", { signal })),
  staleTime: 300_000,
});
