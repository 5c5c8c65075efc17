import { useMutation, useQueryClient } from "@tanstack/react-query";
import { BookmarkPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { Button } from "@/shared/ui/button";
import { Popover } from "@/shared/ui/menu";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";
import { NameAndScope, type Scope } from "@/shared/views/name-and-scope";
import { useSaveView } from "@/shared/views/queries";
import type { Selection } from "./filter";
import type { UniverseSearch } from "./search-params";
import { viewContents } from "./view-body";

/** Keeps the screen as a view, or its companies (the selected ones, if any) as a list. */
export function SaveMenu({
  search,
  selection,
  selected,
  onSavedView,
}: {
  search: UniverseSearch;
  selection: Selection;
  selected: ReadonlySet<string>;
  onSavedView: (id: string) => void;
}) {
  const { t } = useI18n();
  const { unit } = usePreferences();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<"view" | "list">("view");
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("private");
  const queries = useQueryClient();
  const saveView = useSaveView();
  const saveList = useMutation({
    onSettled: () => queries.invalidateQueries({ queryKey: ["lists"] }),
    mutationFn: () =>
      selected.size > 0
        ? unwrap(api.POST("/api/lists", { body: { name, scope, orgnrs: [...selected] } }))
        : unwrap(api.POST("/api/lists/from_query", { body: { ...selection, name, list_scope: scope } })),
  });
  const error = kind === "view" ? saveView.error : saveList.error;
  const isBusy = saveView.isPending || saveList.isPending;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || isBusy) return;
    try {
      if (kind === "view") {
        const view = await saveView.mutateAsync({
          name,
          scope,
          ...(await viewContents(search, unit)),
        });
        onSavedView(view.id);
        showToast({ text: { key: "universe.saved", values: { name } } });
      } else {
        const list = await saveList.mutateAsync();
        showToast({ text: { key: "universe.savedList", values: { name, count: list.item_count ?? 0 } } });
      }
    } catch {
      // The form shows what was refused.
      return;
    }
    setOpen(false);
    setName("");
  };

  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t("universe.save")}
      trigger={
        <Button look="ghost">
          <BookmarkPlus size={14} aria-hidden /> <span className="max-sm:sr-only">{t("universe.save")}</span>
        </Button>
      }
    >
      <form onSubmit={(event) => void submit(event)} className="flex w-64 flex-col gap-2.5">
        <Segmented
          label={t("universe.save")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "view", label: t("universe.save.view") },
            {
              value: "list",
              label:
                selected.size > 0
                  ? t("universe.save.selected", { count: selected.size })
                  : t("universe.save.list"),
            },
          ]}
        />
        <NameAndScope name={name} scope={scope} onName={setName} onScope={setScope}>
          <Button type="submit" look="primary" disabled={name.trim() === "" || isBusy}>
            {t("universe.save")}
          </Button>
        </NameAndScope>
        {error && <ErrorState compact error={error} />}
      </form>
    </Popover>
  );
}
