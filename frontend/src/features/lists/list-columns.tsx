import { Link } from "@tanstack/react-router";
import { EyeOff, StickyNote } from "lucide-react";
import { type FieldMap, isNumeric } from "@/shared/catalogue/fields";
import { DemoMark } from "@/shared/company/demo-mark";
import { type ProspectMap, RowMarks } from "@/shared/company/work-marks";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { MISSING } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick } from "@/shared/i18n/i18n";
import { LabelChip } from "@/shared/lists/label-chip";
import type { Marks } from "@/shared/lists/queries";
import { type ColumnChoice, readColumns } from "@/shared/table/column-choice";
import { ColumnTitle } from "@/shared/table/column-title";
import type { GridColumn } from "@/shared/table/grid";
import { selectColumn } from "@/shared/table/select-column";
import { titleWidth } from "@/shared/table/title-width";
import { Badge } from "@/shared/ui/badge";
import type { Row } from "./rows";

/** What a list shows of its companies when its address says nothing else. */
export const STANDARD_COLUMNS: readonly ColumnChoice[] = [
  { key: "note" },
  { key: "labels" },
  { key: "orgnr" },
  { key: "sni" },
  { key: "municipality" },
  { key: "revenue" },
  { key: "cagr_3y" },
  { key: "ebitda" },
  { key: "ebit_margin" },
  { key: "equity_ratio" },
  { key: "employees" },
  { key: "period_end" },
  { key: "added" },
];

/** What else can be shown, in order; the rest of the catalogue is in the universe. */
export const OFFERED_COLUMNS: readonly string[] = [
  ...STANDARD_COLUMNS.map(({ key }) => key),
  "status",
  "legal_form",
  "county",
  "registered_on",
  "growth_yoy",
  "ebitda_margin",
  "result_after_financial_items",
  "net_income",
  "total_assets",
  "net_debt_to_ebitda",
  "roe",
  "health_score",
];

const WIDTHS: Record<string, number> = {
  note: 160,
  labels: 140,
  orgnr: 106,
  sni: 110,
  municipality: 86,
  revenue: 126,
  ebit_margin: 98,
  ebitda_margin: 98,
  added: 100,
};

/** The columns that the address of a list names, as far as a list has them; the name has an entry for its width alone. */
export function parseColumns(text: string | undefined): readonly ColumnChoice[] {
  const chosen = readColumns(text, STANDARD_COLUMNS).filter(
    ({ key }) => key === "name" || OFFERED_COLUMNS.includes(key),
  );
  return chosen.some(({ key }) => key !== "name") ? chosen : STANDARD_COLUMNS;
}

export function readSort(text: string | undefined): { by: string; dir: "asc" | "desc" }[] {
  return (text ?? "name").split(",").flatMap((part) => {
    const by = part.replace(/^-/, "");
    return by ? [{ by, dir: part.startsWith("-") ? ("desc" as const) : ("asc" as const) }] : [];
  });
}

/** The columns that the server is asked for; note, labels and the day of adding come from the list itself. */
export function askedColumns(columns: readonly ColumnChoice[], fields: FieldMap): string[] {
  const keys = columns.map(({ key }) => key);
  return [...keys.filter((key) => fields.has(key) && key !== "orgnr" && key !== "name"), "is_demo"];
}

/** The order after a press on a heading: figures and days begin at the largest, a second press turns it; by name needs no word. */
export function sortedBy(
  key: string,
  sort: readonly { by: string; dir: string }[],
  fields: FieldMap,
): string | undefined {
  const now = sort.find((entry) => entry.by === key);
  const field = fields.get(key);
  const first = field && ["amount", "ratio", "count", "date"].includes(field.kind) ? "-" : "";
  const next = now ? `${now.dir === "asc" ? "-" : ""}${key}` : `${first}${key}`;
  return next === "name" ? undefined : next;
}

/** The title of a column. */
export function columnTitle(key: string, fields: FieldMap, style: ValueStyle): string {
  if (key === "note") return style.t("lists.note");
  if (key === "labels") return style.t("lists.tab.labels");
  if (key === "added") return style.t("lists.addedAt");
  if (key === "orgnr") return style.t("company.orgnrShort");
  return pick(fields.get(key)?.label, style.locale) || key;
}

type Options = {
  columns: readonly ColumnChoice[];
  fields: FieldMap;
  style: ValueStyle;
  sort: readonly { by: string; dir: "asc" | "desc" }[];
  selection: Parameters<typeof selectColumn>[0];
  markOf: ReadonlyMap<string, Marks>;
  prospects: ProspectMap;
  mayEdit: boolean;
  onNote: (row: Row) => void;
};

