import { queryOptions, useQueries } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { BY_COLUMNS, type PageRow, rowsOf } from "@/shared/company/page-rows";
import { type Marks, marksQuery } from "@/shared/lists/queries";
import { useDelayed } from "@/shared/ui/use-delayed";

export type Row = PageRow;

const PAGE = 100;

/** Which companies of a list, in which order, with which figures. */
export type ListScreen = {
  listId: string;
  sort: readonly { by: string; dir: "asc" | "desc" }[];
  columns: readonly string[];
  includeExcluded: boolean;
};

/** The question about a list's companies; a list is a condition of a screen like any other. */
export function bodyOf(screen: ListScreen) {
  return {
    filter: { field: "list", op: "in_list", value: screen.listId },
    include_excluded: screen.includeExcluded,
    sort: screen.sort.length > 0 ? [...screen.sort] : undefined,
    columns: [...screen.columns],
  };
}

async function ask(screen: ListScreen, offset: number, limit: number, signal?: AbortSignal) {
  const body = { ...bodyOf(screen), limit, offset, form: BY_COLUMNS };
  const { columns, ...answer } = await unwrap(api.POST("/api/universe/query", { body, signal }));
  return { ...answer, rows: rowsOf(columns) };
}

/** The companies of a list from a place on, asked for once: for what reaches beyond the rows in view. */
export async function fetchCompanies(
  screen: ListScreen,
  offset: number,
  limit: number,
): Promise<readonly Row[]> {
  return (await ask({ ...screen, columns: [] }, offset, limit)).rows;
}

const pageQuery = (screen: ListScreen, page: number) =>
  queryOptions({
    queryKey: ["lists", "rows", screen, page],
    queryFn: ({ signal }) => ask(screen, page * PAGE, PAGE, signal),
    retry: false,
  });

type Kept = { total: number; hidden: number; pages: ReadonlyMap<number, readonly Row[]> };

/** The rows around what is in view with what the list and the organisation note of them; the old ones stay until new ones are here. */
export function useListRows(screen: ListScreen, visible: { first: number; end: number }) {
  const first = Math.floor(visible.first / PAGE);
  const last = Math.max(first, Math.floor(Math.max(visible.first, visible.end - 1) / PAGE));
  const [from, to] = useDelayed(`${first}:${last}`, 60).split(":").map(Number) as [number, number];
  const pages = Array.from({ length: Math.min(4, to - from + 1) }, (_, index) => from + index);
  const results = useQueries({ queries: pages.map((page) => pageQuery(screen, page)) });
  const rows = results.map((result) => result.data?.rows ?? []);
  const marks = useQueries({
    queries: rows.map((page) =>
      marksQuery(
        page.map((row) => row.orgnr),
        screen.listId,
      ),
    ),
  });
  const fresh = results.find((result) => result.data)?.data;
  const [kept, setKept] = useState<Kept | null>(null);
  const now: Kept | null = fresh
    ? {
        total: fresh.total,
        hidden: fresh.hidden_by_exclusions,
        pages: new Map(pages.map((page, index) => [page, rows[index] ?? []])),
      }
    : null;
  const stamp = results.map((result) => result.dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp stands for the pages' contents.
  useEffect(() => {
    if (now) setKept(now);
  }, [fresh, stamp]);
  const shown = now ?? kept;
  const markOf = new Map<string, Marks>();
  for (const result of marks) {
    for (const item of result.data?.items ?? []) markOf.set(item.orgnr, item);
  }
  const failed = results.find((result) => result.isError);
  return {
    total: shown?.total ?? null,
    hidden: shown?.hidden ?? 0,
    rowAt: (index: number) => shown?.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    markOf,
    busy: !fresh && !failed,
    error: failed?.error ?? null,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}
