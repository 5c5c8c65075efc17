import { useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import { deleteList, refreshLists, type SavedList } from "@/shared/lists/queries";
import { showFailure, showToast } from "@/shared/ui/toast-store";

/** The link of a message to the list that it tells of. */
export function linkToList(id: string) {
  return { text: { key: "lists.open" }, to: `/lists/${id}` } as const;
}

/** What is done with a list at once, without a window; each can be taken back. */
export function useListActions() {
  const queries = useQueryClient();
  const refreshed = <T>(work: Promise<T>) => work.finally(() => refreshLists(queries));
  const setArchived = (id: string, archived: boolean) =>
    refreshed(unwrap(api.POST("/api/lists/{id}/archive", { params: { path: { id } }, body: { archived } })));
  const restore = (id: string) =>
    refreshed(unwrap(api.POST("/api/lists/{id}/restore", { params: { path: { id } } })));
  return {
    archive: async (list: SavedList, archived: boolean): Promise<boolean> => {
      try {
        await setArchived(list.id, archived);
      } catch (error) {
        showFailure("lists.failed", error);
        return false;
      }
      showToast({
        text: { key: archived ? "lists.archived" : "lists.unarchived", values: { list: list.name } },
        undo: () => setArchived(list.id, !archived),
      });
      return true;
    },
    remove: async (list: SavedList): Promise<boolean> => {
      try {
        await deleteList(queries, list.id);
      } catch (error) {
        showFailure("lists.failed", error);
        return false;
      }
      showToast({
        text: { key: "lists.deleted", values: { list: list.name } },
        undo: () => restore(list.id),
      });
      return true;
    },
    duplicate: async (list: SavedList, name: string): Promise<SavedList | null> => {
      try {
        const copy = await refreshed(
          unwrap(
            api.POST("/api/lists/{id}/duplicate", { params: { path: { id: list.id } }, body: { name } }),
          ),
        );
        showToast({
          text: { key: "lists.made", values: { list: copy.name } },
          link: linkToList(copy.id),
          undo: () => deleteList(queries, copy.id),
        });
        return copy as SavedList;
      } catch (error) {
        showFailure("lists.failed", error);
        return null;
      }
    },
    freeze: async (list: SavedList): Promise<void> => {
      try {
        const kept = await refreshed(
          unwrap(
            api.PUT("/api/lists/{id}", {
              params: { path: { id: list.id } },
              body: { kind: "static", version: list.version },
            }),
          ),
        );
        showToast({
          text: { key: "lists.frozen", values: { list: kept.name, count: kept.item_count ?? 0 } },
        });
      } catch (error) {
        showFailure("lists.failed", error);
      }
    },
  };
}