/** The columns of a list's table: a box, the frozen name, then what was chosen. */
export function listColumns(options: Options): GridColumn<Row>[] {
  const { columns, fields, style, sort, markOf, mayEdit } = options;
  const { t } = style;
  const widthOf = (key: string) => columns.find((column) => column.key === key)?.width ?? WIDTHS[key];
  const sorted = (key: string): GridColumn<Row>["sorted"] => {
    const found = sort.find((entry) => entry.by === key);
    return found && (found.dir === "asc" ? "ascending" : "descending");
  };
  const select = selectColumn<Row>(options.selection);
  const name: GridColumn<Row> = {
    key: "name",
    header: t("table.column.company"),
    width: widthOf("name") ?? (window.innerWidth < 640 ? 148 : 220),
    grows: true,
    pinned: true,
    sortable: true,
    sorted: sorted("name"),
    cell: (row) => (
      <span className="flex min-w-0 flex-1 items-center gap-1.5">
        <Link
          to="/company/$orgnr"
          params={{ orgnr: row.orgnr }}
          search={{}}
          tabIndex={-1}
          className="truncate font-medium text-ink hover:text-accent hover:underline"
        >
          {row.name ?? formatOrgnr(row.orgnr)}
        </Link>
        {row.is_demo === true && <DemoMark label={t("demo.note")} />}
        <RowMarks prospect={options.prospects.get(row.orgnr)} />
        {markOf.get(row.orgnr)?.exclusion && (
          <Badge tone="warn" title={markOf.get(row.orgnr)?.exclusion?.reason}>
            <EyeOff size={10} aria-hidden /> {t("exclusions.badge")}
          </Badge>
        )}
      </span>
    ),
  };
  const keys = columns.map(({ key }) => key).filter((key) => key !== "name");
  const rest = keys.map((key): GridColumn<Row> => {
    if (key === "note") {
      return {
        key,
        header: t("lists.note"),
        width: widthOf("note") ?? 180,
        cell: (row) => {
          const note = markOf.get(row.orgnr)?.item?.note;
          return mayEdit ? (
            <button
              type="button"
              tabIndex={-1}
              onClick={() => options.onNote(row)}
              title={note ?? undefined}
              className="flex h-full min-w-0 flex-1 items-center gap-1.5 truncate text-left hover:text-accent"
            >
              {note ? (
                <span className="truncate">{note}</span>
              ) : (
                <span className="inline-flex items-center gap-1 text-ink-3 opacity-0 group-hover:opacity-100">
                  <StickyNote size={13} aria-hidden /> {t("lists.noteAdd")}
                </span>
              )}
            </button>
          ) : (
            <span className="truncate" title={note ?? undefined}>
              {note}
            </span>
          );
        },
      };
    }
    if (key === "labels") {
      return {
        key,
        header: t("lists.tab.labels"),
        width: widthOf("labels") ?? 150,
        cell: (row) => (
          <span
            className="flex min-w-0 items-center gap-1"
            title={markOf
              .get(row.orgnr)
              ?.labels.map((label) => label.name)
              .join(", ")}
          >
            {markOf.get(row.orgnr)?.labels.map((label) => (
              <LabelChip key={label.id} name={label.name} color={label.color} />
            ))}
          </span>
        ),
      };
    }
    if (key === "added") {
      return {
        key,
        header: t("lists.addedAt"),
        width: widthOf("added") ?? 110,
        cell: (row) => {
          const item = markOf.get(row.orgnr)?.item;
          return item ? (
            <span
              className="truncate text-ink-2"
              title={`${formatDateTime(item.added_at)}${item.added_by ? ` · ${item.added_by}` : ""}`}
            >
              {formatAgo(item.added_at, style.locale)}
            </span>
          ) : null;
        },
      };
    }
    if (key === "orgnr") {
      return {
        key,
        header: t("company.orgnrShort"),
        width: widthOf("orgnr") ?? 108,
        sortable: true,
        sorted: sorted("orgnr"),
        cell: (row) => <span className="tabular text-ink-2">{formatOrgnr(row.orgnr)}</span>,
      };
    }
    const field = fields.get(key);
    if (!field) return { key, header: key, width: 80, cell: () => null };
    const unit = headerUnit(field, style);
    return {
      key,
      header: (
        <>
          <ColumnTitle text={pick(field.label, style.locale)} />
          {unit && <span className="text-ink-3"> {unit}</span>}
        </>
      ),
      title: pick(field.formula, style.locale),
      width: Math.max(
        widthOf(key) ?? (isNumeric(field) ? 84 : 120),
        columns.find((column) => column.key === key)?.width ? 0 : titleWidth(pick(field.label, style.locale)),
      ),
      align: isNumeric(field) ? "right" : "left",
      sortable: field.sortable,
      sorted: sorted(key),
      cell: (row) => {
        const text = formatFieldValue(field, row[key], style);
        return text === MISSING ? (
          <span className="text-ink-3" title={t("state.missing")}>
            {MISSING}
          </span>
        ) : (
          <span className="truncate" title={isNumeric(field) ? undefined : text}>
            {text}
          </span>
        );
      },
    };
  });
  return [select, name, ...rest];
}
