import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api, type PostBody, type Posted, unwrap } from "@/shared/api/client";
import { useDelayed } from "@/shared/ui/use-delayed";
import type { Selection } from "./filter";
import type { SortKey } from "./search-params";

export type QueryAnswer = Posted<"/api/universe/query">;
export type Row = QueryAnswer["rows"][number];
export type HistogramRequest = NonNullable<PostBody<"/api/universe/query">["histograms"]>[number];

const PAGE = 100;

type Screen = { selection: Selection; sort: readonly SortKey[]; columns: readonly string[] };

function ask(screen: Screen, offset: number, limit: number, signal?: AbortSignal): Promise<QueryAnswer> {
  return unwrap(
    api.POST("/api/universe/query", {
      body: {
        ...screen.selection,
        sort: screen.sort.length > 0 ? [...screen.sort] : undefined,
        columns: [...screen.columns],
        limit,
        offset,
      },
      signal,
    }),
  );
}

/** Rows of a screen from a place on, asked for once: for what reaches beyond the rows in view. */
export async function fetchRows(screen: Screen, offset: number, limit: number): Promise<readonly Row[]> {
  return (await ask(screen, offset, limit)).rows;
}

const pageQuery = (screen: Screen, page: number) =>
  queryOptions({
    queryKey: ["universe", "rows", screen, page],
    queryFn: ({ signal }) => ask(screen, page * PAGE, PAGE, signal),
    retry: false,
  });

type Kept = {
  total: number;
  hidden: number;
  missing: readonly string[];
  tookMs: number;
  dataVersion: string;
  pages: ReadonlyMap<number, readonly Row[]>;
};

export type UniverseRows = {
  total: number | null;
  /** Companies that would be among them but are excluded. */
  hidden: number;
  /** What the answer lacks because the database did not answer. */
  missing: readonly string[];
  tookMs: number | null;
  dataVersion: string | null;
  rowAt: (index: number) => Row | undefined;
  /** The companies of the pages that are loaded, page by page. */
  orgnrs: readonly (readonly string[])[];
  /** A newer answer is on its way; the rows are those of the answer before. */
  busy: boolean;
  error: unknown;
  retry: () => void;
};

/**
 * The rows of a screen, a page at a time around what is in view. While a new screen is being answered the old rows
 * stay; calls that nobody waits for any more are aborted.
 */
export function useUniverseRows(
  screen: Screen,
  visible: { first: number; end: number },
  enabled = true,
): UniverseRows {
  const first = Math.floor(visible.first / PAGE);
  const last = Math.max(first, Math.floor(Math.max(visible.first, visible.end - 1) / PAGE));
  // A dragged scrollbar flies over pages that need not be fetched.
  const range = useDelayed(`${first}:${last}`, 60);
  const [from, to] = range.split(":").map(Number) as [number, number];
  const pages = Array.from({ length: Math.min(4, to - from + 1) }, (_, index) => from + index);
  const results = useQueries({ queries: pages.map((page) => ({ ...pageQuery(screen, page), enabled })) });

  const fresh = results.find((result) => result.data)?.data;
  const [kept, setKept] = useState<Kept | null>(null);
  const rowsByPage = new Map<number, readonly Row[]>();
  results.forEach((result, index) => {
    if (result.data) rowsByPage.set(pages[index] ?? 0, result.data.rows);
  });
  const stamp = results.map((result) => result.dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp stands for the pages' contents.
  useEffect(() => {
    if (fresh)
      setKept({
        total: fresh.total,
        hidden: fresh.hidden_by_exclusions,
        missing: fresh.missing ?? [],
        tookMs: fresh.took_ms,
        dataVersion: String(fresh.data_version),
        pages: rowsByPage,
      });
  }, [fresh, stamp]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp stands for the pages' contents.
  const orgnrs = useMemo(
    () => results.flatMap(({ data }) => (data ? [data.rows.map((row) => row.orgnr)] : [])),
    [stamp],
  );
  const failed = results.find((result) => result.isError);
  const shown: Kept | null = fresh
    ? {
        total: fresh.total,
        hidden: fresh.hidden_by_exclusions,
        missing: fresh.missing ?? [],
        tookMs: fresh.took_ms,
        dataVersion: String(fresh.data_version),
        pages: rowsByPage,
      }
    : kept;
  return {
    total: shown?.total ?? null,
    hidden: shown?.hidden ?? 0,
    missing: shown?.missing ?? [],
    tookMs: shown?.tookMs ?? null,
    dataVersion: shown?.dataVersion ?? null,
    rowAt: (index) => shown?.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    orgnrs,
    busy: enabled && !fresh && !failed,
    error: failed?.error ?? null,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}

/** Where the counts and histograms stand among the answers that are kept. */
export const DISTRIBUTIONS = ["universe", "distributions"] as const;

/** Counts and histograms of a selection, without rows. The previous ones stay while new ones are on their way. */
export function useDistributions(
  selection: Selection,
  facets: readonly string[],
  histograms: readonly HistogramRequest[],
  enabled: boolean,
) {
  return useQuery({
    queryKey: [...DISTRIBUTIONS, selection, facets, histograms],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/api/universe/query", {
          body: { ...selection, limit: 0, columns: [], facets: [...facets], histograms: [...histograms] },
          signal,
        }),
      ),
    enabled: enabled && facets.length + histograms.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
