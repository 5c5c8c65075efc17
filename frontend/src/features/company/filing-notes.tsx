import type { Got } from "@/shared/api/client";
import { formatDate } from "@/shared/format/date";
import type { ValueStyle } from "@/shared/format/field-value";
import { conceptNames, unusedReason } from "./unused-labels";

type Filing = Got<"/api/companies/{orgnr}/filings">["filings"][number];

/** What the reader noticed in the filings, and the tagged figures of known lines that it did not use: nothing is left out
 * without a word. */
export function FilingNotes({ filings, style }: { filings: readonly Filing[]; style: ValueStyle }) {
  const { t } = style;
  const noted = filings.filter((filing) => filing.warnings.length > 0 || filing.unused.length > 0);
  if (noted.length === 0) return null;
  return (
    <div className="border-line border-t px-3 py-2 text-xs">
      {noted.map((filing) => (
        <details key={filing.id} className="py-0.5">
          <summary className="cursor-pointer text-ink-2">
            {t("company.filing.notes", {
              period: `${formatDate(filing.period_start)} – ${formatDate(filing.period_end)}`,
            })}{" "}
            {filing.unused.length > 0 &&
              t("company.filing.unused", {
                count: filing.unused.reduce((sum, group) => sum + group.count, 0),
              })}
          </summary>
          <ul className="my-1 ml-4 list-disc space-y-0.5">
            {filing.unused.map((group) => (
              <li key={`${group.reason} ${group.detail}`}>
                <span className="tabular">{group.count}</span>:{" "}
                {unusedReason(group.reason, group.detail, style)}{" "}
                <span className="text-ink-3">({conceptNames(group.figures)})</span>
              </li>
            ))}
            {filing.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}
