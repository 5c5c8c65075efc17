import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";

/** One import with its counts; asked again while it runs. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["import", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/imports/{id}", { params: { path: { id } }, signal })),
    refetchInterval: (query) => (query.state.data?.status === "running" ? 1_500 : false),
  });
