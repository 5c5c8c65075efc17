import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { listsQuery, refreshLists, type SavedList, undoChange } from "@/shared/lists/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

/** Pours other lists into this one, notes included. */
export function MergeDialog({ list, onClose }: { list: SavedList; onClose: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const lists = useQuery(listsQuery);
  const [from, setFrom] = useState<ReadonlySet<string>>(new Set());
  const [archive, setArchive] = useState(false);
  const merge = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/lists/{id}/merge", {
          params: { path: { id: list.id } },
          body: { from: [...from], archive },
        }),
      ),
    onSettled: () => refreshLists(queries),
  });
  const others = (lists.data?.items ?? []).filter((other) => other.id !== list.id);
  const submit = async () => {
    try {
      const done = await merge.mutateAsync();
      const undo = done.change_id;
      onClose();
      showToast({
        text: { key: "lists.addedCount", values: { count: done.changed, list: list.name } },
        undo: undo ? () => undoChange(queries, undo) : undefined,
      });
    } catch {
      // The dialog shows what was refused.
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("merge.title", { list: list.name })}
      description={t("merge.text")}
      className="w-[min(30rem,calc(100vw-1.5rem))]"
    >
      {lists.isPending ? (
        <LoadingBlock lines={4} />
      ) : lists.isError ? (
        <ErrorState error={lists.error} onRetry={() => void lists.refetch()} />
      ) : others.length === 0 ? (
        <EmptyState title={t("merge.none")} />
      ) : (
        <div className="flex flex-col gap-3">
          <fieldset className="flex max-h-[40vh] flex-col overflow-y-auto">
            <legend className="sr-only">{t("merge.from")}</legend>
            {others.map((other) => (
              <label key={other.id} className="flex h-8 items-center gap-2 rounded-md px-1 hover:bg-hover">
                <input
                  type="checkbox"
                  checked={from.has(other.id)}
                  onChange={() => {
                    const next = new Set(from);
                    if (!next.delete(other.id)) next.add(other.id);
                    setFrom(next);
                  }}
                  className="size-3.5 accent-[var(--accent)]"
                />
                <span className="truncate">{other.name}</span>
                <span className="tabular ml-auto text-ink-2 text-xs">
                  {t("lists.companies", { count: other.item_count ?? 0 })}
                </span>
              </label>
            ))}
          </fieldset>
          <label className="flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={archive}
              onChange={() => setArchive(!archive)}
              className="size-3.5 accent-[var(--accent)]"
            />
            {t("merge.archive")}
          </label>
          {merge.error && <ErrorState compact error={merge.error} />}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button
              look="primary"
              disabled={from.size === 0 || merge.isPending}
              onClick={() => void submit()}
            >
              {t("merge.do")}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
