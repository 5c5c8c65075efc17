import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { cx } from "@/shared/ui/class-names";
import { SelectField } from "@/shared/ui/field";
import { type PlainColumn, PlainTable } from "@/shared/ui/plain-table";
import type { Choice, ImportPreview, PreviewColumn } from "./mapping-text";

const UNITS = ["kr", "tkr", "mkr", "mdkr"] as const;

/** Every column of a table: which field it is read as, in which unit, or why it is left out; each can be corrected. */
export function PreviewColumns({
  preview,
  onChoose,
}: {
  preview: ImportPreview;
  onChoose: (column: number, choice: Choice) => void;
}) {
  const { t, locale } = useI18n();
  const isAmount = new Set(preview.fields.filter((field) => field.is_amount).map((field) => field.key));
  const label = (field: ImportPreview["fields"][number]) =>
    locale === "sv" ? field.label_sv : field.label_en;
  const columns: PlainColumn<PreviewColumn>[] = [
    {
      key: "heading",
      header: t("preview.column"),
      className: "min-w-32 break-words",
      cell: (column) => (
        <span className="flex flex-col">
          <span className="font-medium">
            {column.heading || t("preview.noHeading", { number: column.number })}
          </span>
          <span className="text-ink-3 text-xs sm:hidden">{column.samples[0]}</span>
          {column.reason && (
            <span className={cx("text-xs sm:hidden", column.is_known ? "text-warn" : "text-ink-3")}>
              {column.reason}
            </span>
          )}
        </span>
      ),
    },
    {
      key: "samples",
      header: t("preview.samples"),
      wide: true,
      className: "max-w-56 truncate text-ink-2",
      cell: (column) => <span title={column.samples.join(" · ")}>{column.samples.join(" · ")}</span>,
    },
    {
      key: "field",
      header: t("preview.field"),
      cell: (column) => (
        <SelectField
          className="w-56 max-sm:w-32"
          aria-label={t("preview.fieldOf", { heading: column.heading || `#${column.number}` })}
          value={column.field ?? ""}
          onChange={(event) =>
            onChoose(column.number, { field: event.target.value || null, unit: column.unit ?? null })
          }
        >
          <option value="">{t("preview.leftOut")}</option>
          {preview.fields.map((field) => (
            <option key={field.key} value={field.key}>
              {label(field)}
            </option>
          ))}
        </SelectField>
      ),
    },
    {
      key: "unit",
      header: t("preview.unit"),
      cell: (column) =>
        column.field && isAmount.has(column.field) ? (
          <span className="flex items-center gap-1.5">
            <SelectField
              aria-label={t("preview.unitOf", { heading: column.heading || `#${column.number}` })}
              value={column.unit ?? "kr"}
              onChange={(event) =>
                onChoose(column.number, { field: column.field ?? null, unit: event.target.value })
              }
            >
              {UNITS.map((unit) => (
                <option key={unit} value={unit}>
                  {t(`preview.unit.${unit}`)}
                </option>
              ))}
            </SelectField>
            {column.currency && <Badge>{column.currency}</Badge>}
          </span>
        ) : null,
    },
    {
      key: "reason",
      header: t("preview.reason"),
      wide: true,
      className: "min-w-40",
      cell: (column) =>
        column.reason && (
          <span className={column.is_known ? "text-warn" : "text-ink-3"}>{column.reason}</span>
        ),
    },
  ];
  return (
    <PlainTable
      label={t("preview.columns")}
      columns={columns}
      rows={preview.columns}
      keyOf={(column) => String(column.number)}
    />
  );
}
