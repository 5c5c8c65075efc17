import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Got, type PostBody, unwrap } from "@/shared/api/client";

export type SavedList = Got<"/api/lists">["items"][number];

/** The lists that the person may see, last changed first. */
export const listsQuery = queryOptions({
  queryKey: ["lists"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/lists", { signal })),
  staleTime: 30_000,
});

/** Makes a list, with companies in it when they are given. */
export function useCreateList() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PostBody<"/api/lists">) => unwrap(api.POST("/api/lists", { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["lists"] }),
  });
}

/** Puts companies into a list, or takes them out again; answers with how many that changed. */
export function useChangeListItems() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, orgnrs, remove }: { id: string; orgnrs: string[]; remove?: boolean }) =>
      unwrap(
        remove
          ? api.POST("/api/lists/{id}/items/remove", { params: { path: { id } }, body: { orgnrs } })
          : api.POST("/api/lists/{id}/items", { params: { path: { id } }, body: { orgnrs } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["lists"] }),
  });
}
