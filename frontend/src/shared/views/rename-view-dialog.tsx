import { type FormEvent, useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorState } from "@/shared/ui/states";
import { NameAndScope, type Scope } from "./name-and-scope";
import { type SavedView, useUpdateView } from "./queries";

/** A view's name, and who sees it. */
export default function RenameDialog({ view, onClose }: { view: SavedView; onClose: () => void }) {
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
