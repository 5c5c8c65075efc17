import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type CompanyRef, useCompanyActionKeys } from "@/shared/actions/company-actions";
import { type Shortcut, useShortcuts } from "@/shared/keyboard/shortcuts";
import { type ActiveRow, placeOf } from "./active-row";
import type { PickHow } from "./grid";
import { keepPlace, readPlace } from "./kept-place";
import { type RowSelection, type SelectableRows, useRowSelection } from "./use-row-selection";

export type TablePageProps<Row extends CompanyRef> = SelectableRows<Row> & {
  /** The table's name, under which its place outlives a reload. */
  table: string;
  /** The question that the rows answer: another one begins at its top. */
  identity: string;
  group: Shortcut["group"];
  /** Whether rows are what is shown now; a page that shows them otherwise switches its keys off. */
  enabled?: boolean;
  /** Brings a row into view. */
  reveal: (index: number) => void;
  onOpen: (row: Row) => void;
  /** The key of the row in the preview, and how to show another (undefined closes it). Without it there is no preview. */
  preview?: { shown: string | undefined; company?: CompanyRef | null; show: (row: Row | undefined) => void };
  maySelect?: boolean;
  /** The rows are those of the question before; who they are says nothing about the one that is asked. */
  busy?: boolean;
};

export type TablePage<Row extends CompanyRef> = {
  active: number;
  activeRow: Row | undefined;
  activate: (index: number) => void;
  /** Like `selection.pick`, with the focus following. */
  pick: (index: number, how: PickHow) => void;
  selection: RowSelection<Row>;
  /** Goes so many rows on, not beyond the ends. */
  step: (by: number) => void;
};

/**
 * What every page with a table of companies does alike: which row is in focus, how keys move it, what is selected, and whom a
 * key is about. That is the company that is looked at; a selection is acted on from its bar, or with Shift. Row, preview and
 * selection are there again after a reload.
 */
export function useTablePage<Row extends CompanyRef>(props: TablePageProps<Row>): TablePage<Row> {
  const { table, identity, group, enabled = true, total, rowAt, keyOf, preview, maySelect = true } = props;
  const { busy = false } = props;
  const [kept] = useState(() => readPlace(table));
  const [state, setState] = useState<ActiveRow>(() =>
    kept?.identity === identity
      ? { index: kept.index, key: preview?.shown ?? kept.key }
      : { index: 0, key: preview?.shown ?? null },
  );
  const selection = useRowSelection(props, kept?.selected);
  const keyAt = (index: number) => {
    const row = rowAt(index);
    return row === undefined ? undefined : keyOf(row);
  };
  const active = placeOf(state, total, keyAt);
  const activeRow = total > 0 ? rowAt(active) : undefined;

  // Callbacks read these late and stay the same themselves, so that a row is drawn anew only when it has changed.
  const latest = useRef({ props, active, activeRow });
  useLayoutEffect(() => {
    latest.current = { props, active, activeRow };
  });

  // Rows whose preview was asked for and that the address may not name yet.
  const asked = useRef(new Set<string>());
  const { setAnchor, pick: pickRows } = selection;
  const activate = useCallback(
    (index: number) => {
      const { rowAt: at, keyOf: key, preview: pane } = latest.current.props;
      const row = at(index);
      setState({ index, key: row ? key(row) : null });
      setAnchor(index);
      if (pane?.shown !== undefined && row) {
        asked.current.add(key(row));
        pane.show(row);
      }
    },
    [setAnchor],
  );
  const pick = useCallback(
    (index: number, how: PickHow) => {
      const { rowAt: at, keyOf: key } = latest.current.props;
      if (how !== "all") {
        const row = at(index);
        setState({ index, key: row ? key(row) : null });
      }
      pickRows(index, how);
    },
    [pickRows],
  );
  const step = useCallback(
    (by: number) => {
      const { total: count, reveal } = latest.current.props;
      if (count === 0) return;
      const next = Math.min(Math.max(0, latest.current.active + by), count - 1);
      activate(next);
      reveal(next);
    },
    [activate],
  );

  // A different result begins at its top; the previewed company keeps the focus where it is in it.
  const before = useRef(identity);
  useEffect(() => {
    if (before.current === identity) return;
    before.current = identity;
    setState({ index: 0, key: latest.current.props.preview?.shown ?? null });
    latest.current.props.reveal(0);
  }, [identity]);

  const isReady = total > 0;

  // A row that was reached before it had come is known, and previewed, when it comes.
  const arrived = state.key === null && activeRow !== undefined && !busy ? keyOf(activeRow) : null;
  useEffect(() => {
    const row = latest.current.activeRow;
    if (arrived === null || row === undefined) return;
    setState((now) => (now.key === null ? { ...now, key: arrived } : now));
    const pane = latest.current.props.preview;
    if (pane?.shown !== undefined && pane.shown !== arrived) pane.show(row);
  }, [arrived]);

  // The preview was changed from elsewhere, such as by Back: the focus goes to that company.
  const shown = preview?.shown;
  useEffect(() => {
    if (shown === undefined || asked.current.has(shown)) {
      if (shown === [...asked.current].at(-1)) asked.current.clear();
      return;
    }
    setState((now) => (now.key === shown ? now : { ...now, key: shown }));
  }, [shown]);

  const activeKey = activeRow ? keyOf(activeRow) : state.key;
  const { entries } = selection;
  useEffect(() => {
    if (!isReady) return;
    keepPlace(table, { identity, index: active, key: activeKey, selected: [...entries] });
  }, [isReady, table, identity, active, activeKey, entries]);

  const target = (): CompanyRef | null => {
    if (preview?.shown !== undefined && (!activeRow || keyOf(activeRow) !== preview.shown || !enabled)) {
      return preview.company ?? null;
    }
    return activeRow && enabled ? { orgnr: activeRow.orgnr, name: activeRow.name } : null;
  };
  useCompanyActionKeys(
    {
      target,
      selected: maySelect ? () => selection.companies : undefined,
      advance: enabled ? () => step(1) : undefined,
    },
    group,
  );
  const openRow = () => {
    if (activeRow) props.onOpen(activeRow);
  };
  useShortcuts(
    [
      { keys: "j", label: "shortcuts.next", group, run: () => step(1) },
      { keys: "k", label: "shortcuts.previous", group, run: () => step(-1) },
      { keys: "enter", label: "shortcuts.open", group, run: openRow },
    ],
    enabled,
  );
  useShortcuts(
    [
      {
        keys: "space",
        label: "shortcuts.preview",
        group,
        run: () => preview?.show(preview.shown === undefined ? activeRow : undefined),
      },
    ],
    enabled && preview !== undefined,
  );
  useShortcuts(
    [{ keys: "x", label: "shortcuts.select", group, run: () => activeRow && pickRows(active, "toggle") }],
    enabled && maySelect,
  );
  return { active, activeRow, activate, pick, selection, step };
}
