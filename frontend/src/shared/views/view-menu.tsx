import { type FormEvent, type ReactElement, useState } from "react";
import type { PostBody } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Menu, MenuItem, MenuLine } from "@/shared/ui/menu";
import { ErrorState } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { NameAndScope, type Scope } from "./name-and-scope";
import { type SavedView, useDeleteView, useRestoreView, useUpdateView } from "./queries";

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

function RenameDialog({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const { t } = useI18n();
  const [name, setName] = useState(view.name);
  const [scope, setScope] = useState<Scope>(view.scope === "team" ? "team" : "private");
  const update = useUpdateView();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await update.mutateAsync({ view, change: { name: name.trim(), scope } });
      onClose();
    } catch {
      // The form shows what was refused.
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("universe.views.rename")}
      className="max-w-[26rem]"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <NameAndScope name={name} scope={scope} onName={setName} onScope={setScope}>
          <Button type="submit" look="primary" disabled={name.trim() === "" || update.isPending}>
            {t("action.save")}
          </Button>
        </NameAndScope>
        {update.isError && <ErrorState compact error={update.error} />}
      </form>
    </Dialog>
  );
}
