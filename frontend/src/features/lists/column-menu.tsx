import { Columns3 } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";
import type { ColumnChoice } from "@/shared/table/column-choice";
import { Button } from "@/shared/ui/button";
import { Popover } from "@/shared/ui/menu";
import { OFFERED_COLUMNS, STANDARD_COLUMNS } from "./list-columns";

/** Chooses which columns a list shows; one beside the name always stays. */
export function ColumnMenu({
  columns,
  titleOf,
  onChange,
}: {
  columns: readonly ColumnChoice[];
  titleOf: (key: string) => string;
  onChange: (columns: readonly ColumnChoice[]) => void;
}) {
  const { t } = useI18n();
  return (
    <Popover
      align="end"
      label={t("universe.columns")}
      trigger={
        <Button look="ghost">
          <Columns3 size={14} aria-hidden /> <span className="max-sm:sr-only">{t("universe.columns")}</span>
        </Button>
      }
    >
      <fieldset className="flex max-h-96 w-60 flex-col overflow-y-auto">
        <legend className="eyebrow mb-1">{t("universe.columns")}</legend>
        {OFFERED_COLUMNS.map((key) => (
          <label key={key} className="flex h-7 shrink-0 items-center gap-2 rounded-[4px] px-1 hover:bg-hover">
            <input
              type="checkbox"
              checked={columns.some((column) => column.key === key)}
              onChange={() => {
                const rest = columns.filter((column) => column.key !== key);
                const next = rest.length < columns.length ? rest : [...columns, { key }];
                if (next.some((column) => column.key !== "name")) onChange(next);
              }}
              className="size-3.5 accent-[var(--accent)]"
            />
            <span className="truncate">{titleOf(key)}</span>
          </label>
        ))}
        <Button size="sm" look="ghost" className="mt-2 self-start" onClick={() => onChange(STANDARD_COLUMNS)}>
          {t("lists.columnsStandard")}
        </Button>
      </fieldset>
    </Popover>
  );
}
