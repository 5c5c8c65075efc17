import { ArrowDown, ArrowUp } from "lucide-react";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from "react";
import { cx } from "@/shared/ui/class-names";
import { Skeleton } from "@/shared/ui/states";
import { ColumnResizer } from "./column-resizer";
import { contentHeight } from "./row-window";
import { useHeldRow } from "./use-held-row";
import { useRowWindow } from "./use-row-window";

export type GridColumn<Row> = {
  key: string;
  header: ReactNode;
  /** Said of the column when its header is pointed at, e.g. a formula. */
  title?: string;
  /** Width in CSS pixels. */
  width: number;
  align?: "left" | "right";
  /** Stays at the left edge while the table scrolls sideways. */
  pinned?: boolean;
  /** Takes what is left of the table's width. */
  grows?: boolean;
  sortable?: boolean;
  sorted?: "ascending" | "descending";
  cell: (row: Row, index: number) => ReactNode;
};

/** How a row is taken into the selection: it alone, everything up to it, or the whole table. */
export type PickHow = "toggle" | "range" | "all";

export type GridHandle = { focus: () => void; reveal: (row: number) => void };

type GridProps<Row> = {
  label: string;
  columns: readonly GridColumn<Row>[];
  count: number;
  rowHeight: number;
  /** The row at a position, or undefined while it is on its way. */
  rowAt: (index: number) => Row | undefined;
  /**
   * Who a row is, for tables whose cells keep something of their own, such as a text being edited. Without it a row is
   * its place: another answer then changes the texts that stand there, which is quicker than building rows anew.
   */
  keyOf?: (row: Row) => string;
  /**
   * The question that the rows answer. With it (and with `keyOf`) the row under the pointer stays where it is when others put
   * rows above it or take them away.
   */
  identity?: string;
  busy?: boolean;
  active: number;
  onActive: (index: number) => void;
  onOpen?: (row: Row, index: number) => void;
  onVisible?: (first: number, end: number) => void;
  onSort?: (key: string, additive: boolean) => void;
  onResize?: (key: string, width: number) => void;
  onHeaderDrop?: (dragged: string, onto: string) => void;
  isSelected?: (row: Row) => boolean;
  /** A row was pressed, or reached by key, in the way that selects rows. */
  onPick?: (index: number, how: PickHow) => void;
  resizeLabel?: (key: string) => string;
  ref?: Ref<GridHandle>;
};

const HEADER_HEIGHT = 36;

