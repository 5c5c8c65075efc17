import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { asApiError } from "@/shared/api/problem";
import { DraftHint } from "@/shared/drafts/draft-hint";
import { useDraft } from "@/shared/drafts/use-draft";
import { useI18n } from "@/shared/i18n/i18n";
import { refreshLists, type SavedList } from "@/shared/lists/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

type Draft = { name: string; description: string; scope: "private" | "team" };

function draftOf(list: SavedList | null): Draft {
  return {
    name: list?.name ?? "",
    description: list?.description ?? "",
    scope: list?.scope === "team" ? "team" : "private",
  };
}

/**
 * Name, purpose and readers of a list, or of a new empty one. When somebody else changed the list meanwhile, their
 * words are shown beside one's own, and one decides which to keep.
 */
export function EditListDialog({
  list,
  onClose,
  onCreated,
}: {
  list: SavedList | null;
  onClose: () => void;
  onCreated?: (list: SavedList) => void;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const id = useId();
  const written = useDraft(`list:${list?.id ?? "new"}`, draftOf(list));
  const { value: draft, set: setDraft } = written;
  const [version, setVersion] = useState(list?.version);
  const [theirs, setTheirs] = useState<SavedList | null>(null);
  const save = useMutation({
    mutationFn: (body: Draft) =>
      list
        ? unwrap(
            api.PUT("/api/lists/{id}", { params: { path: { id: list.id } }, body: { ...body, version } }),
          )
        : unwrap(api.POST("/api/lists", { body })),
    onSettled: () => refreshLists(queries),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (draft.name.trim() === "") return;
    try {
      const saved = await save.mutateAsync(draft);
      written.forget();
      onClose();
      showToast({ text: { key: list ? "lists.changed" : "lists.made", values: { list: saved.name } } });
      if (!list) onCreated?.(saved as SavedList);
    } catch (error) {
      const problem = asApiError(error);
      if (problem.status === 409 && problem.current) {
        const now = problem.current as SavedList;
        setTheirs(now);
        setVersion(now.version);
      }
    }
  };
  const change = (next: Partial<Draft>) => setDraft({ ...draft, ...next });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(list ? "lists.edit" : "lists.new")}
      className="w-[min(30rem,calc(100vw-1.5rem))]"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <DraftHint draft={written} />
        {theirs && (
          <div role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-sm">
            <p className="font-medium text-warn">{t("lists.conflict")}</p>
            <p className="mt-0.5 text-ink-2">
              {theirs.name}
              {theirs.description ? `: ${theirs.description}` : ""}
            </p>
            <div className="mt-1.5 flex gap-2">
              <Button
                size="sm"
                onClick={() => {
                  setDraft(draftOf(theirs));
                  setTheirs(null);
                }}
              >
                {t("lists.conflictTheirs")}
              </Button>
              <Button size="sm" onClick={() => setTheirs(null)}>
                {t("lists.conflictMine")}
              </Button>
            </div>
          </div>
        )}
        <LabelledField
          label={t("lists.name")}
          autoFocus
          required
          maxLength={200}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <label htmlFor={`${id}-text`} className="flex flex-col gap-1 font-medium text-xs">
          {t("lists.description")}
          <textarea
            id={`${id}-text`}
            rows={3}
            maxLength={2000}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
            className="w-full rounded-md border border-field bg-surface px-2 py-1.5 font-normal text-ink text-sm"
          />
        </label>
        <div className="flex items-center gap-2 text-ink-2 text-xs">
          {t("lists.readers")}
          <Segmented
            size="sm"
            label={t("lists.readers")}
            value={draft.scope}
            onChange={(scope) => change({ scope })}
            options={[
              { value: "private", label: t("lists.private") },
              { value: "team", label: t("lists.team") },
            ]}
          />
        </div>
        {save.error && !theirs && <ErrorState compact error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" look="primary" disabled={draft.name.trim() === "" || save.isPending}>
            {t("action.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
