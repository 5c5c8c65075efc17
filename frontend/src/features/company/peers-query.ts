import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";

/** Where the company stands among companies of its industry and size. */
export const peersQuery = (orgnr: string) =>
  queryOptions({
    queryKey: ["company", orgnr, "peers"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/companies/{orgnr}/peers", { params: { path: { orgnr } }, signal })),
  });