/**
 * A table of any length that renders only the rows in view, with the true aria-rowcount and aria-rowindex. It has
 * one tab stop; arrow, page, Home and End keys move the active row (with Shift they select on the way), Ctrl-A selects
 * everything, Enter opens the active row.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, count, rowHeight, rowAt, keyOf, busy, active, onActive, onOpen, onVisible } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const {
    window: shown,
    topRow,
    viewport,
    reveal,
    scrollToRow,
    shift,
  } = useRowWindow(scroller, {
    count,
    rowHeight,
    headerHeight: HEADER_HEIGHT,
  });

  const keyAt = (index: number) => {
    const row = rowAt(index);
    return row === undefined || !keyOf ? undefined : keyOf(row);
  };
  const identity = keyOf && !busy ? props.identity : undefined;
  useHeldRow(scroller, { identity, count, rowHeight, headerHeight: HEADER_HEIGHT, active, keyAt, shift });

  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus(), reveal }), [reveal]);
  useEffect(() => onVisible?.(shown.first, shown.end), [onVisible, shown.first, shown.end]);
  // A table that appears (after a reload, back from another view) begins at the row in focus, once its rows are there.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || busy || count === 0) return;
    begun.current = true;
    reveal(active);
  }, [busy, count, active, reveal]);
  // A bar that opens above or below must not hide the row in focus.
  const lastViewport = useRef(viewport);
  useEffect(() => {
    const before = lastViewport.current;
    lastViewport.current = viewport;
    const wasInView = active >= Math.floor(topRow) && active < topRow + before / rowHeight;
    if (viewport < before && wasInView) reveal(active);
  }, [viewport, active, topRow, rowHeight, reveal]);
  // When the result shrinks, the position must not stay beyond its end.
  useEffect(() => {
    if (count > 0 && shown.first >= count) scrollToRow(0);
  }, [count, shown.first, scrollToRow]);

  const move = useCallback(
    (to: number) => {
      if (count === 0) return;
      const next = Math.min(Math.max(0, to), count - 1);
      onActive(next);
      reveal(next);
    },
    [count, onActive, reveal],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    };
    const target = steps[event.key];
    if (props.onPick && event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      props.onPick(active, "all");
    } else if (target !== undefined && event.shiftKey && props.onPick && count > 0) {
      event.preventDefault();
      const next = Math.min(Math.max(0, target), count - 1);
      props.onPick(next, "range");
      reveal(next);
    } else if (target !== undefined && !event.altKey && !event.metaKey) {
      event.preventDefault();
      move(target);
    } else if (event.key === "Enter") {
      const row = rowAt(active);
      if (row !== undefined) {
        event.preventDefault();
        onOpen?.(row, active);
      }
    }
  };

  let left = 0;
  const placed = columns.map((column) => {
    const at = column.pinned ? left : undefined;
    if (column.pinned) left += column.width;
    return { column, at };
  });
  const template = columns
    .map((column) => (column.grows ? `minmax(${column.width}px, 1fr)` : `${column.width}px`))
    .join(" ");
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const style: CSSProperties = { gridTemplateColumns: template, minWidth: width };

  const rows: ReactNode[] = [];
  for (let index = shown.first; index < shown.end; index += 1) {
    const row = rowAt(index);
    rows.push(
      <GridRow
        key={keyOf && row !== undefined ? keyOf(row) : index}
        id={`${id}-row-${index}`}
        index={index}
        top={shown.base + index * rowHeight}
        height={rowHeight}
        template={template}
        minWidth={width}
        row={row}
        columns={columns as readonly GridColumn<unknown>[]}
        active={index === active}
        selected={row !== undefined && (props.isSelected?.(row) ?? false)}
        onActive={onActive}
        onPick={props.onPick}
      />,
    );
  }

  return (
    <div className="relative flex min-h-0 min-w-0 flex-1">
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-busy={busy}
        aria-multiselectable={props.isSelected ? true : undefined}
        aria-activedescendant={
          active >= shown.first && active < shown.end ? `${id}-row-${active}` : undefined
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="peer relative min-w-0 flex-1 overflow-auto bg-surface outline-none"
      >
        <div role="rowgroup" className="sticky top-0 z-20 bg-sunken" style={{ minWidth: width }}>
          <div
            role="row"
            aria-rowindex={1}
            className="grid border-line border-b"
            style={{ ...style, height: HEADER_HEIGHT }}
          >
            {placed.map(({ column, at }) => (
              <HeaderCell
                key={column.key}
                column={column as GridColumn<unknown>}
                left={at}
                onSort={props.onSort}
                onResize={props.onResize}
                onDrop={props.onHeaderDrop}
                resizeLabel={props.resizeLabel?.(column.key)}
              />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={cx("relative", busy && "stale")}
          style={{ height: contentHeight({ count, rowHeight, viewport }), minWidth: width }}
        >
          {rows}
        </div>
      </div>
      {/* The mark of the focus lies over header and rows, which would hide one of the table itself. */}
      <span
        aria-hidden
        className="pointer-events-none absolute inset-0 z-30 hidden border-2 border-accent peer-focus-visible:block"
      />
    </div>
  );
}

