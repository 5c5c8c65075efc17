import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { CompanyRef } from "@/shared/actions/company-actions";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import type { PickHow } from "./grid";

/** Rows that one gesture may select; a larger result is kept as a list instead. */
const MOST_SELECTED = 10_000;

/** Rows of one answer. */
const PAGE = 1_000;

/** Companies of a table by their place in it. */
export type CompanyRows = {
  total: number;
  /** A company that is loaded. */
  rowAt: (index: number) => CompanyRef | undefined;
  /** Asks the server for so many companies from a place on, also such as were never in view. */
  fetch: (offset: number, limit: number) => Promise<readonly CompanyRef[]>;
};

export type RowSelection = {
  /** The numbers of the selected companies. */
  selected: ReadonlySet<string>;
  /** The same with their names, where they are known, in the order in which they were selected. */
  companies: readonly CompanyRef[];
  toggle: (orgnr: string) => void;
  /** Selects as a click or a key says: this row, everything from the anchor to it, or the whole table. */
  pick: (index: number, how: PickHow) => void;
  /** Where the next range begins. */
  setAnchor: (index: number) => void;
  add: (orgnrs: readonly string[]) => void;
  clear: () => void;
};

/** Which companies are selected. They stay so while the table changes; a range may reach over rows not loaded yet. */
export function useRowSelection(rows: CompanyRows): RowSelection {
  const [names, setNames] = useState<ReadonlyMap<string, string | null>>(new Map());
  const anchor = useRef(0);

  const addAll = useCallback(
    (companies: readonly CompanyRef[]) =>
      setNames(
        (before) => new Map([...before, ...companies.map(({ orgnr, name }) => [orgnr, name] as const)]),
      ),
    [],
  );
  const add = useCallback(
    (orgnrs: readonly string[]) =>
      setNames(
        (before) =>
          new Map([...before, ...orgnrs.map((orgnr) => [orgnr, before.get(orgnr) ?? null] as const)]),
      ),
    [],
  );
  const toggleOne = useCallback(({ orgnr, name }: CompanyRef) => {
    setNames((before) => {
      const next = new Map(before);
      if (!next.delete(orgnr)) next.set(orgnr, name);
      return next;
    });
  }, []);
  const toggle = useCallback((orgnr: string) => toggleOne({ orgnr, name: null }), [toggleOne]);
  const clear = useCallback(() => setNames(new Map()), []);
  const setAnchor = useCallback((index: number) => {
    anchor.current = index;
  }, []);

  // What a pick looks at is read when it happens: `pick` itself stays the same, so that rows need not be drawn anew.
  const latest = useRef(rows);
  useLayoutEffect(() => {
    latest.current = rows;
  });
  const pick = useCallback(
    (index: number, how: PickHow) => {
      const { rowAt, total, fetch } = latest.current;
      if (how === "toggle") {
        const row = rowAt(index);
        anchor.current = index;
        if (row) toggleOne(row);
        return;
      }
      const [first, last] =
        how === "all" ? [0, total - 1] : [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      if (last - first >= MOST_SELECTED) {
        showToast({ text: { key: "table.selectTooMany", values: { count: MOST_SELECTED } } });
        return;
      }
      const loaded: CompanyRef[] = [];
      for (let at = first; at <= last; at += 1) {
        const row = rowAt(at);
        if (row) loaded.push(row);
      }
      if (loaded.length === last - first + 1) addAll(loaded);
      else {
        fetchBetween(fetch, first, last).then(addAll, (error: unknown) =>
          showFailure("table.selectFailed", error),
        );
      }
    },
    [addAll, toggleOne],
  );
  const selected = useMemo(() => new Set(names.keys()), [names]);
  const companies = useMemo(() => [...names].map(([orgnr, name]) => ({ orgnr, name })), [names]);
  return { selected, companies, toggle, pick, setAnchor, add, clear };
}

async function fetchBetween(fetch: CompanyRows["fetch"], first: number, last: number): Promise<CompanyRef[]> {
  const companies: CompanyRef[] = [];
  for (let offset = first; offset <= last; offset += PAGE) {
    const page = await fetch(offset, Math.min(PAGE, last - offset + 1));
    companies.push(...page);
    if (page.length === 0) break;
  }
  return companies;
}
