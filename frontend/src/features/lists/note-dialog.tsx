import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { asApiError } from "@/shared/api/problem";
import { DraftHint } from "@/shared/drafts/draft-hint";
import { useDraft } from "@/shared/drafts/use-draft";
import { useI18n } from "@/shared/i18n/i18n";
import { refreshLists } from "@/shared/lists/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorState } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

/** Why a company is on a list. A note that somebody else wrote meanwhile is shown, and nothing is lost. */
export function NoteDialog({
  listId,
  orgnr,
  name,
  note,
  onClose,
}: {
  listId: string;
  orgnr: string;
  name: string;
  note: string | null;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const draft = useDraft(`list-note:${listId}:${orgnr}`, note ?? "");
  const { value: text, set: setText } = draft;
  const [expected, setExpected] = useState(note);
  const [theirs, setTheirs] = useState<string | null>(null);
  const put = (value: string | null, seen: string | null) =>
    unwrap(
      api.PUT("/api/lists/{id}/items/{orgnr}/note", {
        params: { path: { id: listId, orgnr } },
        body: { note: value, expected: seen },
      }),
    ).finally(() => refreshLists(queries));
  const save = useMutation({ mutationFn: () => put(text.trim() || null, expected) });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const done = await save.mutateAsync();
      draft.forget();
      onClose();
      showToast({
        text: { key: "lists.noteSaved", values: { company: name } },
        undo: () => put(done.former ?? null, done.note ?? null),
      });
    } catch (error) {
      const now = asApiError(error).current as { note?: string | null } | null;
      if (asApiError(error).status === 409 && now) {
        setTheirs(now.note ?? "");
        setExpected(now.note ?? null);
      }
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("lists.note")}
      description={name}
      className="w-[min(30rem,calc(100vw-1.5rem))]"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        {theirs !== null && (
          <div role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-sm">
            <p className="font-medium text-warn">{t("lists.noteConflict")}</p>
            <p className="mt-0.5 whitespace-pre-wrap">{theirs || "–"}</p>
            <Button
              size="sm"
              className="mt-1.5"
              onClick={() => {
                setText(text.includes(theirs) ? text : `${theirs}\n${text}`);
                setTheirs(null);
              }}
            >
              {t("lists.noteKeepBoth")}
            </Button>
          </div>
        )}
        <DraftHint draft={draft} />
        <textarea
          autoFocus
          aria-label={t("lists.note")}
          rows={5}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="w-full rounded-md border border-field bg-surface px-2.5 py-2 text-ink text-sm"
        />
        {save.error && theirs === null && <ErrorState compact error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" look="primary" disabled={save.isPending}>
            {t("action.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
