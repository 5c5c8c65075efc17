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

/** What the address of a new run says: its kind and template, and the list or the screen (filter language, free words) that it is over. */
export function newRunSearch(raw: Record<string, unknown>): {
  kind?: RunKind;
  template?: string;
  list?: string;
  filter?: string;
  q?: string;
} {
  const [kind, template, list] = [kindOf(raw.kind), text(raw.template), text(raw.list)];
  const [filter, q] = [text(raw.filter), text(raw.q)];
  return {
    ...(kind && { kind }),
    ...(template && { template }),
    ...(list && { list }),
    ...(filter && { filter }),
    ...(q && { q }),
  };
}

/** What the address of one run says: which companies, and the one whose analysis is open. */
export function runSearch(raw: Record<string, unknown>): {
  state?: string;
  offset?: number;
  company?: string;
} {
  const [state, company] = [text(raw.state), text(raw.company)];
  const offset = Number(raw.offset);
  return {
    ...(state && { state }),
    ...(Number.isInteger(offset) && offset > 0 && { offset }),
    ...(company && { company }),
  };
}

/** What the address of a new template says: the one that it is a copy of. */
export function newTemplateSearch(raw: Record<string, unknown>): { from?: string } {
  const from = text(raw.from);
  return from ? { from } : {};
}

/** What the address of a template says: the version, where it is not the newest one. */
export function templateSearch(raw: Record<string, unknown>): { version?: number } {
  const version = Number(raw.version);
  return Number.isInteger(version) && version > 0 ? { version } : {};
}
