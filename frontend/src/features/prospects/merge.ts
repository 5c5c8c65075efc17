import type { Prospect, ProspectChange } from "@/shared/prospects/queries";

/** A change that somebody wants, with the prospect as they saw it. */
export type Edit = { card: Prospect; change: ProspectChange };

/** A change that meets somebody else's in the same fields. */
export type Clash = Edit & { now: Prospect; fields: readonly (keyof ProspectChange)[] };

/** What a field of a prospect is; `removed` stands for the moment it was removed. */
export function fieldValue(prospect: Prospect, field: keyof ProspectChange): unknown {
  if (field === "removed") return Boolean(prospect.removed_at);
  return prospect[field] ?? null;
}

/**
 * Puts changes upon what is there now. A field that only one side changed is kept from that side; fields that both
 * changed, to different values, are clashes that a person must decide.
 */
export function rebase(
  edits: readonly Edit[],
  present: readonly Prospect[],
): { edits: Edit[]; clashes: Clash[] } {
  const byId = new Map(present.map((prospect) => [prospect.id, prospect]));
  const clashes: Clash[] = [];
  const rebased = edits.map((edit) => {
    const now = byId.get(edit.card.id);
    if (!now) return edit;
    const fields = (Object.keys(edit.change) as (keyof ProspectChange)[]).filter((field) => {
      const theirs = fieldValue(now, field);
      return theirs !== fieldValue(edit.card, field) && theirs !== (edit.change[field] ?? null);
    });
    if (fields.length > 0) clashes.push({ ...edit, now, fields });
    return { card: now, change: edit.change };
  });
  return { edits: rebased, clashes };
}

/** The changes without the fields that clash: theirs are kept, the rest of one's own too. */
export function withoutClashes(edits: readonly Edit[], clashes: readonly Clash[]): Edit[] {
  return edits.flatMap((edit) => {
    const clash = clashes.find((one) => one.card.id === edit.card.id);
    if (!clash) return [edit];
    const left = Object.entries(edit.change).filter(([field]) => !clash.fields.some((one) => one === field));
    return left.length === 0 ? [] : [{ card: edit.card, change: Object.fromEntries(left) as ProspectChange }];
  });
}
