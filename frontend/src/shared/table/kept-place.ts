import type { CompanyRef } from "@/shared/actions/company-actions";

/** Where a person stood in a table: the row by place and key, and what was selected. It outlives a reload of the page. */
export type KeptPlace = {
  /** The question that the table answered; another answer begins at its top. */
  identity: string;
  index: number;
  key: string | null;
  selected: readonly (readonly [key: string, company: CompanyRef])[];
};

const PREFIX = "lode.table:";

/** What was kept for a table in this window; null when there is nothing, or nothing that can be read. */
export function readPlace(table: string): KeptPlace | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PREFIX + table) ?? "null");
    return isPlace(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps a place for this window. A storage that is full or forbidden only costs the convenience. */
export function keepPlace(table: string, place: KeptPlace): void {
  try {
    sessionStorage.setItem(PREFIX + table, JSON.stringify(place));
  } catch {
    // Without storage the table begins at its top after a reload.
  }
}

function isPlace(kept: unknown): kept is KeptPlace {
  if (typeof kept !== "object" || kept === null) return false;
  const { identity, index, key, selected } = kept as Record<string, unknown>;
  return (
    typeof identity === "string" &&
    typeof index === "number" &&
    Number.isSafeInteger(index) &&
    index >= 0 &&
    (key === null || typeof key === "string") &&
    Array.isArray(selected) &&
    selected.every(
      (entry) => Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1]?.orgnr === "string",
    )
  );
}
