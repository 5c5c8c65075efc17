import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { CompanyRef } from "@/shared/actions/company-actions";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import type { PickHow } from "./grid";

/** Rows that one gesture may select; a larger result is kept as a list instead. */
const MOST_SELECTED = 10_000;

/** Rows of one answer. */
const PAGE = 1_000;

/** Rows of a table by their place in it. */
export type SelectableRows<Row extends CompanyRef> = {
  total: number;
  /** A row that is loaded. */
  rowAt: (index: number) => Row | undefined;
  /** Who a row is; it never changes. */
  keyOf: (row: Row) => string;
  /** Asks the server for so many rows from a place on, also such as were never in view; not needed where all are loaded. */
  fetch?: (offset: number, limit: number) => Promise<readonly Row[]>;
};

export type RowSelection<Row extends CompanyRef> = {
  /** The keys of the selected rows. */
  selected: ReadonlySet<string>;
  /** Their companies with names, where they are known, in the order in which they were selected. */
  companies: readonly CompanyRef[];
  entries: ReadonlyMap<string, CompanyRef>;
  toggle: (row: Row) => void;
  /** Selects as a click or a key says: this row, everything from the anchor to it, or the whole table. */
  pick: (index: number, how: PickHow) => void;
  /** Where the next range begins. */
  setAnchor: (index: number) => void;
  add: (entries: Iterable<readonly [key: string, company: CompanyRef]>) => void;
  /** Takes rows out that are no longer there. */
  drop: (keys: Iterable<string>) => void;
  clear: () => void;
};

/** Which rows are selected. They stay so while the table changes; a range may reach over rows not loaded yet. */
export function useRowSelection<Row extends CompanyRef>(
  rows: SelectableRows<Row>,
  initial: Iterable<readonly [string, CompanyRef]> = [],
): RowSelection<Row> {
  const [entries, setEntries] = useState<ReadonlyMap<string, CompanyRef>>(() => new Map(initial));
  const anchor = useRef(0);

  // What a pick looks at is read when it happens: `pick` itself stays the same, so that rows need not be drawn anew.
  const latest = useRef(rows);
  useLayoutEffect(() => {
    latest.current = rows;
  });
  const add = useCallback(
    (more: Iterable<readonly [string, CompanyRef]>) => setEntries((before) => new Map([...before, ...more])),
    [],
  );
  const addRows = useCallback(
    (more: readonly Row[]) => add(more.map((row) => [latest.current.keyOf(row), refOf(row)] as const)),
    [add],
  );
  const toggle = useCallback((row: Row) => {
    const key = latest.current.keyOf(row);
    setEntries((before) => {
      const next = new Map(before);
      if (!next.delete(key)) next.set(key, refOf(row));
      return next;
    });
  }, []);
  const drop = useCallback((keys: Iterable<string>) => {
    setEntries((before) => {
      const next = new Map(before);
      for (const key of keys) next.delete(key);
      return next;
    });
  }, []);
  const clear = useCallback(() => setEntries(new Map()), []);
  const setAnchor = useCallback((index: number) => {
    anchor.current = index;
  }, []);

  const pick = useCallback(
    (index: number, how: PickHow) => {
      const { rowAt, total, fetch } = latest.current;
      if (how === "toggle") {
        const row = rowAt(index);
        anchor.current = index;
        if (row) toggle(row);
        return;
      }
      const [first, last] =
        how === "all" ? [0, total - 1] : [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      if (last - first >= MOST_SELECTED) {
        showToast({ text: { key: "table.selectTooMany", values: { count: MOST_SELECTED } } });
        return;
      }
      const loaded: Row[] = [];
      for (let at = first; at <= last; at += 1) {
        const row = rowAt(at);
        if (row) loaded.push(row);
      }
      if (!fetch || loaded.length === last - first + 1) addRows(loaded);
      else {
        fetchBetween(fetch, first, last).then(addRows, (error: unknown) =>
          showFailure("table.selectFailed", error),
        );
      }
    },
    [addRows, toggle],
  );
  const selected = useMemo(() => new Set(entries.keys()), [entries]);
  const companies = useMemo(() => [...entries.values()], [entries]);
  return { selected, companies, entries, toggle, pick, setAnchor, add, drop, clear };
}

function refOf(row: CompanyRef): CompanyRef {
  return { orgnr: row.orgnr, name: row.name };
}

async function fetchBetween<Row>(
  fetch: (offset: number, limit: number) => Promise<readonly Row[]>,
  first: number,
  last: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let offset = first; offset <= last; offset += PAGE) {
    const page = await fetch(offset, Math.min(PAGE, last - offset + 1));
    rows.push(...page);
    if (page.length === 0) break;
  }
  return rows;
}
