/** One column as the person arranged it. Widths are CSS pixels; what is undefined follows the field. */
export type ColumnChoice = { key: string; width?: number; digits?: number; pinned?: boolean };

/** Reads `revenue~w120~d1~p,ebit`; unknown marks are ignored, so that an older page can open a newer link. */
export function readColumns(
  text: string | undefined,
  standard: readonly ColumnChoice[],
): readonly ColumnChoice[] {
  if (!text) return standard;
  const seen = new Set<string>();
  const columns: ColumnChoice[] = [];
  for (const part of text.split(",")) {
    const [key, ...marks] = part.split("~");
    if (!key || seen.has(key)) continue;
    seen.add(key);
    const column: ColumnChoice = { key };
    for (const mark of marks) {
      const value = Number(mark.slice(1));
      if (mark.startsWith("w") && value > 0) column.width = value;
      else if (mark.startsWith("d") && value >= 0 && value <= 4) column.digits = value;
      else if (mark === "p") column.pinned = true;
    }
    columns.push(column);
  }
  return columns.length > 0 ? columns : standard;
}

/** Writes columns for the address; undefined when they are the standard ones. */
export function writeColumns(
  columns: readonly ColumnChoice[],
  standard: readonly ColumnChoice[],
): string | undefined {
  const print = (list: readonly ColumnChoice[]) =>
    list
      .map(({ key, width, digits, pinned }) =>
        [key, width && `w${width}`, digits !== undefined && `d${digits}`, pinned && "p"]
          .filter(Boolean)
          .join("~"),
      )
      .join(",");
  const text = print(columns);
  return text === print(standard) ? undefined : text;
}

/** The columns with one of them changed. */
export function changeColumn(
  columns: readonly ColumnChoice[],
  key: string,
  change: Partial<ColumnChoice>,
): ColumnChoice[] {
  return columns.map((column) => (column.key === key ? { ...column, ...change } : column));
}

/** The columns with `key` moved to the place of `onto`. */
export function moveColumn(columns: readonly ColumnChoice[], key: string, onto: string): ColumnChoice[] {
  const from = columns.findIndex((column) => column.key === key);
  const to = columns.findIndex((column) => column.key === onto);
  const moved = columns[from];
  if (!moved || to < 0 || from === to) return [...columns];
  const rest = columns.filter((column) => column.key !== key);
  rest.splice(to, 0, moved);
  return rest;
}

/** The columns with an entry for `key`: a column that always stands has one only once its width was changed. */
export function withColumn(columns: readonly ColumnChoice[], key: string): readonly ColumnChoice[] {
  return columns.some((column) => column.key === key) ? columns : [...columns, { key }];
}
