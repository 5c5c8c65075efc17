import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { DraftHint } from "@/shared/drafts/draft-hint";
import { useDraft } from "@/shared/drafts/use-draft";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { showToast } from "@/shared/ui/toast-store";
import { EMPTY_NOTE, isSameBody, NoteEditor } from "./note-editor";
import { deleteNote, refreshNotes, writeNote } from "./notes-queries";

/** Writes a note on one company from anywhere. */
export default function NoteDialog({ companies, onClose }: CompanyActionProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const company = companies[0];
  const draft = useDraft(`note:${company?.orgnr}`, EMPTY_NOTE, isSameBody);
  const what = company ? (company.name ?? formatOrgnr(company.orgnr)) : "";
  const write = useMutation({
    mutationFn: () => writeNote(company?.orgnr ?? "", draft.value),
    onSuccess: (note) => {
      draft.forget();
      void refreshNotes(queries);
      onClose();
      showToast({
        text: { key: "prospects.noteSaved", values: { what } },
        undo: async () => {
          await deleteNote(note.id);
          await refreshNotes(queries);
        },
      });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("prospects.note")}
      description={what}
      className="w-[min(32rem,calc(100vw-1.5rem))] overflow-visible"
    >
      <DraftHint draft={draft} />
      <NoteEditor
        autoFocus
        draft={draft.value}
        onChange={draft.set}
        busy={write.isPending}
        error={write.error}
        onSave={() => write.mutate()}
        onCancel={onClose}
      />
    </Dialog>
  );
}
