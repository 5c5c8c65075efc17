import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { api, type Posted, unwrap } from "@/shared/api/client";
import type { ApiError } from "@/shared/api/problem";
import { showFailure } from "@/shared/ui/toast-store";

/** A node of the filter tree in the API's JSON form. */
export type FilterNode =
  | { field: string; op: string; value?: unknown }
  | { all: FilterNode[] }
  | { any: FilterNode[] }
  | { not: FilterNode };

export type ParsedFilter = Posted<"/api/universe/parse">;
export type FilterPart = { text: string; filter: FilterNode; fields: readonly string[] };

/** Which companies: the filter as text, or as a tree while it is being dragged, and free words. */
export type Selection = { text?: string; filter?: FilterNode; q?: string };

/** The text form read by the server: canonical text, tree, and one part per chip. */
export const parseQuery = (text: string) =>
  queryOptions({
    queryKey: ["universe", "parse", text],
    queryFn: ({ signal }) => unwrap(api.POST("/api/universe/parse", { body: { text }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** Turns a tree into the canonical text and remembers its parts, so that showing them needs no second call. */
export async function printFilter(
  queries: QueryClient,
  nodes: readonly FilterNode[],
): Promise<string | undefined> {
  if (nodes.length === 0) return undefined;
  const parsed = await unwrap(api.POST("/api/universe/parse", { body: { filter: { all: [...nodes] } } }));
  queries.setQueryData(parseQuery(parsed.text).queryKey, parsed);
  return parsed.text || undefined;
}

/**
 * Whether the filter is about to be another one. When the server could not be asked, a message says so and the filter
 * stays as it was.
 */
type Changes = Promise<boolean>;

export type FilterState = {
  parts: readonly FilterPart[];
  /** The fault in the text, when it cannot be read. */
  error: ApiError | null;
  pending: boolean;
  /** Other conditions in the place of all. */
  replace: (nodes: readonly FilterNode[]) => Changes;
  /** All conditions but the one at `index`. */
  remove: (index: number) => Changes;
  /** The conditions with whatever part is about this field alone replaced, or removed (null node). */
  setField: (field: string, node: FilterNode | null) => Changes;
  /** The same for several fields at once, one condition each. */
  setFields: (nodes: readonly FilterNode[]) => Changes;
};

/** One empty list, so that what is computed from it stays the same object. */
const NO_PARTS: readonly FilterPart[] = [];

/** The parts of the filter in the address, and how to change them; `commit` puts the new text into the address. */
export function useFilter(text: string | undefined, commit: (text: string | undefined) => void): FilterState {
  const queries = useQueryClient();
  const latest = useRef(0);
  const parsed = useQuery({ ...parseQuery(text ?? ""), enabled: text !== undefined });
  const parts = (text === undefined ? NO_PARTS : (parsed.data?.parts ?? NO_PARTS)) as readonly FilterPart[];

  const replace = useCallback(
    async (nodes: readonly FilterNode[]) => {
      latest.current += 1;
      const turn = latest.current;
      try {
        const next = await printFilter(queries, nodes);
        // Answers may overtake one another; the last change is the one that counts.
        if (turn !== latest.current) return true;
        commit(next);
        return next !== text;
      } catch (error) {
        showFailure("universe.filterFailed", error);
        return false;
      }
    },
    [text, commit, queries],
  );

  const remove = useCallback(
    (index: number) => replace(parts.flatMap((part, place) => (place === index ? [] : [part.filter]))),
    [parts, replace],
  );

  const setField = useCallback(
    (field: string, node: FilterNode | null) => replace(replaceField(parts, field, node)),
    [parts, replace],
  );

  const setFields = useCallback(
    (nodes: readonly FilterNode[]) => {
      let next = parts;
      for (const node of nodes) {
        if (!("field" in node)) continue;
        next = withField(next, node.field, node);
      }
      return replace(next.map((part) => part.filter));
    },
    [parts, replace],
  );

  return {
    parts,
    error: (parsed.error as ApiError | null) ?? null,
    pending: parsed.isFetching,
    replace,
    remove,
    setField,
    setFields,
  };
}

/** True when a part is one condition on this field, which an editor of the field may replace. */
export function isAbout(part: FilterPart, field: string): boolean {
  return "field" in part.filter && part.filter.field === field;
}

/** The conditions with those of one field replaced by `node`, at the place of the first of them. */
export function replaceField(
  parts: readonly FilterPart[],
  field: string,
  node: FilterNode | null,
): FilterNode[] {
  const nodes: FilterNode[] = [];
  let placed = false;
  for (const part of parts) {
    if (!isAbout(part, field)) nodes.push(part.filter);
    else if (node && !placed) {
      nodes.push(node);
      placed = true;
    }
  }
  if (node && !placed) nodes.push(node);
  return nodes;
}

/** As `replaceField`, as parts that have no text yet. */
export function withField(
  parts: readonly FilterPart[],
  field: string,
  node: FilterNode | null,
): readonly FilterPart[] {
  return replaceField(parts, field, node).map((filter) => ({
    text: "",
    filter,
    fields: "field" in filter ? [filter.field] : [],
  }));
}

/** The range that the conditions on one field leave, null where it is open. */
export function rangeOf(
  parts: readonly FilterPart[],
  field: string,
): { min: number | null; max: number | null } {
  let min: number | null = null;
  let max: number | null = null;
  for (const part of parts) {
    if (!isAbout(part, field) || !("field" in part.filter)) continue;
    const { op, value } = part.filter;
    if (op === "between" && Array.isArray(value)) {
      min = Number(value[0]);
      max = Number(value[1]);
    } else if (op === ">=" || op === ">") min = Number(value);
    else if (op === "<=" || op === "<") max = Number(value);
    else if (op === "=") {
      min = Number(value);
      max = Number(value);
    }
  }
  return { min, max };
}

/** Which ends of a range are left out of it: `>` rather than `>=`, `<` rather than `<=`. */
export type OpenEnds = { above: boolean; below: boolean };

const CLOSED: OpenEnds = { above: false, below: false };

/** Whether the condition leaves its ends out. */
export function openEnds(part: FilterPart | null): OpenEnds {
  if (!part || !("field" in part.filter)) return CLOSED;
  return { above: part.filter.op === ">", below: part.filter.op === "<" };
}

/** The condition for a range of numbers or days, or null when it is open at both ends. */
export function rangeCondition(
  field: string,
  min: number | string | null,
  max: number | string | null,
  { above, below }: OpenEnds = CLOSED,
): FilterNode | null {
  const low: FilterNode | null = min === null ? null : { field, op: above ? ">" : ">=", value: min };
  const high: FilterNode | null = max === null ? null : { field, op: below ? "<" : "<=", value: max };
  if (!low || !high) return low ?? high;
  if (above || below) return { all: [low, high] };
  return min === max ? { field, op: "=", value: min } : { field, op: "between", value: [min, max] };
}

/** The codes chosen for a category field. */
export function codesOf(parts: readonly FilterPart[], field: string): readonly string[] {
  for (const part of parts) {
    if (!isAbout(part, field) || !("field" in part.filter)) continue;
    const { op, value } = part.filter;
    if (op === "in" && Array.isArray(value)) return value.map(String);
    if (op === "=") return [String(value)];
  }
  return [];
}

/** The condition for a choice of codes, or null for none. */
export function codesCondition(field: string, codes: readonly string[]): FilterNode | null {
  return codes.length === 0 ? null : { field, op: "in", value: [...codes] };
}
