import { type ReactElement, useState } from "react";
import type { PostBody } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { lazyPart } from "@/shared/ui/lazy-part";
import { Menu, MenuItem, MenuLine } from "@/shared/ui/menu";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { type SavedView, useDeleteView, useRestoreView, useUpdateView } from "./queries";

const RenameDialog = lazyPart(() => import("./rename-view-dialog"), { frame: "dialog" });

/** What one can do with a view of one's own: keep the screen of now in it, rename, share, delete. */
export function ViewMenu({
  view,
  contents,
  trigger,
  onDeleted,
}: {
  view: SavedView;
  /** The screen of now, to be kept in the view; left out where there is none. */
  contents?: () => Promise<Partial<PostBody<"/api/views">>>;
  trigger: ReactElement;
  onDeleted?: () => void;
}) {
  const { t } = useI18n();
  const [renaming, setRenaming] = useState(false);
  const update = useUpdateView();
  const remove = useDeleteView();
  const restore = useRestoreView();
  const keep = async () => {
    if (!contents) return;
    try {
      const { version } = await update.mutateAsync({ view, change: await contents() });
      showToast({
        text: { key: "universe.views.updated", values: { name: view.name } },
        // The view as it was, on top of the version that the change made.
        undo: () => update.mutateAsync({ view: { ...view, version }, change: {} }),
      });
    } catch (error) {
      showFailure("universe.views.updateFailed", error);
    }
  };
  const drop = async () => {
    try {
      await remove.mutateAsync(view.id);
      onDeleted?.();
      showToast({
        text: { key: "universe.views.deleted", values: { name: view.name } },
        undo: () => restore.mutateAsync(view.id),
      });
    } catch (error) {
      showFailure("universe.views.deleteFailed", error);
    }
  };
  return (
    <>
      <Menu align="end" trigger={trigger}>
        {contents && (
          <>
            <MenuItem onSelect={() => void keep()}>{t("universe.views.update")}</MenuItem>
            <MenuLine />
          </>
        )}
        <MenuItem onSelect={() => setRenaming(true)}>{t("universe.views.rename")}</MenuItem>
        <MenuItem onSelect={() => void drop()}>{t("action.delete")}</MenuItem>
      </Menu>
      {renaming && <RenameDialog view={view} onClose={() => setRenaming(false)} />}
    </>
  );
}
