import { useMemo } from "react";
import { type FieldMap, isNumeric } from "@/shared/catalogue/fields";
import type { ProspectMap } from "@/shared/company/work-marks";
import { headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick, useI18n } from "@/shared/i18n/i18n";
import type { Marks } from "@/shared/lists/queries";
import { usePreferences } from "@/shared/preferences/preferences";
import type { ColumnChoice } from "@/shared/table/column-choice";
import { ColumnTitle } from "@/shared/table/column-title";
import type { GridColumn, PickHow } from "@/shared/table/grid";
import { selectColumn } from "@/shared/table/select-column";
import { titleWidth } from "@/shared/table/title-width";
import { FieldCell, NameCell, SeriesCell } from "./cells";
import type { Row } from "./rows";
import type { SortKey } from "./search-params";

const WIDTHS: Record<string, number> = {
  orgnr: 100,
  revenue: 126,
  ebit_margin: 98,
  ebitda_margin: 98,
  cagr_3y: 76,
  sni: 108,
  municipality: 86,
  revenue_series: 88,
  activity_description: 320,
  industry_names: 240,
};

function standardWidth(key: string, kind: string): number {
  if (WIDTHS[key]) return WIDTHS[key];
  return (
    {
      amount: 86,
      ratio: 72,
      count: 70,
      integer: 70,
      category: 120,
      categories: 160,
      boolean: 72,
      date: 84,
    }[kind] ?? 130
  );
}

export type GridColumnOptions = {
  columns: readonly ColumnChoice[];
  fields: FieldMap;
  sort: readonly SortKey[];
  nameWidth: number;
  selected: ReadonlySet<string>;
  total: number;
  /** What is known of the companies beside their figures. */
  prospects: ProspectMap;
  marks: ReadonlyMap<string, Marks>;
  onPick: (index: number, how: PickHow) => void;
  onClear: () => void;
};

/** The columns of the Universe table: a box to select, the frozen name, then the person's choice. */
export function useGridColumns(options: GridColumnOptions): GridColumn<Row>[] {
  const { columns, fields, sort, nameWidth, selected, total, onPick, onClear, prospects, marks } = options;
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  return useMemo(() => {
    const base: ValueStyle = { unit, locale, t };
    const sorted = (key: string): GridColumn<Row>["sorted"] => {
      const found = sort.find((entry) => entry.by === key);
      return found && (found.dir === "asc" ? "ascending" : "descending");
    };
    const select = selectColumn<Row>({ selected, total, onPick, onClear, t });
    const name: GridColumn<Row> = {
      key: "name",
      header: t("table.column.company"),
      width: nameWidth,
      grows: true,
      pinned: true,
      sortable: true,
      sorted: sorted("name"),
      cell: (row) => (
        <NameCell row={row} style={base} prospect={prospects.get(row.orgnr)} marks={marks.get(row.orgnr)} />
      ),
    };
    const chosen = columns.flatMap((column): GridColumn<Row>[] => {
      if (column.key === "name") return [];
      if (column.key === "orgnr") {
        return [
          {
            key: "orgnr",
            header: t("company.orgnrShort"),
            width: column.width ?? standardWidth("orgnr", "text"),
            pinned: column.pinned,
            sortable: true,
            sorted: sorted("orgnr"),
            cell: (row) => <span className="tabular text-ink-2">{formatOrgnr(row.orgnr)}</span>,
          },
        ];
      }
      if (column.key === "revenue_series") {
        return [
          {
            key: column.key,
            header: t("universe.series"),
            width: column.width ?? standardWidth("revenue_series", "series"),
            pinned: column.pinned,
            cell: (row) => <SeriesCell value={row.revenue_series} style={base} />,
          },
        ];
      }
      const field = fields.get(column.key);
      if (!field) return [];
      const style = column.digits === undefined ? base : { ...base, digits: column.digits };
      const unitWord = headerUnit(field, base);
      return [
        {
          key: field.key,
          header: (
            <>
              <ColumnTitle text={pick(field.label, locale)} />
              {unitWord && <span className="text-ink-3"> {unitWord}</span>}
            </>
          ),
          title: pick(field.formula, locale),
          width:
            column.width ??
            Math.max(standardWidth(field.key, field.kind), titleWidth(pick(field.label, locale))),
          align: isNumeric(field) ? "right" : "left",
          pinned: column.pinned,
          sortable: field.sortable,
          sorted: sorted(field.key),
          cell: (row) => <FieldCell field={field} value={row[field.key]} style={style} />,
        },
      ];
    });
    const pinned = chosen.filter((column) => column.pinned);
    return [select, name, ...pinned, ...chosen.filter((column) => !column.pinned)];
  }, [columns, fields, sort, nameWidth, selected, total, onPick, onClear, prospects, marks, t, locale, unit]);
}
