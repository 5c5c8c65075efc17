import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type Got, unwrap, unwrapEmpty } from "@/shared/api/client";
import { announce } from "@/shared/live/announce";

export type Note = Got<"/api/companies/{orgnr}/notes">["items"][number];
export type ActivityEvent = Got<"/api/companies/{orgnr}/activity">["items"][number];
export type NoteKind = "note" | "call" | "email" | "meeting";

/** The notes on a company, newest first. */
export const notesQuery = (orgnr: string) =>
  queryOptions({
    queryKey: ["notes", orgnr],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/companies/{orgnr}/notes", { params: { path: { orgnr } }, signal })),
  });

/** The texts that a note had before. */
export const revisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["notes", "revisions", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/notes/{id}/revisions", { params: { path: { id } }, signal })),
  });

export function writeNote(orgnr: string, body: { body: string; kind: NoteKind; scope: "team" | "private" }) {
  return unwrap(api.POST("/api/companies/{orgnr}/notes", { params: { path: { orgnr } }, body }));
}

export function rewriteNote(note: Note, body: { body: string; kind: NoteKind }) {
  const path = { id: note.id };
  return unwrap(api.PUT("/api/notes/{id}", { params: { path }, body: { ...body, version: note.version } }));
}

/** Deletes a note; `restoreNote` brings it back. */
export function deleteNote(id: string): Promise<void> {
  return unwrapEmpty(api.DELETE("/api/notes/{id}", { params: { path: { id } } }));
}

export function restoreNote(id: string) {
  return unwrap(api.POST("/api/notes/{id}/restore", { params: { path: { id } } }));
}

/** What a note can have made old: the company's notes and log, and the counts on cards. */
export function refreshNotes(queries: QueryClient): Promise<unknown> {
  announce(["notes", "activity", "prospects"]);
  return Promise.all([
    queries.invalidateQueries({ queryKey: ["notes"] }),
    queries.invalidateQueries({ queryKey: ["activity"] }),
    queries.invalidateQueries({ queryKey: ["prospects"] }),
  ]);
}
