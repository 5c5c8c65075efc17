import type { CompanyRef } from "@/shared/actions/company-actions";
import { formatOrgnr } from "@/shared/format/orgnr";
import type { Translate } from "@/shared/i18n/i18n";
import type { GridColumn, PickHow } from "./grid";

/** The frozen column of boxes that select companies; the box in the header selects all, or none. */
export function selectColumn<Row extends CompanyRef>({
  selected,
  total,
  onPick,
  onClear,
  t,
}: {
  selected: ReadonlySet<string>;
  total: number;
  onPick: (index: number, how: PickHow) => void;
  onClear: () => void;
  t: Translate;
}): GridColumn<Row> {
  const all = selected.size > 0 && selected.size >= total;
  return {
    key: "select",
    header: (
      <>
        <span className="sr-only">{t("table.selection")}</span>
        <input
          type="checkbox"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = selected.size > 0 && !all;
          }}
          onChange={() => (selected.size > 0 ? onClear() : onPick(0, "all"))}
          aria-label={t(selected.size > 0 ? "table.selectNone" : "table.selectAll")}
          className="block size-3.5 accent-[var(--accent)]"
        />
      </>
    ),
    width: 30,
    pinned: true,
    cell: (row, index) => (
      <input
        type="checkbox"
        tabIndex={-1}
        checked={selected.has(row.orgnr)}
        // The press is for the box alone: the row below it would become the active one.
        onMouseDown={(event) => event.stopPropagation()}
        onClick={(event) => onPick(index, event.shiftKey ? "range" : "toggle")}
        onChange={() => undefined}
        aria-label={t("table.selectRow", { name: row.name ?? formatOrgnr(row.orgnr) })}
        className="size-3.5 accent-[var(--accent)]"
      />
    ),
  };
}
