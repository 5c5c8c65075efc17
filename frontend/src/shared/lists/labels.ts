import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Got, type PostBody, unwrap } from "@/shared/api/client";
import { refreshLists } from "./queries";

export type Label = Got<"/api/labels">["items"][number];

/** The colours that a label can have, in the order to offer them. */
export const LABEL_COLORS = ["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple"] as const;
export type LabelColor = (typeof LABEL_COLORS)[number];

/** The labels that the person may see, by name. */
export const labelsQuery = queryOptions({
  queryKey: ["labels"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/labels", { signal })),
  staleTime: 30_000,
});

export function useCreateLabel() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PostBody<"/api/labels">) => unwrap(api.POST("/api/labels", { body })),
    onSettled: () => refreshLists(queries),
  });
}

/** Puts a label on companies, or takes it off. */
export function useChangeLabelItems() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, orgnrs, remove }: { id: string; orgnrs: string[]; remove?: boolean }) =>
      unwrap(
        remove
          ? api.POST("/api/labels/{id}/items/remove", { params: { path: { id } }, body: { orgnrs } })
          : api.POST("/api/labels/{id}/items", { params: { path: { id } }, body: { orgnrs } }),
      ),
    onSettled: () => refreshLists(queries),
  });
}
