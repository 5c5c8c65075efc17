import { type ReactNode, useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Section } from "@/shared/ui/section";

/** A chart in its section, with a switch to the same figures as a table. */
export function ChartFrame({
  id,
  title,
  note,
  chart,
  table,
}: {
  id?: string;
  title: string;
  note?: ReactNode;
  chart: ReactNode;
  table: ReactNode;
}) {
  const { t } = useI18n();
  const [asTable, setAsTable] = useState(false);
  return (
    <Section
      id={id}
      title={title}
      note={note}
      flush={asTable}
      actions={
        <Button look="ghost" size="sm" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? "table.asChart" : "table.asTable")}
        </Button>
      }
    >
      {asTable ? table : chart}
    </Section>
  );
}

export type LegendEntry = { color: string; label: string; shape: "bar" | "line" | "dash" | "dot" };

/** What the colours and shapes of a chart stand for. */
export function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-2 text-xs">
      {entries.map((entry) => (
        <li key={entry.label} className="flex items-center gap-1.5">
          <svg width="16" height="10" aria-hidden="true">
            {entry.shape === "bar" ? (
              <rect x="3" y="0" width="10" height="10" rx="2" fill={entry.color} />
            ) : (
              <>
                <line
                  x1="0"
                  x2="16"
                  y1="5"
                  y2="5"
                  stroke={entry.color}
                  strokeWidth="2"
                  strokeDasharray={entry.shape === "dash" ? "4 3" : undefined}
                />
                {entry.shape === "dash" ? (
                  <rect x="5.5" y="2.5" width="5" height="5" fill={entry.color} />
                ) : (
                  <circle cx="8" cy="5" r="2.8" fill={entry.color} />
                )}
              </>
            )}
          </svg>
          {entry.label}
        </li>
      ))}
    </ul>
  );
}
