import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileText } from "lucide-react";
import { useState } from "react";
import { formatAgo, formatDate } from "@/shared/format/date";
import { formatCompactAmount, formatPercent } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { stagesQuery } from "@/shared/prospects/queries";
import { stageName } from "@/shared/prospects/stage-labels";
import { Section } from "@/shared/ui/section";
import { EmptyState } from "@/shared/ui/states";
import type { Home } from "./queries";

/** Rows before one asks for more. */
const SHOWN = 6;

/** Reports that came lately, of companies in the pipeline or on a list. */
export function NewFilings({ home }: { home: Home }) {
  const { t, locale } = useI18n();
  const stages = useQuery(stagesQuery);
  const [isWhole, setWhole] = useState(false);
  // Whole rows: a list that scrolls inside the page cuts one in half.
  const shown = isWhole ? home.filings : home.filings.slice(0, SHOWN);
  return (
    <Section title={t("home.newFilings")} note={t("home.filingsNote")} flush>
      {home.filings.length === 0 ? (
        <EmptyState isLine title={t("home.filingsNone")} icon={<FileText size={20} aria-hidden />} />
      ) : (
        <ul>
          {shown.map((filing) => (
            <li
              key={filing.id}
              className="flex items-baseline gap-3 border-line/70 border-b px-3.5 py-1.5 last:border-0"
            >
              <span className="min-w-0 flex-1">
                <Link
                  to="/company/$orgnr"
                  params={{ orgnr: filing.orgnr }}
                  className="block truncate font-medium hover:text-accent hover:underline"
                >
                  {filing.name ?? formatOrgnr(filing.orgnr)}
                </Link>
                <span className="tabular block truncate text-ink-2 text-xs">
                  {[
                    filing.report_end ? formatDate(filing.report_end) : null,
                    filing.revenue === null || filing.revenue === undefined
                      ? null
                      : formatCompactAmount(filing.revenue, locale, filing.currency ?? "SEK"),
                    filing.ebitda_margin === null || filing.ebitda_margin === undefined
                      ? null
                      : `EBITDA ${formatPercent(filing.ebitda_margin, locale)}`,
                    filing.stage ? stageName(filing.stage, stages.data?.stages, t) : t("home.onList"),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <time dateTime={filing.imported_at} className="shrink-0 text-ink-3 text-xs">
                {formatAgo(filing.imported_at, locale)}
              </time>
            </li>
          ))}
        </ul>
      )}
      {shown.length < home.filings.length && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="w-full border-line/70 border-t px-3.5 py-1.5 text-left font-medium text-accent text-xs hover:underline"
        >
          {t("home.filingsMore", { count: home.filings.length - shown.length })}
        </button>
      )}
    </Section>
  );
}
