import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { History, Lock, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { asApiError } from "@/shared/api/problem";
import { useMay } from "@/shared/auth/me";
import { DraftHint } from "@/shared/drafts/draft-hint";
import { useDraft } from "@/shared/drafts/use-draft";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { Badge } from "@/shared/ui/badge";
import { IconButton } from "@/shared/ui/button";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { NoteBody } from "./note-body";
import { EMPTY_NOTE, isSameBody, type NoteDraft, NoteEditor } from "./note-editor";
import {
  deleteNote,
  type Note,
  type NoteKind,
  notesQuery,
  refreshNotes,
  restoreNote,
  revisionsQuery,
  rewriteNote,
  writeNote,
} from "./notes-queries";

/** The notes on a company, newest first, with a field for a new one above them. */
export function NotesThread({ orgnr }: { orgnr: string }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const mayEdit = useMay("edit_work");
  const notes = useQuery(notesQuery(orgnr));
  const draft = useDraft(`note:${orgnr}`, EMPTY_NOTE, isSameBody);
  const write = useMutation({
    mutationFn: () => writeNote(orgnr, draft.value),
    onSuccess: () => {
      draft.forget();
      return refreshNotes(queries);
    },
  });
  return (
    <div className="flex flex-col gap-3">
      {mayEdit && (
        <>
          <DraftHint draft={draft} />
          <NoteEditor
            draft={draft.value}
            onChange={draft.set}
            busy={write.isPending}
            error={write.error}
            onSave={() => write.mutate()}
          />
        </>
      )}
      {notes.isPending ? (
        <LoadingBlock lines={3} className="px-0" />
      ) : notes.isError ? (
        <ErrorState compact error={notes.error} onRetry={() => void notes.refetch()} />
      ) : notes.data.items.length === 0 ? (
        <p className="text-ink-2 text-xs">
          <span className="font-medium">{t("notes.none")}.</span> {t("notes.noneText")}
        </p>
      ) : (
        <ul className="flex flex-col">
          {notes.data.items.map((note) => (
            <li key={note.id} className="border-line/70 border-t py-2 first:border-0 first:pt-0">
              <OneNote note={note} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function OneNote({ note }: { note: Note }) {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const mayEdit = useMay("edit_work");
  const mayManage = useMay("manage_team_work");
  const [editing, setEditing] = useState<NoteDraft | null>(null);
  const [showsHistory, setShowsHistory] = useState(false);
  const rewrite = useMutation({
    mutationFn: (draft: NoteDraft) => rewriteNote(note, draft),
    onSuccess: async () => {
      setEditing(null);
      await refreshNotes(queries);
    },
    // The newer text is shown below; the next try is made from it.
    onError: (error) => {
      if (asApiError(error).status === 409) void refreshNotes(queries);
    },
  });
  const remove = async () => {
    try {
      await deleteNote(note.id);
    } catch (error) {
      showFailure("prospects.changeFailed", error);
      return;
    }
    await refreshNotes(queries);
    showToast({
      text: { key: "notes.deleted" },
      undo: async () => {
        await restoreNote(note.id);
        await refreshNotes(queries);
      },
    });
  };
  const collided = rewrite.error && asApiError(rewrite.error).status === 409;
  const mayChange = mayEdit && (note.is_own || mayManage);
  return (
    <article className="group flex flex-col gap-1">
      <header className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-0.5 text-ink-2 text-xs">
        <span className="font-medium text-ink">{personName(note.author_name, t) ?? t("notes.gone")}</span>
        {note.kind !== "note" && <Badge tone="accent">{t(`notes.kind.${note.kind as NoteKind}`)}</Badge>}
        {note.scope === "private" && (
          <Badge title={t("activity.private")}>
            <Lock size={10} aria-hidden /> {t("prospects.private")}
          </Badge>
        )}
        <time dateTime={note.created_at} title={formatDateTime(note.created_at)}>
          {formatAgo(note.created_at, locale)}
        </time>
        {note.version > 1 && <span>{t("notes.edited", { ago: formatAgo(note.updated_at, locale) })}</span>}
        <span className="ml-auto flex">
          {note.version > 1 && (
            <IconButton
              size="sm"
              label={t("notes.history")}
              aria-expanded={showsHistory}
              onClick={() => setShowsHistory(!showsHistory)}
            >
              <History size={13} aria-hidden />
            </IconButton>
          )}
          {mayChange && !editing && (
            <>
              <IconButton
                size="sm"
                label={t("notes.edit")}
                onClick={() =>
                  setEditing({
                    body: note.body,
                    kind: note.kind as NoteKind,
                    scope: note.scope as "team" | "private",
                  })
                }
              >
                <Pencil size={13} aria-hidden />
              </IconButton>
              <IconButton size="sm" label={t("notes.delete")} onClick={() => void remove()}>
                <Trash2 size={13} aria-hidden />
              </IconButton>
            </>
          )}
        </span>
      </header>
      {editing && (
        <NoteEditor
          autoFocus
          withScope={false}
          draft={editing}
          onChange={setEditing}
          busy={rewrite.isPending}
          error={collided ? null : rewrite.error}
          onSave={() => rewrite.mutate(editing)}
          onCancel={() => setEditing(null)}
        />
      )}
      {editing && collided && (
        <p role="alert" className="text-warn text-xs">
          {t("notes.changedMeanwhile")}
        </p>
      )}
      {(!editing || collided) && <NoteBody body={note.body} />}
      {showsHistory && <Revisions id={note.id} />}
    </article>
  );
}

function Revisions({ id }: { id: string }) {
  const { t, locale } = useI18n();
  const revisions = useQuery(revisionsQuery(id));
  if (revisions.isPending) return <LoadingBlock lines={2} className="px-0" />;
  if (revisions.isError) return <ErrorState compact error={revisions.error} />;
  return (
    <ol className="flex flex-col gap-2 border-line border-l-2 pl-3">
      {revisions.data.items.map((revision) => (
        <li key={revision.version} className="text-ink-2">
          <p className="text-xs">
            {t("notes.replaced", {
              ago: formatAgo(revision.replaced_at, locale),
              name: personName(revision.replaced_by_name, t) ?? t("notes.gone"),
            })}
          </p>
          <NoteBody body={revision.body} />
        </li>
      ))}
    </ol>
  );
}
