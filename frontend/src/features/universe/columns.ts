import { type ColumnChoice, readColumns, writeColumns } from "@/shared/table/column-choice";

/** The columns of a screen that says nothing else, in order; the name always comes first. */
export const STANDARD_COLUMNS: readonly ColumnChoice[] = [
  { key: "orgnr" },
  { key: "sni" },
  { key: "municipality" },
  { key: "revenue" },
  { key: "revenue_series" },
  { key: "cagr_3y" },
  { key: "ebitda" },
  { key: "ebit_margin" },
  { key: "equity_ratio" },
  { key: "net_debt_to_ebitda" },
  { key: "employees" },
  { key: "period_end" },
];

/** The columns that the address of the screen names. */
export function parseColumns(text: string | undefined): readonly ColumnChoice[] {
  return readColumns(text, STANDARD_COLUMNS);
}

/** Writes columns for the address; undefined when they are the standard ones. */
export function printColumns(columns: readonly ColumnChoice[]): string | undefined {
  return writeColumns(columns, STANDARD_COLUMNS);
}
