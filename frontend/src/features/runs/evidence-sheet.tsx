import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { api, unwrap } from "@/shared/api/client";
import { useCatalogue } from "@/shared/catalogue/fields";
import { formatDate, formatDateTime } from "@/shared/format/date";
import { formatFieldValue } from "@/shared/format/field-value";
import { useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { Sheet } from "@/shared/ui/dialog";
import { Fact } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { useReturnFocus } from "@/shared/ui/use-return-focus";
import { factValue, figureName, type Shown } from "./citation";
import { PageLink, PageText } from "./quote";
import type { Citation } from "./run-queries";

type Figure = Extract<Citation, { kind: "figure" }>;

/** What one sentence rests on: the quote in its page, or the figure with its filing. */
export function EvidenceSheet({
  orgnr,
  shown,
  onClose,
}: {
  orgnr: string;
  shown: Shown | null;
  onClose: () => void;
}) {
  const { t } = useI18n();
  return (
    <Sheet
      modal
      over
      open={shown !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t("ai.evidence")}
    >
      {shown && (
        <div className="flex flex-col gap-4 p-4">
          <div>
            <h3 className="eyebrow mb-1">{t("ai.evidence.statement")}</h3>
            <p>{shown.statement.text}</p>
          </div>
          <Source orgnr={orgnr} citation={shown.citation} />
        </div>
      )}
    </Sheet>
  );
}

function Source({ orgnr, citation }: { orgnr: string; citation: Citation }) {
  useReturnFocus();
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { fields } = useCatalogue();
  switch (citation.kind) {
    case "figure":
      return <FigureSource orgnr={orgnr} citation={citation} />;
    case "passage":
      return (
        <>
          <div>
            <h3 className="eyebrow mb-1">{t("ai.evidence.quote")}</h3>
            <blockquote className="border-line-strong border-l-2 pl-2.5">“{citation.quote}”</blockquote>
          </div>
          <dl className="flex flex-col gap-3 text-sm">
            <Fact label={t("ai.evidence.page")}>
              <PageLink url={citation.url} />
            </Fact>
            <Fact label={t("ai.evidence.fetched")}>
              <span className="tabular">{formatDateTime(citation.fetched_at)}</span>
            </Fact>
            <Fact label={t("ai.evidence.hash")}>
              <code className="break-all font-mono text-2xs">{citation.sha256}</code>
            </Fact>
          </dl>
          <div>
            <h3 className="eyebrow mb-1">{t("findings.asRead")}</h3>
            <PageText passage={citation} tall />
          </div>
        </>
      );
    case "register": {
      const field = fields.get(citation.field);
      return (
        <>
          <dl>
            <Fact label={figureName(citation.field, fields, locale)}>
              {field ? formatFieldValue(field, citation.value, { unit, locale, t }) : String(citation.value)}
            </Fact>
          </dl>
          <p className="text-ink-2 text-xs">{t("ai.evidence.register")}</p>
          <Link to="/company/$orgnr" params={{ orgnr }} className={LINK}>
            {t("ai.evidence.openCompany")} <ArrowRight size={13} aria-hidden />
          </Link>
        </>
      );
    }
  }
}

const LINK = "inline-flex items-center gap-1 self-start font-medium text-accent hover:underline";

function FigureSource({ orgnr, citation }: { orgnr: string; citation: Figure }) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { fields } = useCatalogue();
  const scope = citation.scope === "group" ? "group" : "company";
  const lineage = useQuery({
    queryKey: ["company", orgnr, "figure", citation.field, citation.period_end, scope],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/companies/{orgnr}/figures/{line}", {
          params: {
            path: { orgnr, line: citation.field },
            query: { period_end: citation.period_end, scope },
          },
          signal,
        }),
      ),
  });
  // The version that the sentence was checked against; newer filings may have restated it since.
  const version =
    lineage.data?.versions.find((one) => one.filing_id === citation.filing) ?? lineage.data?.versions[0];
  return (
    <>
      <div>
        <h3 className="eyebrow">{figureName(citation.field, fields, locale)}</h3>
        <p className="tabular font-semibold text-2xl">
          {factValue(citation.value, citation.unit, { unit, locale })}
        </p>
      </div>
      <dl className="grid grid-cols-2 gap-3 text-sm">
        <Fact label={t("ai.evidence.period")}>
          <span className="tabular">
            {citation.period_start && `${formatDate(citation.period_start)} – `}
            {formatDate(citation.period_end)}
          </span>
        </Fact>
        <Fact label={t("ai.evidence.scope")}>
          {t(scope === "group" ? "ai.evidence.group" : "ai.evidence.company")}
        </Fact>
        {version && (
          <>
            <Fact label={t("ai.evidence.filing")}>
              <span className="break-all">{version.file_name ?? version.filing_id}</span>
            </Fact>
            {version.filed_at && (
              <Fact label={t("ai.evidence.filedAt")}>
                <span className="tabular">{formatDate(version.filed_at)}</span>
              </Fact>
            )}
            {version.as_filed && (
              <Fact label={t("ai.evidence.asFiled")}>
                <code className="rounded-sm bg-warn-soft px-1 font-mono text-xs">{version.as_filed}</code>
              </Fact>
            )}
            {version.concept && (
              <Fact label={t("ai.evidence.concept")}>
                <code className="break-all font-mono text-2xs">{version.concept}</code>
              </Fact>
            )}
            {version.provenance && <Fact label={t("lineage.provenance")}>{version.provenance}</Fact>}
          </>
        )}
      </dl>
      {lineage.isPending ? (
        <LoadingBlock lines={2} className="p-0" />
      ) : (
        lineage.isError && <ErrorState compact error={lineage.error} onRetry={() => void lineage.refetch()} />
      )}
      <Link
        to="/company/$orgnr"
        params={{ orgnr }}
        search={{ figure: `${citation.field}:${citation.period_end}`, scope }}
        className={LINK}
      >
        {t("ai.evidence.lineage")} <ArrowRight size={13} aria-hidden />
      </Link>
    </>
  );
}
