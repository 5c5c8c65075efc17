import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { api, unwrap } from "@/shared/api/client";
import type { ApiError } from "@/shared/api/problem";
import type { FilterNode, FilterPart, ParsedFilter } from "@/shared/filter/node";
import { showFailure } from "@/shared/ui/toast-store";

/** A node of the filter tree in the API's JSON form. */

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

/** The conditions of a filter in text form; an unreadable one is an error, so that no change quietly drops it. */
async function readNodes(queries: QueryClient, text: string | undefined): Promise<readonly FilterNode[]> {
  if (text === undefined) return [];
  return (await queries.ensureQueryData(parseQuery(text))).parts.map((part) => part.filter);
}

/**
 * Whether the filter is about to be another one. When the server could not be asked, a message says so and the filter
 * stays as it was.
 */
type Changes = Promise<boolean>;

/** Conditions made of others; those that stay are the same objects. */
type Change = (nodes: readonly FilterNode[]) => readonly FilterNode[];

export type FilterState = {
  parts: readonly FilterPart[];
  /** The fault in the text, when it cannot be read. */
  error: ApiError | null;
  pending: boolean;
  /** The conditions made from those that stand now, or will when the change before this one has been read. */
  edit: (change: Change) => Changes;
  /** All conditions but the one at `index` of `parts`. */
  remove: (index: number) => Changes;
  /** The conditions with whatever is about these fields alone replaced. */
  setFields: (conditions: readonly FieldCondition[]) => Changes;
};

/** One empty list, so that what is computed from it stays the same object. */
const NO_PARTS: readonly FilterPart[] = [];

/** The fault in the text of a filter, where that is why a screen was refused. */
export function textFault(error: unknown): ApiError | null {
  const refusal = error as ApiError | null;
  return refusal?.faults?.some(({ pointer }) => pointer === "/text") ? refusal : null;
}

/**
 * The parts of the filter in the address, which the answer about its screen brings, and how to change them: `ask` answers with the
 * screen of other conditions, `commit` puts their text into the address.
 */
export function useFilter(
  text: string | undefined,
  ask: (nodes: readonly FilterNode[]) => Promise<ParsedFilter>,
  commit: (text: string | undefined) => void,
): Omit<FilterState, "error" | "pending"> {
  const queries = useQueryClient();
  const parsed = useQuery({ ...parseQuery(text ?? ""), enabled: false });
  const parts = text === undefined || !parsed.data ? NO_PARTS : parsed.data.parts;
  // What the last change leaves, while the address does not show it yet: the next one is made from it, so that neither
  // is lost.
  const coming = useRef<readonly FilterNode[] | null>(null);
  // Another address, or none any more, ends what was on its way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is about the address alone.
  useEffect(
    () => () => {
      coming.current = null;
    },
    [text],
  );

  const edit = useCallback(
    async (change: Change) => {
      let mine: readonly FilterNode[] | null = null;
      try {
        const standing = await readNodes(queries, text);
        mine = change(coming.current ?? standing);
        coming.current = mine;
        const next = mine.length === 0 ? undefined : (await ask(mine)).text || undefined;
        // Answers may overtake one another; the last change holds all before it.
        if (coming.current !== mine) return true;
        if (next === text) {
          coming.current = null;
          return false;
        }
        commit(next);
        return true;
      } catch (error) {
        if (coming.current === mine) coming.current = null;
        showFailure("universe.filterFailed", error);
        return false;
      }
    },
    [text, ask, commit, queries],
  );

  const remove = useCallback(
    (index: number) => edit((nodes) => nodes.filter((node) => node !== parts[index]?.filter)),
    [parts, edit],
  );

  const setFields = useCallback(
    (conditions: readonly FieldCondition[]) => edit((nodes) => replaceFields(nodes, conditions)),
    [edit],
  );

  return {
    parts,
    edit,
    remove,
    setFields,
  };
}

/** True when the node is one condition on this field, which an editor of the field may replace. */
export function isAbout(node: FilterNode, field: string): node is Extract<FilterNode, { field: string }> {
  return "field" in node && node.field === field;
}

/** The conditions with those of one field replaced by `node` (null removes them), at the place of the first of them. */
export function replaceField(
  nodes: readonly FilterNode[],
  field: string,
  node: FilterNode | null,
): readonly FilterNode[] {
  const next: FilterNode[] = [];
  let placed = false;
  for (const other of nodes) {
    if (!isAbout(other, field)) next.push(other);
    else if (node && !placed) {
      next.push(node);
      placed = true;
    }
  }
  if (node && !placed) next.push(node);
  return next;
}

/** What one field shall be held to while the address does not say it yet; null for nothing. */
export type FieldCondition = { field: string; node: FilterNode | null };

/** The conditions with each of these in the place of those on its field. */
export function replaceFields(
  nodes: readonly FilterNode[],
  conditions: readonly FieldCondition[],
): readonly FilterNode[] {
  return conditions.reduce((next, { field, node }) => replaceField(next, field, node), nodes);
}

/** The range that the conditions on one field leave, null where it is open. */
export function rangeOf(
  nodes: readonly FilterNode[],
  field: string,
): { min: number | null; max: number | null } {
  let min: number | null = null;
  let max: number | null = null;
  for (const node of nodes) {
    if (!isAbout(node, field)) continue;
    const { op, value } = node;
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
export function openEnds(node: FilterNode | undefined): OpenEnds {
  if (!node || !("field" in node)) return CLOSED;
  const { op, bounds } = node;
  return { above: op === ">" || bounds?.[0] === "(", below: op === "<" || bounds?.[1] === ")" };
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
  if (min === null || max === null || !low || !high) return low ?? high;
  if (above || below) return { all: [low, high] };
  return min === max ? { field, op: "=", value: min } : { field, op: "between", value: [min, max] };
}

/** The codes chosen for a category field. */
export function codesOf(nodes: readonly FilterNode[], field: string): readonly string[] {
  for (const node of nodes) {
    if (!isAbout(node, field)) continue;
    const { op, value } = node;
    if (op === "in" && Array.isArray(value)) return value.map(String);
    if (op === "=") return [String(value)];
  }
  return [];
}

/** The condition for a choice of codes, or null for none. */
export function codesCondition(field: string, codes: readonly string[]): FilterNode | null {
  return codes.length === 0 ? null : { field, op: "in", value: [...codes] };
}
