import { queryOptions } from "@tanstack/react-query";
import { api, type Got, unwrap } from "./client";

export type ImportRun = Got<"/api/imports">["items"][number];
export type Coverage = Got<"/api/sources/coverage">;

/** State of the installation, asked for again every half minute. */
export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/status", { signal })),
  refetchInterval: 30_000,
});

/** A page of import runs, newest first. */
export const importsQuery = (limit: number, offset = 0) =>
  queryOptions({
    queryKey: ["imports", limit, offset],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/imports", { params: { query: { limit, offset } }, signal })),
  });

/** How many companies and figures are known, by year and source. */
export const coverageQuery = queryOptions({
  queryKey: ["coverage"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/sources/coverage", { signal })),
});
