import { ChevronDown, ChevronUp, Columns3, GripVertical, Pin, X } from "lucide-react";
import { useState } from "react";
import type { FieldMap } from "@/shared/catalogue/fields";
import { isNumeric } from "@/shared/catalogue/fields";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { type ColumnChoice, changeColumn, moveColumn } from "@/shared/table/column-choice";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { TextField } from "@/shared/ui/field";
import { Popover } from "@/shared/ui/menu";
import { STANDARD_COLUMNS } from "./columns";
import { findFields } from "./field-picker";

const SMALL =
  "inline-flex size-6 shrink-0 items-center justify-center rounded-[4px] text-ink-3 hover:bg-hover hover:text-ink disabled:opacity-30";

/** Which columns are shown, in which order, pinned or not, with how many decimals; by mouse or by keyboard. */
export function ColumnChooser({
  columns: everyColumn,
  fields,
  onChange,
}: {
  columns: readonly ColumnChoice[];
  fields: FieldMap;
  onChange: (columns: readonly ColumnChoice[]) => void;
}) {
  const { t, locale } = useI18n();
  // The name is always first; an entry of its own only holds its width.
  const columns = everyColumn.filter((column) => column.key !== "name");
  const [words, setWords] = useState("");
  const shown = new Set(columns.map((column) => column.key));
  const more = findFields(
    fields,
    words,
    (field) => field.is_column && field.key !== "name" && !shown.has(field.key),
  );
  const name = (key: string) => {
    if (key === "orgnr") return t("company.orgnr");
    if (key === "revenue_series") return t("universe.series");
    return pick(fields.get(key)?.label, locale) || key;
  };
  const extra = ["orgnr", "revenue_series"].filter(
    (key) =>
      !shown.has(key) &&
      !more.some((field) => field.key === key) &&
      name(key).toLowerCase().includes(words.toLowerCase()),
  );
  return (
    <Popover
      align="end"
      label={t("universe.columns")}
      className="w-80"
      trigger={
        <Button look="ghost">
          <Columns3 size={14} aria-hidden /> <span className="max-sm:sr-only">{t("universe.columns")}</span>
        </Button>
      }
    >
      <div className="flex max-h-[32rem] flex-col gap-2 overflow-y-auto">
        <div className="flex items-center justify-between">
          <h3 className="eyebrow">{t("universe.columnsShown")}</h3>
          <Button look="ghost" size="sm" onClick={() => onChange(STANDARD_COLUMNS)}>
            {t("universe.columnsReset")}
          </Button>
        </div>
        <ul className="-mx-1">
          {columns.map((column, index) => {
            const label = name(column.key);
            const field = fields.get(column.key);
            return (
              <li
                key={column.key}
                draggable
                onDragStart={(event) => event.dataTransfer.setData("text/lode-column", column.key)}
                onDragOver={(event) => event.preventDefault()}
                onDrop={(event) => {
                  event.preventDefault();
                  onChange(moveColumn(columns, event.dataTransfer.getData("text/lode-column"), column.key));
                }}
                className="flex h-7 items-center rounded-[4px] pr-1 hover:bg-hover"
              >
                <GripVertical size={13} aria-hidden className="mx-0.5 shrink-0 cursor-grab text-ink-3" />
                <span className="min-w-0 flex-1 truncate">{label}</span>
                {field && isNumeric(field) && (
                  <select
                    aria-label={t("universe.columnFormat", { column: label })}
                    value={column.digits ?? ""}
                    onChange={(event) =>
                      onChange(
                        changeColumn(columns, column.key, {
                          digits: event.target.value === "" ? undefined : Number(event.target.value),
                        }),
                      )
                    }
                    className="h-5.5 rounded-[4px] bg-transparent text-2xs text-ink-2"
                  >
                    <option value="">{t("universe.columnFormatAuto")}</option>
                    {[0, 1, 2, 3].map((digits) => (
                      <option key={digits} value={digits}>
                        {digits === 0 ? "0" : `0,${"0".repeat(digits)}`}
                      </option>
                    ))}
                  </select>
                )}
                <button
                  type="button"
                  className={cx(SMALL, column.pinned && "text-accent")}
                  aria-pressed={column.pinned === true}
                  aria-label={t(column.pinned ? "universe.columnUnpin" : "universe.columnPin", {
                    column: label,
                  })}
                  onClick={() =>
                    onChange(changeColumn(columns, column.key, { pinned: column.pinned ? undefined : true }))
                  }
                >
                  <Pin size={12} aria-hidden />
                </button>
                <button
                  type="button"
                  className={SMALL}
                  disabled={index === 0}
                  aria-label={t("universe.columnUp", { column: label })}
                  onClick={() => onChange(moveColumn(columns, column.key, columns[index - 1]?.key ?? ""))}
                >
                  <ChevronUp size={13} aria-hidden />
                </button>
                <button
                  type="button"
                  className={SMALL}
                  disabled={index === columns.length - 1}
                  aria-label={t("universe.columnDown", { column: label })}
                  onClick={() => onChange(moveColumn(columns, column.key, columns[index + 1]?.key ?? ""))}
                >
                  <ChevronDown size={13} aria-hidden />
                </button>
                <button
                  type="button"
                  className={SMALL}
                  disabled={columns.length === 1}
                  aria-label={t("universe.columnHide", { column: label })}
                  onClick={() => onChange(columns.filter((other) => other.key !== column.key))}
                >
                  <X size={13} aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
        <h3 className="eyebrow">{t("universe.columnsMore")}</h3>
        <TextField
          aria-label={t("universe.columnsSearch")}
          placeholder={t("universe.columnsSearch")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="shrink-0"
        />
        <ul className="-mx-1">
          {[
            ...extra.map((key) => ({ key, title: "" })),
            ...more.map((field) => ({ key: field.key, title: pick(field.formula, locale) })),
          ].map(({ key, title }) => (
            <li key={key}>
              <button
                type="button"
                title={title}
                aria-label={t("universe.columnShow", { column: name(key) })}
                onClick={() => onChange([...columns, { key }])}
                className="flex h-7 w-full items-center rounded-[4px] px-2 text-left hover:bg-hover"
              >
                <span className="truncate">{name(key)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Popover>
  );
}
