import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Got, type PostBody, type Posted, unwrap, unwrapEmpty } from "@/shared/api/client";
import { announce } from "@/shared/live/announce";

export type SavedList = Got<"/api/lists">["items"][number];
export type MatchReport = Posted<"/api/lists/match">;
export type MatchedLine = MatchReport["lines"][number];
export type Marks = Posted<"/api/companies/marks">["items"][number];
export type Membership = Got<"/api/companies/{orgnr}/lists">["items"][number];
export type Expression = PostBody<"/api/lists/combine/count">["expression"];

/** Every page of the lists, one after the other. */
async function everyList(archived: "yes" | "no", signal: AbortSignal) {
  const items: SavedList[] = [];
  let after: string | undefined;
  do {
    const page = await unwrap(api.GET("/api/lists", { params: { query: { archived, after } }, signal }));
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return { items };
}

/** The lists in use that the person may see, last changed first. */
export const listsQuery = queryOptions({
  queryKey: ["lists"],
  queryFn: ({ signal }) => everyList("no", signal),
  staleTime: 30_000,
});

/** The lists that were put away. */
export const archivedListsQuery = queryOptions({
  queryKey: ["lists", "archived"],
  queryFn: ({ signal }) => everyList("yes", signal),
  staleTime: 30_000,
});

/** One list, without its companies. */
export const listQuery = (id: string) =>
  queryOptions({
    queryKey: ["lists", "one", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/lists/{id}", { params: { path: { id } }, signal })),
  });

/** The lists that hold a company. */
export const membershipsQuery = (orgnr: string) =>
  queryOptions({
    queryKey: ["lists", "of", orgnr],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/companies/{orgnr}/lists", { params: { path: { orgnr } }, signal })),
  });

/** Labels, exclusion and, with a list, its note: of at most 1000 companies. */
export const marksQuery = (orgnrs: readonly string[], listId?: string) =>
  queryOptions({
    queryKey: ["lists", "marks", listId ?? null, orgnrs],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/api/companies/marks", { body: { orgnrs: [...orgnrs], list_id: listId }, signal })),
    enabled: orgnrs.length > 0,
    staleTime: 30_000,
  });

/** Everything that a change of lists, labels or exclusions may show elsewhere is asked anew. */
export function refreshLists(queries: QueryClient): Promise<unknown> {
  announce(["lists", "labels", "exclusions", "activity"]);
  return Promise.all([
    queries.invalidateQueries({ queryKey: ["lists"] }),
    queries.invalidateQueries({ queryKey: ["labels"] }),
    queries.invalidateQueries({ queryKey: ["exclusions"] }),
    queries.invalidateQueries({ queryKey: ["universe"] }),
    queries.invalidateQueries({ queryKey: ["activity"] }),
  ]);
}

/** Takes back a change of members that one made oneself. */
export function undoChange(queries: QueryClient, change: string): Promise<unknown> {
  return unwrap(api.POST("/api/changes/{id}/undo", { params: { path: { id: change } } })).finally(() =>
    refreshLists(queries),
  );
}

/** Deletes a list; for 30 days it can be brought back. */
export function deleteList(queries: QueryClient, id: string): Promise<unknown> {
  return unwrapEmpty(api.DELETE("/api/lists/{id}", { params: { path: { id } } })).finally(() =>
    refreshLists(queries),
  );
}

/** Makes a list, with companies in it when they are given. */
export function useCreateList() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PostBody<"/api/lists">) => unwrap(api.POST("/api/lists", { body })),
    onSettled: () => refreshLists(queries),
  });
}

/** Puts companies into a list, or takes them out again; answers with how many that changed. */
export function useChangeListItems() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      orgnrs,
      remove,
      note,
    }: {
      id: string;
      orgnrs: string[];
      remove?: boolean;
      note?: string;
    }) =>
      unwrap(
        remove
          ? api.POST("/api/lists/{id}/items/remove", { params: { path: { id } }, body: { orgnrs } })
          : api.POST("/api/lists/{id}/items", { params: { path: { id } }, body: { orgnrs, note } }),
      ),
    onSettled: () => refreshLists(queries),
  });
}
