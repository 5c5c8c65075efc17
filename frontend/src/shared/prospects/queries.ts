import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type Got, type PostBody, type Posted, unwrap } from "@/shared/api/client";
import { announce } from "@/shared/live/announce";
import { unlessLive } from "@/shared/live/live-state";

export type Prospect = Got<"/api/prospects">["items"][number];
export type Stage = Got<"/api/prospects/stages">["stages"][number];
export type AddBody = PostBody<"/api/prospects">;
export type AddResult = Posted<"/api/prospects">;
export type BulkChange = PostBody<"/api/prospects/bulk">["changes"][number];
/** How a prospect was before a change, with its present version: sent back it takes the change back. */
export type Former = Posted<"/api/prospects/bulk">["before"][number];

/** The fields of a prospect that people change. */
export type ProspectChange = Omit<BulkChange, "id" | "version">;

/** Every prospect that the person may see; pages filter it in the browser, so that a filter answers at once. */
export const prospectsQuery = queryOptions({
  queryKey: ["prospects", "all"],
  queryFn: ({ signal }) =>
    unwrap(api.GET("/api/prospects", { params: { query: { limit: 10_000 } }, signal })),
  staleTime: 15_000,
  refetchInterval: unlessLive(60_000),
});

/** The stages of the pipeline in order, retired ones last, and the reasons for passing. */
export const stagesQuery = queryOptions({
  queryKey: ["prospects", "stages"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/prospects/stages", { signal })),
  staleTime: 60_000,
});

/** The prospects of one company: the team's, and the person's own. Removed ones are told of too. */
export const companyProspectsQuery = (orgnr: string) =>
  queryOptions({
    queryKey: ["prospects", "company", orgnr],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/prospects", { params: { query: { orgnr, removed: true } }, signal })),
  });

/** One prospect with its stays in stages. */
export const prospectQuery = (id: string) =>
  queryOptions({
    queryKey: ["prospects", "one", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/prospects/{id}", { params: { path: { id } }, signal })),
  });

/** Adds companies to the pipeline; those that are in it already stay as they are and are told of. */
export function addProspects(body: AddBody): Promise<AddResult> {
  return unwrap(api.POST("/api/prospects", { body }));
}

/** Changes prospects, all of them or none. */
export function changeProspects(changes: BulkChange[]): Promise<{ changed: number; before: Former[] }> {
  return unwrap(api.POST("/api/prospects/bulk", { body: { changes } }));
}

/** Takes a change back. */
export function putBack(before: readonly Former[]): Promise<unknown> {
  return takeBack({ added: [], restored: before, reopened: [] });
}

/** Takes an addition back, all of it or nothing: what was there before is as it was, what is new goes. */
export function takeBack(done: {
  added: readonly { id: string }[];
  restored: readonly Former[];
  reopened: readonly Former[];
}): Promise<unknown> {
  const changes: BulkChange[] = [
    ...[...done.restored, ...done.reopened].map(({ orgnr: _, ...former }) => former),
    ...done.added.map(({ id }) => ({ id, removed: true })),
  ];
  return changes.length === 0 ? Promise.resolve() : changeProspects(changes);
}

/** Everything that a change of the pipeline can have made old: cards, notes' companies, the log, home. */
export function refreshPipeline(queries: QueryClient): Promise<unknown> {
  announce(["prospects", "activity", "home"]);
  return Promise.all([
    queries.invalidateQueries({ queryKey: ["prospects"] }),
    queries.invalidateQueries({ queryKey: ["activity"] }),
    queries.invalidateQueries({ queryKey: ["home"] }),
  ]);
}
