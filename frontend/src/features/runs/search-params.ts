import type { RunKind } from "@/shared/runs/queries";

// A number in the address, such as an organisation number that was searched for, arrives as one.
const text = (value: unknown) => {
  const words = typeof value === "number" ? String(value) : value;
  return typeof words === "string" && words !== "" ? words : undefined;
};
const kindOf = (value: unknown): RunKind | undefined =>
  value === "enrichment" || value === "analysis" ? value : undefined;

/** What the address of the page of all runs says. */
export function runsSearch(raw: Record<string, unknown>): { kind?: RunKind } {
  const kind = kindOf(raw.kind);
  return kind ? { kind } : {};
}

/** What the address of a new run says: its kind, and the list or the screen (filter language, free words) that it is over. */
export function newRunSearch(raw: Record<string, unknown>): {
  kind?: RunKind;
  list?: string;
  filter?: string;
  q?: string;
} {
  const [kind, list, filter, q] = [kindOf(raw.kind), text(raw.list), text(raw.filter), text(raw.q)];
  return { ...(kind && { kind }), ...(list && { list }), ...(filter && { filter }), ...(q && { q }) };
}

/** What the address of one run says: which companies, and those that are shown side by side. */
export function runSearch(raw: Record<string, unknown>): { state?: string; offset?: number } {
  const state = text(raw.state);
  const offset = Number(raw.offset);
  return { ...(state && { state }), ...(Number.isInteger(offset) && offset > 0 && { offset }) };
}
