import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import type { PickHow } from "@/shared/table/grid";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import type { Selection } from "./filter";
import type { Row } from "./rows";
import type { SortKey } from "./search-params";

/** Rows that one gesture may select; a larger result is kept as a list instead. */
export const MOST_SELECTED = 10_000;

/** Rows of one answer. */
const PAGE = 1_000;

type Screen = { selection: Selection; sort: readonly SortKey[] };

export type RowSelection = {
  selected: ReadonlySet<string>;
  toggle: (orgnr: string) => void;
  /** Selects as a click or a key says: this row, everything from the anchor to it, or the whole result. */
  pick: (index: number, how: PickHow) => void;
  /** Where the next range begins. */
  setAnchor: (index: number) => void;
  add: (orgnrs: readonly string[]) => void;
  clear: () => void;
};

/** Which companies are selected. They stay so while the screen changes; a range may reach over rows not loaded yet. */
export function useRowSelection(
  screen: Screen,
  rowAt: (index: number) => Row | undefined,
  total: number,
): RowSelection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef(0);

  const add = useCallback(
    (orgnrs: readonly string[]) => setSelected((before) => new Set([...before, ...orgnrs])),
    [],
  );
  const toggle = useCallback((orgnr: string) => {
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(orgnr)) next.add(orgnr);
      return next;
    });
  }, []);
  const clear = useCallback(() => setSelected(new Set()), []);
  const setAnchor = useCallback((index: number) => {
    anchor.current = index;
  }, []);

  // What a pick looks at is read when it happens: `pick` itself stays the same, so that rows need not be drawn anew.
  const latest = useRef({ screen, rowAt, total });
  useLayoutEffect(() => {
    latest.current = { screen, rowAt, total };
  });
  const pick = useCallback(
    (index: number, how: PickHow) => {
      const { screen, rowAt, total } = latest.current;
      if (how === "toggle") {
        const orgnr = rowAt(index)?.orgnr;
        anchor.current = index;
        if (orgnr) toggle(orgnr);
        return;
      }
      const [first, last] =
        how === "all" ? [0, total - 1] : [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      if (last - first >= MOST_SELECTED) {
        showToast({ text: { key: "universe.selectTooMany", values: { count: MOST_SELECTED } } });
        return;
      }
      const loaded: string[] = [];
      for (let at = first; at <= last; at += 1) {
        const orgnr = rowAt(at)?.orgnr;
        if (orgnr) loaded.push(orgnr);
      }
      if (loaded.length === last - first + 1) add(loaded);
      else {
        orgnrsBetween(screen, first, last).then(add, (error: unknown) =>
          showFailure("universe.selectFailed", error),
        );
      }
    },
    [add, toggle],
  );
  return { selected, toggle, pick, setAnchor, add, clear };
}

async function orgnrsBetween(screen: Screen, first: number, last: number): Promise<string[]> {
  const orgnrs: string[] = [];
  for (let offset = first; offset <= last; offset += PAGE) {
    const page = await unwrap(
      api.POST("/api/universe/query", {
        body: {
          ...screen.selection,
          sort: screen.sort.length > 0 ? [...screen.sort] : undefined,
          columns: [],
          limit: Math.min(PAGE, last - offset + 1),
          offset,
        },
      }),
    );
    orgnrs.push(...page.rows.map((row) => (row as Row).orgnr));
  }
  return orgnrs;
}
