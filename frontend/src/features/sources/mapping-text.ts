import type { Posted } from "@/shared/api/client";

export type ImportPreview = Posted<"/api/imports/preview">;
export type PreviewColumn = ImportPreview["columns"][number];

/** What a person chose for one column. */
export type Choice = { field: string | null; unit: string | null };

/** Options of a mapping that the page offers. */
export type Options = { costs?: string; decimal?: string };

const OPTION = /^@(\w+)\s*=\s*(.*)$/;

/** The options of a mapping's text by name. */
export function optionsOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [, name, value] = OPTION.exec(line.trim()) ?? [];
    if (name !== undefined && value !== undefined) found[name] = value.trim();
  }
  return found;
}

/** How a mapping calls a column: by its heading, or by its number where the heading is empty or comes twice. */
function nameOf(column: PreviewColumn, all: readonly PreviewColumn[]): string {
  const isAlone = all.filter((other) => other.heading === column.heading).length === 1;
  return column.heading !== "" && isAlone ? column.heading : `#${column.number}`;
}

/**
 * The mapping that reads a table as it is shown, with the choice for one column and the options changed. A field belongs to one
 * column: whoever had it before loses it.
 */
export function mappingWith(
  preview: ImportPreview,
  changed: { column: number; choice: Choice } | null,
  options: Options = {},
): string {
  const kept = { ...optionsOf(preview.mapping), ...options };
  const lines = Object.entries(kept)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `@${name} = ${value}`);
  const isAmount = new Set(preview.fields.filter((field) => field.is_amount).map((field) => field.key));
  for (const column of preview.columns) {
    const isChanged = changed?.column === column.number;
    const field = isChanged ? changed.choice.field : (column.field ?? null);
    const wasTaken = !isChanged && field !== null && field === changed?.choice.field;
    if (field === null || wasTaken) continue;
    const unit = isChanged ? (changed.choice.unit ?? column.unit ?? "kr") : (column.unit ?? "kr");
    lines.push(`${field} = ${nameOf(column, preview.columns)}${isAmount.has(field) ? ` [${unit}]` : ""}`);
  }
  return lines.join("\n");
}

/**
 * The preview as it will be once the server has read the table with the choice and the options: what the next correction is made
 * from while that answer is on its way, so that of two quick corrections none is lost.
 */
export function corrected(
  preview: ImportPreview,
  changed: { column: number; choice: Choice } | null,
  options: Options = {},
): ImportPreview {
  const columns = preview.columns.map((column) => {
    if (column.number === changed?.column) {
      return { ...column, field: changed.choice.field, unit: changed.choice.unit ?? column.unit };
    }
    const wasTaken = changed !== null && column.field != null && column.field === changed.choice.field;
    return wasTaken ? { ...column, field: null } : column;
  });
  return { ...preview, columns, mapping: mappingWith(preview, changed, options) };
}

/** The part of a file that is enough for a preview: of plain text its beginning, of anything packed all. */
export function enoughOf(file: File): Blob {
  const isText = /\.(csv|tsv|txt)$/i.test(file.name);
  const most = 4 << 20;
  return isText && file.size > most ? file.slice(0, most) : file;
}
