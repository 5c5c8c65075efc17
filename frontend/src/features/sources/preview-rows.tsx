import { formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { locatedReason, rejectionWords } from "@/shared/imports/rejection-words";
import { cx } from "@/shared/ui/class-names";
import type { ImportPreview } from "./mapping-text";

/** The fields that rows show beside those that a column is read as: what Lode works out of the others. */
const DERIVED = ["period_start", "period_end", "scope", "currency"];
const OF_PERIODS = new Set(["year", "year_end_month", "months", "period_start", "period_end"]);

/** The first rows as they will be read: amounts in whole units, the period by its days; refused rows with their reason. */
export function PreviewRows({ preview }: { preview: ImportPreview }) {
  const { t, locale } = useI18n();
  const fields = new Map(preview.fields.map((field) => [field.key, field]));
  const read = preview.columns.flatMap((column) => (column.field ? [column.field] : []));
  const isPeriod = read.some((key) => OF_PERIODS.has(key));
  const keys = [
    ...read.filter((key) => !OF_PERIODS.has(key) && !fields.get(key)?.is_amount && !DERIVED.includes(key)),
    ...(isPeriod ? DERIVED : []),
    ...read.filter((key) => fields.get(key)?.is_amount),
  ];
  const label = (key: string) => {
    const field = fields.get(key);
    return field ? (locale === "sv" ? field.label_sv : field.label_en) : key;
  };
  const shown = (key: string, value: unknown) =>
    key === "scope" && (value === "company" || value === "group")
      ? t(`preview.scope.${value}`)
      : typeof value === "number"
        ? formatNumber(value, locale)
        : value === undefined || value === null
          ? "–"
          : String(value);
  if (preview.rows.length === 0) return <p className="text-ink-2 text-sm">{t("preview.noRows")}</p>;
  return (
    <div className="flex flex-col gap-1.5">
      <h4 className="eyebrow">
        {t("preview.rows", { looked: preview.looked_at, refused: preview.refused })}
      </h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="relative overflow-x-auto" tabIndex={0} aria-label={t("preview.rowsLabel")}>
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">{t("preview.rowsLabel")}</caption>
          <thead>
            <tr className="border-line border-b text-ink-2 text-xs">
              <th scope="col" className="h-8 px-3 text-right font-medium">
                {t("preview.line")}
              </th>
              {keys.map((key) => (
                <th
                  key={key}
                  scope="col"
                  className={cx(
                    "h-8 whitespace-nowrap px-3 font-medium",
                    fields.get(key)?.is_amount ? "text-right" : "text-left",
                  )}
                >
                  {label(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.line} className="border-line/70 border-b last:border-0">
                <td className="numeric h-[var(--row)] px-3 text-ink-3">{row.line}</td>
                {row.problem || row.is_sole_trader ? (
                  <td colSpan={keys.length} className={cx("px-3", row.problem ? "text-bad" : "text-ink-2")}>
                    {row.problem
                      ? `${t("preview.refused")}: ${locatedReason(row.problem.reason, locale)}.${row.problem.remedy ? ` ${rejectionWords(row.problem.remedy, locale)}.` : ""}`
                      : t("preview.soleTrader")}
                  </td>
                ) : (
                  keys.map((key) => (
                    <td
                      key={key}
                      className={cx("whitespace-nowrap px-3", fields.get(key)?.is_amount && "numeric")}
                    >
                      {shown(key, (row.values as Record<string, unknown>)[key])}
                    </td>
                  ))
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
