import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap, unwrapEmpty } from "@/shared/api/client";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { type AnalysisTemplate, templatesQuery } from "./run-queries";

/** Brings a deleted template back. */
export function useRestoreTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST("/api/analysis/templates/{id}/restore", { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: templatesQuery.queryKey }),
    onError: (error) => showFailure("templates.failed", error),
  });
}

/** Deletes a template, which can be taken back from the message that says so. */
export function useDeleteTemplate() {
  const queries = useQueryClient();
  const restore = useRestoreTemplate();
  return useMutation({
    mutationFn: ({ id }: AnalysisTemplate) =>
      unwrapEmpty(api.DELETE("/api/analysis/templates/{id}", { params: { path: { id: id ?? "" } } })),
    onSuccess: (_, { id, name }) =>
      showToast({
        text: { key: "templates.deleted", values: { name } },
        undo: async () => void (id && (await restore.mutateAsync(id))),
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: templatesQuery.queryKey }),
    onError: (error) => showFailure("templates.failed", error),
  });
}
