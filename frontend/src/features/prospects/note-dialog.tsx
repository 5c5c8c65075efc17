import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { showToast } from "@/shared/ui/toast-store";
import { type NoteDraft, NoteEditor } from "./note-editor";
import { deleteNote, refreshNotes, writeNote } from "./notes-queries";

/** Writes a note on one company from anywhere. */
export default function NoteDialog({ companies, onClose }: CompanyActionProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<NoteDraft>({ body: "", kind: "note", scope: "team" });
  const company = companies[0];
  const what = company ? (company.name ?? formatOrgnr(company.orgnr)) : "";
  const write = useMutation({
    mutationFn: () => writeNote(company?.orgnr ?? "", draft),
    onSuccess: (note) => {
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
      <NoteEditor
        autoFocus
        draft={draft}
        onChange={setDraft}
        busy={write.isPending}
        error={write.error}
        onSave={() => write.mutate()}
        onCancel={onClose}
      />
    </Dialog>
  );
}
