import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Got, type PostBody, unwrap, unwrapEmpty } from "@/shared/api/client";
import { unlessLive } from "@/shared/live/live-state";

export type SavedView = Got<"/api/views">["items"][number];

/** The screens that the person, or the team, has kept. */
export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/views", { signal })),
  refetchInterval: unlessLive(10_000),
  staleTime: 60_000,
});

export function useSaveView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PostBody<"/api/views">) => unwrap(api.POST("/api/views", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
}

/** Replaces a view; refused when somebody else changed it meanwhile. */
export function useUpdateView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ view, change }: { view: SavedView; change: Partial<PostBody<"/api/views">> }) =>
      unwrap(
        api.PUT("/api/views/{id}", {
          params: { path: { id: view.id } },
          body: { ...bodyOf(view), ...change, version: view.version },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
}

/** A view as it was written, so that it can be changed in part. */
function bodyOf(view: SavedView): PostBody<"/api/views"> {
  const { name, scope, filter, columns, sort, q, interface: kept, unit } = view;
  return { name, scope, filter, columns, sort, q, interface: kept, unit };
}

/** Deletes a view at once on the screen, and puts it back when the server refuses. */
export function useDeleteView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrapEmpty(api.DELETE("/api/views/{id}", { params: { path: { id } } })),
    onMutate: (id) => {
      const before = queries.getQueryData(viewsQuery.queryKey);
      if (before) {
        queries.setQueryData(viewsQuery.queryKey, {
          ...before,
          items: before.items.filter((view) => view.id !== id),
        });
      }
      return before;
    },
    onError: (_error, _id, before) => before && queries.setQueryData(viewsQuery.queryKey, before),
    onSettled: () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
}

/** Brings a deleted view back: the same one, with those who watch it. */
export function useRestoreView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.POST("/api/views/{id}/restore", { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
}

/** What a view keeps of the address of its screen: its free text, and its `interface`. */
export type ViewState = { f?: string; q?: string; sort?: string; cols?: string; dist?: string };

/**
 * The address of a view. What the web app keeps of a screen stands in `interface`; a view made by another program
 * has only a filter tree, whose text the server prints.
 */
export async function addressOf(view: SavedView): Promise<ViewState & { v: string }> {
  const parsed = await unwrap(api.POST("/api/universe/parse", { body: { filter: view.filter } }));
  return { ...keptState(view), f: parsed.text || undefined, v: view.id };
}

/** What the view says of its screen. Without a filter's text where another program made it. */
export function keptState(view: SavedView): ViewState {
  const kept = view.interface;
  const given = (text: string | null | undefined) => text ?? undefined;
  return {
    f: given(kept?.f),
    q: given(view.q),
    sort: given(kept?.sort),
    cols: given(kept?.cols),
    dist: given(kept?.dist),
  };
}
