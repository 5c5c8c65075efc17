import type { Posted } from "@/shared/api/client";

type Answer = Posted<"/api/universe/query">;
type Columns = NonNullable<Answer["columns"]>;

/** A company of a screen with the asked figures by key. */
export type PageRow = Answer["rows"][number];

/** Every page of companies is asked for by columns, which takes a third of the bytes. */
export const BY_COLUMNS = "columns" as const;

/** The years of a sparkline: by columns each is a pair. */
function seriesOf(cell: unknown): PageRow[string] {
  if (!Array.isArray(cell)) return null;
  return cell.map(([period_end, revenue]) => ({ period_end, revenue }));
}

/** The rows that columns stand for, in their order. */
export function rowsOf(columns: Columns | null | undefined): PageRow[] {
  if (!columns) return [];
  const keys = Object.keys(columns);
  return columns.orgnr.map((orgnr, place) => {
    const row: PageRow = { orgnr, name: columns.name[place] ?? null };
    for (const key of keys) {
      if (key === "orgnr" || key === "name") continue;
      const cell = columns[key]?.[place] ?? null;
      row[key] = key === "revenue_series" ? seriesOf(cell) : (cell as PageRow[string]);
    }
    return row;
  });
}
