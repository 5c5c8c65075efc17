import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Got, type PostBody, unwrap, unwrapEmpty } from "@/shared/api/client";
import { downloadFile, pipeFile } from "@/shared/api/fetch";
import { asApiError } from "@/shared/api/problem";
import { pickSaveTarget } from "@/shared/api/save-target";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { followExport, unfollowExports } from "./followed";

export type ExportList = Got<"/api/exports">;
export type Export = ExportList["items"][number];
export type ExportStatus = Export["status"];
export type NewExport = PostBody<"/api/exports">;

/** From more rows than this on a job writes the file; fewer are downloaded at once. */
export const MOST_AT_ONCE = 10_000;
/** From this many bytes on a file goes straight to the disk where the browser can do that, rather than through memory. */
const LARGE_BYTES = 100_000_000;
const LOOK_EVERY = 1_000;

/** Whether its job is still to end. */
export function isOpen(status: ExportStatus): boolean {
  return status === "queued" || status === "running";
}

/** One's own exports, newest first; looked at every second while one of them is not finished. */
export const exportsQuery = queryOptions({
  queryKey: ["exports"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/exports", { signal })),
  refetchInterval: (query) =>
    query.state.data?.items.some((item) => isOpen(item.status)) ? LOOK_EVERY : false,
});

/** What can be done with exports; each tells when it failed. */
export function useExportActions() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: exportsQuery.queryKey });
  const path = (id: string) => ({ params: { path: { id } } });
  const start = useMutation({
    mutationFn: (body: NewExport) => unwrap(api.POST("/api/exports", { body })),
    onSuccess: (made) => {
      followExport(made.id);
      return refresh();
    },
    onError: (error) => showFailure("exports.startFailed", error),
  });
  const cancel = useMutation({
    mutationFn: (id: string) => unwrap(api.POST("/api/exports/{id}/cancel", path(id))),
    onError: (error) => showFailure("exports.cancelFailed", error),
    onSettled: refresh,
  });
  const retry = useMutation({
    mutationFn: (id: string) => unwrap(api.POST("/api/exports/{id}/retry", path(id))),
    onSuccess: (made) => followExport(made.id),
    onError: (error) => showFailure("exports.startFailed", error),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      unwrapEmpty(api.DELETE("/api/exports/{id}", path(id))).catch((error) => {
        // One that is gone already is what was wanted.
        if (!asApiError(error).isNotFound) throw error;
      }),
    onSuccess: (_, id) => {
      unfollowExports([id]);
      showToast({ text: { key: "exports.removed" } });
    },
    onError: (error) => showFailure("exports.removeFailed", error),
    onSettled: refresh,
  });
  return { start, cancel, retry, remove };
}

/** Saves the file of an export that is ready. */
export async function saveExport(item: Export): Promise<void> {
  const path = `/api/exports/${item.id}/download`;
  const name = item.file_name ?? `lode.${item.format}`;
  try {
    const target = (item.bytes ?? 0) > LARGE_BYTES ? await pickSaveTarget(name) : "none";
    if (target === "closed") return;
    if (target === "none") await downloadFile(path, name);
    else await pipeFile(path, {}, await target.createWritable());
  } catch (error) {
    showFailure("download.failed", error);
  }
}