function HeaderCell({
  column,
  left,
  onSort,
  onResize,
  onDrop,
  resizeLabel,
}: {
  column: GridColumn<unknown>;
  left: number | undefined;
  onSort?: (key: string, additive: boolean) => void;
  onResize?: (key: string, width: number) => void;
  onDrop?: (dragged: string, onto: string) => void;
  resizeLabel?: string;
}) {
  const right = column.align === "right";
  const arrow =
    column.sorted === "ascending" ? (
      <ArrowUp size={12} aria-hidden className="shrink-0 text-accent" />
    ) : column.sorted === "descending" ? (
      <ArrowDown size={12} aria-hidden className="shrink-0 text-accent" />
    ) : null;
  const content = (
    <>
      {right && arrow}
      <span className="line-clamp-2 min-w-0">{column.header}</span>
      {!right && arrow}
    </>
  );
  const className = cx(
    "flex size-full items-center gap-1 px-2 font-medium text-2xs leading-[0.875rem]",
    right ? "justify-end text-right" : "text-left",
    column.sorted ? "text-ink" : "text-ink-2",
  );
  const draggable = onDrop !== undefined && !column.pinned;
  return (
    <div
      role="columnheader"
      aria-sort={column.sorted ?? (column.sortable ? "none" : undefined)}
      title={column.title}
      draggable={draggable}
      onDragStart={(event) => event.dataTransfer.setData("text/lode-column", column.key)}
      onDragOver={(event) => {
        if (draggable && event.dataTransfer.types.includes("text/lode-column")) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        const dragged = event.dataTransfer.getData("text/lode-column");
        if (dragged && dragged !== column.key) onDrop?.(dragged, column.key);
      }}
      className={cx(
        "relative min-w-0",
        left !== undefined && "sticky z-10 bg-sunken shadow-[1px_0_0_var(--line)]",
      )}
      style={left === undefined ? undefined : { left }}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          onClick={(event) => onSort(column.key, event.shiftKey)}
          className={cx(className, "hover:bg-hover hover:text-ink focus-visible:-outline-offset-2")}
        >
          {content}
        </button>
      ) : (
        <div className={className}>{content}</div>
      )}
      {onResize && (
        <ColumnResizer
          label={resizeLabel ?? ""}
          width={column.width}
          onResize={(width) => onResize(column.key, width)}
        />
      )}
    </div>
  );
}

type GridRowProps = {
  id: string;
  index: number;
  top: number;
  height: number;
  template: string;
  minWidth: number;
  row: unknown;
  columns: readonly GridColumn<unknown>[];
  active: boolean;
  selected: boolean;
  onActive: (index: number) => void;
  onPick?: (index: number, how: PickHow) => void;
};

const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, index, top, height, template, minWidth, row, columns, active, selected, onActive, onPick } =
    props;
  let left = 0;
  const press = (event: MouseEvent) => {
    const how = event.shiftKey ? "range" : event.ctrlKey || event.metaKey ? "toggle" : null;
    if (!how || !onPick) onActive(index);
    else {
      // Otherwise the browser would select the text in between.
      event.preventDefault();
      onPick(index, how);
    }
  };
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={onPick ? selected : selected || active}
      aria-current={active ? "true" : undefined}
      onMouseDown={press}
      className={cx(
        "group absolute inset-x-0 top-0 grid border-line/70 border-b text-sm [contain:layout_style]",
        active ? "bg-selected" : selected ? "bg-accent-soft" : "bg-surface hover:bg-hover",
      )}
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: template, minWidth }}
    >
      {columns.map((column) => {
        const at = column.pinned ? left : undefined;
        if (column.pinned) left += column.width;
        return (
          <div
            key={column.key}
            role={column.key === "name" ? "rowheader" : "gridcell"}
            className={cx(
              "flex min-w-0 items-center overflow-hidden px-2 whitespace-nowrap",
              column.align === "right" && "numeric justify-end",
              at !== undefined && "sticky z-10 bg-inherit shadow-[1px_0_0_var(--line)]",
            )}
            style={at === undefined ? undefined : { left: at }}
          >
            {row === undefined ? (
              <Skeleton className={column.align === "right" ? "w-12" : "w-3/5"} />
            ) : (
              column.cell(row, index)
            )}
          </div>
        );
      })}
    </div>
  );
});
