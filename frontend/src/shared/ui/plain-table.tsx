import type { ReactNode } from "react";
import { cx } from "./class-names";
import { ScrollFrame } from "./scroll-frame";

export type PlainColumn<Row> = {
  key: string;
  header: ReactNode;
  align?: "left" | "right";
  className?: string;
  /** Left out on a phone, so that what matters and what can be done fit without scrolling sideways. */
  wide?: boolean;
  cell: (row: Row) => ReactNode;
};

/** A short table, all of it rendered. Wide ones scroll sideways inside their own frame. */
export function PlainTable<Row>({
  label,
  columns,
  rows,
  keyOf,
}: {
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row, index: number) => string;
}) {
  return (
    <ScrollFrame label={label}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-line border-b text-ink-2 text-xs">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx(
                  "h-8 px-3 font-medium whitespace-nowrap",
                  column.align === "right" ? "text-right" : "text-left",
                  column.wide && "max-sm:hidden",
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)} className="border-line/70 border-b last:border-0 hover:bg-hover">
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={cx(
                    "h-[var(--row)] px-3 py-0.5",
                    column.align === "right" && "numeric",
                    column.wide && "max-sm:hidden",
                    column.className,
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
