import { queryOptions, useQuery } from "@tanstack/react-query";
import { Download, FileSearch } from "lucide-react";
import { useState } from "react";
import { api, type Got, unwrap } from "@/shared/api/client";
import { formatDate } from "@/shared/format/date";
import type { ValueStyle } from "@/shared/format/field-value";
import { formatBytes, formatNumber, MISSING } from "@/shared/format/number";
import { codeLabel } from "@/shared/i18n/codes";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { DownloadLink } from "@/shared/ui/download-link";
import { lazyPart } from "@/shared/ui/lazy-part";
import { type PlainColumn, PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import type { ReportPlace } from "./filed-report";
import { FilingNotes } from "./filing-notes";
import { knownLabel } from "./known-labels";

const FiledReport = lazyPart(() => import("./filed-report"), { frame: "dialog" });

type Filing = Got<"/api/companies/{orgnr}/filings">["filings"][number];

export const filingsQuery = (orgnr: string) =>
  queryOptions({
    queryKey: ["company", orgnr, "filings"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/companies/{orgnr}/filings", { params: { path: { orgnr } }, signal })),
  });

/** Whether it is a report that can be shown, not a row of a table. */
export const isReport = (filing: Filing) => Boolean(filing.download_url) && filing.kind !== "table";

const filedColumn = (t: ValueStyle["t"]): PlainColumn<Filing> => ({
  key: "filed",
  header: t("company.filing.filed"),
  className: "tabular whitespace-nowrap",
  cell: (filing) => formatDate(filing.filed_at),
});

/** The reports that were filed, as they were filed: each can be downloaded byte for byte. */
export function Filings({ orgnr, style }: { orgnr: string; style: ValueStyle }) {
  const { t, locale } = style;
  const filings = useQuery(filingsQuery(orgnr));
  const [report, setReport] = useState<ReportPlace | null>(null);
  return (
    <Section
      id="filings"
      title={t("company.filings")}
      note={filings.data && String(filings.data.count)}
      flush
    >
      {filings.isPending ? (
        <LoadingBlock lines={3} />
      ) : filings.isError ? (
        <ErrorState compact error={filings.error} onRetry={() => void filings.refetch()} />
      ) : filings.data.filings.length === 0 ? (
        <EmptyState title={t("company.filing.none")}>
          <p>{t("company.filing.noneText")}</p>
        </EmptyState>
      ) : (
        <>
          <PlainTable<Filing>
            label={t("company.filings")}
            rows={filings.data.filings}
            keyOf={(filing) => filing.id}
            columns={[
              {
                key: "period",
                header: t("company.filing.period"),
                className: "tabular whitespace-nowrap",
                cell: (filing) => `${formatDate(filing.period_start)} – ${formatDate(filing.period_end)}`,
              },
              {
                key: "kind",
                header: t("company.filing.kind"),
                className: "whitespace-nowrap",
                cell: (filing) => (
                  <span title={filing.provenance ?? undefined}>
                    {codeLabel("filing", filing.kind, t)}
                    {filing.warnings.length > 0 && (
                      <Badge tone="warn" title={filing.warnings.join("\n")}>
                        {formatNumber(filing.warnings.length, locale)} !
                      </Badge>
                    )}
                  </span>
                ),
              },
              {
                key: "framework",
                header: t("company.filing.framework"),
                className: "whitespace-nowrap",
                cell: (filing) =>
                  [codeLabel("framework", filing.framework ?? "unknown", t), filing.taxonomy]
                    .filter(Boolean)
                    .join(" · "),
              },
              // Few sources tell the day: a column of dashes is left out.
              ...(filings.data.filings.some((filing) => filing.filed_at) ? [filedColumn(t)] : []),
              {
                key: "known",
                header: t("lineage.knownOn"),
                className: "tabular whitespace-nowrap",
                cell: (filing) => (
                  <span title={knownLabel(filing.known_by, t) || undefined}>
                    {formatDate(filing.known_on)}
                  </span>
                ),
              },
              {
                key: "software",
                header: t("company.filing.software"),
                className: "whitespace-nowrap",
                cell: (filing) => filing.software ?? MISSING,
              },
              {
                key: "size",
                header: t("company.filing.size"),
                align: "right",
                cell: (filing) => formatBytes(filing.size_bytes, locale),
              },
              {
                key: "open",
                header: <span className="sr-only">{t("report.open")}</span>,
                align: "right",
                cell: (filing) =>
                  isReport(filing) ? (
                    <Button
                      look="ghost"
                      size="sm"
                      onClick={() => setReport({ filingId: filing.id, name: filing.file_name ?? filing.id })}
                    >
                      <FileSearch size={13} aria-hidden /> {t("report.open")}
                    </Button>
                  ) : null,
              },
              {
                key: "download",
                header: <span className="sr-only">{t("action.download")}</span>,
                align: "right",
                cell: (filing) =>
                  filing.download_url ? (
                    <DownloadLink
                      path={filing.download_url}
                      name={filing.file_name ?? "package"}
                      label={t("company.filing.download", { name: filing.file_name ?? "" })}
                    >
                      <Download size={13} aria-hidden />
                    </DownloadLink>
                  ) : null,
              },
            ]}
          />
          <FilingNotes filings={filings.data.filings} style={style} />
          {report && <FiledReport place={report} onClose={() => setReport(null)} />}
        </>
      )}
    </Section>
  );
}
