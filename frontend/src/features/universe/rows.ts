import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { PageRow } from "@/shared/company/page-rows";
import { useDelayed } from "@/shared/ui/use-delayed";
import { type Counts, PAGE, pageQuery, type Screen, type ScreenAnswer, screenQuery } from "./screen-query";

export type Row = PageRow;

/** Counts and histograms by what they are of. */
export type Distributions = Pick<ScreenAnswer, "facets" | "histograms">;
export type Facet = NonNullable<Distributions["facets"]>[string];
export type HistogramData = NonNullable<Distributions["histograms"]>[string];

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
  /** Counts and histograms; the previous ones while new ones are on their way, null before the first. */
  distributions: Distributions | null;
};

/**
 * A screen: its first page with total and counts in one call, and more rows a page at a time around what is in view. While a new
 * screen is being answered the old rows stay; calls that nobody waits for any more are aborted.
 */
export function useUniverseRows(
  screen: Screen,
  counts: Counts,
  visible: { first: number; end: number },
  enabled: boolean,
): UniverseRows {
  const queries = useQueryClient();
  const first = Math.floor(visible.first / PAGE);
  const last = Math.max(first, Math.floor(Math.max(visible.first, visible.end - 1) / PAGE));
  // A dragged scrollbar flies over pages that need not be fetched.
  const range = useDelayed(`${first}:${last}`, 60);
  const [from, to] = range.split(":").map(Number) as [number, number];
  const pages = Array.from({ length: Math.min(4, to - from + 1) }, (_, index) => from + index);
  const whole = useQuery({ ...screenQuery(queries, screen, counts), enabled });
  const isReadable = enabled && !whole.isError;
  const further = useQueries({
    queries: pages.map((page) => ({ ...pageQuery(queries, screen, page), enabled: isReadable && page > 0 })),
  });
  const results = pages.map((page, index) => (page === 0 ? whole : (further[index] ?? whole)));

  const fresh = results.find((result) => result.data)?.data;
  const [kept, setKept] = useState<Kept | null>(null);
  const counted = whole.data ?? null;
  const [keptCounts, setKeptCounts] = useState<Distributions | null>(null);
  useEffect(() => {
    if (counted) setKeptCounts(counted);
  }, [counted]);
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
  const failed = whole.isError ? whole : results.find((result) => result.isError);
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
      for (const result of new Set([whole, ...results])) if (result.isError) void result.refetch();
    },
    distributions: counted ?? keptCounts,
  };
}
