import type { ReactNode } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";

const MENTION = /@\[([^[\]\n]{1,200})\]\([0-9a-f-]{36}\)/g;

/** A note's text as people read it: mentions as names. */
export function plainNote(body: string): string {
  return body.replace(MENTION, "@$1");
}

/** A note's text with its line breaks; people it calls stand out. */
export function NoteBody({ body }: { body: string }) {
  const { t } = useI18n();
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of body.matchAll(MENTION)) {
    parts.push(body.slice(from, match.index));
    parts.push(
      <span key={match.index} className="rounded-sm bg-accent-soft px-1 font-medium text-accent-strong">
        @{personName(match[1], t)}
      </span>,
    );
    from = match.index + match[0].length;
  }
  parts.push(body.slice(from));
  return <p className="whitespace-pre-wrap break-words">{parts}</p>;
}
