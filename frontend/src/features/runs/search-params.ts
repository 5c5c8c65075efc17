import type { RunKind } from "./run-queries";

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const kindOf = (value: unknown): RunKind | undefined =>
  value === "enrichment" || value === "analysis" ? value : undefined;

/** What the address of the page of all runs says. */
export function runsSearch(raw: Record<string, unknown>): { kind?: RunKind } {
  const kind = kindOf(raw.kind);
  return kind ? { kind } : {};
}

/** What the address of a new run says: its kind, and the list or the screen (in the filter language) that it is over. */
export function newRunSearch(raw: Record<string, unknown>): {
  kind?: RunKind;
  list?: string;
  filter?: string;
} {
  const [kind, list, filter] = [kindOf(raw.kind), text(raw.list), text(raw.filter)];
  return { ...(kind && { kind }), ...(list && { list }), ...(filter && { filter }) };
}

/** What the address of one run says: which companies, and those that are shown side by side. */
export function runSearch(raw: Record<string, unknown>): { state?: string; offset?: number } {
  const state = text(raw.state);
  const offset = Number(raw.offset);
  return { ...(state && { state }), ...(Number.isInteger(offset) && offset > 0 && { offset }) };
}
