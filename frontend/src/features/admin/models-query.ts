import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";

/** The models that write, and what is spent of the month's limit. */
export const modelsQuery = queryOptions({
  queryKey: ["admin", "models"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/admin/models", { signal })),
});
