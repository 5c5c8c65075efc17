import { useQuery } from "@tanstack/react-query";
import { Download, FileSearch, Link2, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { api, type Got, unwrap } from "@/shared/api/client";
import { useCatalogue } from "@/shared/catalogue/fields";
import type { Scope } from "@/shared/company/queries";
import { formatDate } from "@/shared/format/date";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatAmount, formatNumber, MISSING } from "@/shared/format/number";
import { pick } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { DownloadLink } from "@/shared/ui/download-link";
import { lazyPart } from "@/shared/ui/lazy-part";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { useCopy } from "@/shared/ui/use-copy";
import { useReturnFocus } from "@/shared/ui/use-return-focus";
import type { ReportPlace } from "./filed-report";
import { knownLabel } from "./known-labels";
import { unusedReason } from "./unused-labels";

const FiledReport = lazyPart(() => import("./filed-report"), { frame: "dialog" });

type Lineage = Got<"/api/companies/{orgnr}/figures/{line}">;
type Version = Lineage["versions"][number];

/** Where one figure comes from: filing, concept, context and text as filed, and versions that were restated. */
export function FigurePanel({
  orgnr,
  figure,
  scope,
  style,
  onClose,
  onFigure,
}: {
  orgnr: string;
  figure: string;
  scope: Scope;
  style: ValueStyle;
  onClose: () => void;
  onFigure: (figure: string) => void;
}) {
  const { t, locale } = style;
  const [line = "", periodEnd = ""] = figure.split(":");
  const [copied, copy] = useCopy();
  const [report, setReport] = useState<ReportPlace | null>(null);
  const { fields } = useCatalogue();
  const heading = useRef<HTMLHeadingElement>(null);
  useReturnFocus();
  const lineage = useQuery({
    queryKey: ["company", orgnr, "figure", line, periodEnd, scope],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/companies/{orgnr}/figures/{line}", {
          params: { path: { orgnr, line }, query: { period_end: periodEnd, scope } },
          signal,
        }),
      ),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each figure that is opened is read from its heading.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [figure]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !report) onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose, report]);

  const data = lineage.data;
  const field = data && data.metric !== null && data.metric !== undefined ? fields.get(data.line) : undefined;
  const isMetric = data !== undefined && data.versions.length === 0 && data.value === null;
  const value = !data
    ? ""
    : field
      ? [formatFieldValue(field, data.metric, style), headerUnit(field, style)].filter(Boolean).join(" ")
      : exact(data.value, data.currency, locale);
  return (
    <aside
      aria-label={t("lineage.title")}
      aria-busy={lineage.isFetching}
      className="flex w-[25rem] shrink-0 flex-col border-line border-l bg-surface max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-30 max-xl:w-[min(25rem,100%)] max-xl:shadow-popover"
    >
      <header className="flex items-start gap-1 border-line border-b px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <p className="eyebrow">{t("lineage.title")}</p>
          <h2 ref={heading} tabIndex={-1} className="font-semibold text-base outline-none">
            {data ? pick(data.label, locale) : line}{" "}
            <span className="tabular font-normal text-ink-2">{periodEnd}</span>
          </h2>
        </div>
        <IconButton
          label={copied ? t("action.copied") : t("lineage.permalink")}
          onClick={() => copy(window.location.href)}
        >
          <Link2 size={15} aria-hidden />
        </IconButton>
        <IconButton label={t("action.close")} onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {lineage.isPending ? (
          <LoadingBlock lines={8} />
        ) : lineage.isError ? (
          <ErrorState error={lineage.error} onRetry={() => void lineage.refetch()} />
        ) : (
          <div className="flex flex-col gap-4 p-4">
            <p className="tabular font-semibold text-2xl">{value}</p>
            {data?.formula && (
              <div>
                <p className="eyebrow">{t("lineage.formula")}</p>
                <p className="mt-0.5">{pick(data.formula, locale)}</p>
              </div>
            )}
            {data?.inputs && data.inputs.length > 0 && (
              <div>
                <p className="eyebrow mb-1">{t("lineage.derived")}</p>
                <ul className="panel overflow-hidden">
                  {data.inputs.map((input) => (
                    <li
                      key={`${input.line}:${input.period_end}`}
                      className="border-line border-b last:border-0"
                    >
                      <button
                        type="button"
                        onClick={() => onFigure(`${input.line}:${input.period_end}`)}
                        className="flex w-full justify-between gap-3 px-3 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
                      >
                        <span>
                          {pick(input.label, locale) || input.line}
                          {data.inputs.some((other) => other.period_end !== data.period_end) && (
                            <span className="tabular text-ink-3"> {input.period_end}</span>
                          )}
                        </span>
                        <span className="tabular">
                          {input.line === "employees"
                            ? formatNumber(input.employees, locale, 1)
                            : exact(input.value, data.currency, locale)}
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
            )}
            {data?.restatement && (
              <p className="rounded-md bg-warn-soft px-3 py-2 text-warn text-xs">
                {t("lineage.restated", {
                  old: exact(data.restatement.old_value, data.currency, locale),
                  new: exact(data.restatement.new_value, data.currency, locale),
                })}
              </p>
            )}
            {data?.versions.map((version) => (
              <VersionCard
                key={`${version.filing_id}-${version.concept}-${version.context}`}
                version={version}
                style={style}
                onReport={setReport}
                currency={data.currency}
              />
            ))}
            {data && data.versions.length === 0 && !data.inputs?.length && (
              <EmptyState title={MISSING}>
                <p>{t(isMetric && field ? "lineage.noInputs" : "lineage.notFiled")}</p>
              </EmptyState>
            )}
          </div>
        )}
      </div>
      {report && <FiledReport place={report} onClose={() => setReport(null)} />}
    </aside>
  );
}

function exact(
  value: number | null | undefined,
  currency: string | null | undefined,
  locale: "sv" | "en",
): string {
  if (value === null || value === undefined) return MISSING;
  return currency
    ? `${formatAmount(value, "kr", locale)} ${currency === "SEK" ? "kr" : currency}`
    : formatNumber(value, locale, 2);
}

function VersionCard({
  version,
  style,
  currency,
  onReport,
}: {
  version: Version;
  style: ValueStyle;
  onReport: (place: ReportPlace) => void;
  currency: string | null | undefined;
}) {
  const { t, locale } = style;
  return (
    <section className="panel">
      <header className="flex items-center gap-2 border-line border-b px-3 py-1.5">
        <Badge tone={version.is_current ? "accent" : "neutral"}>
          {t(version.is_current ? "lineage.current" : "lineage.earlier")}
        </Badge>
        <span className="tabular ml-auto font-medium">{exact(version.value, currency, locale)}</span>
      </header>
      {version.concept === null && <p className="px-3 pt-2.5 text-ink-2 text-xs">{t("lineage.untagged")}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 px-3 py-2.5 text-xs">
        {version.concept !== null && (
          <>
            <Entry label={t("lineage.asFiled")}>
              <code className="rounded-sm bg-warn-soft px-1 font-mono">{version.as_filed ?? MISSING}</code>
            </Entry>
            <Entry label={t("lineage.scale")}>
              {t("lineage.scaleNote", { factor: formatNumber(10 ** (version.scale ?? 0), locale, 6) })}
            </Entry>
            <Entry label={t("lineage.sign")}>
              {version.sign === "-" ? `− (${t("lineage.signNote")})` : MISSING}
            </Entry>
            <Entry label={t("lineage.decimals")}>{precision(version.decimals, style)}</Entry>
            <Entry label={t("lineage.unit")}>{version.unit ?? MISSING}</Entry>
            <Entry label={t("lineage.concept")}>
              <code className="break-all font-mono">{version.concept}</code>
            </Entry>
            <Entry label={t("lineage.context")}>
              <code className="break-all font-mono">{version.context ?? MISSING}</code>
            </Entry>
            <Entry label={t("lineage.contextPeriod")}>
              <span className="tabular">{contextPeriod(version.context_period)}</span>
            </Entry>
          </>
        )}
        {version.provenance && <Entry label={t("lineage.provenance")}>{version.provenance}</Entry>}
        <Entry label={t("lineage.filed")}>
          <span className="tabular">{formatDate(version.filed_at)}</span>
        </Entry>
        <Entry label={t("lineage.knownOn")}>
          <span className="tabular">{formatDate(version.known_on)}</span>{" "}
          <span className="text-ink-3">{knownLabel(version.known_by, t)}</span>
        </Entry>
        <Entry label={t("lineage.filing")}>
          <span className="break-all">{version.file_name ?? version.filing_id}</span>
        </Entry>
        {(version.entry || version.document !== null) && (
          <Entry label={t("lineage.document")}>
            <code className="break-all font-mono">{version.entry ?? version.document}</code>
          </Entry>
        )}
      </dl>
      {version.others.length > 0 && (
        <div className="border-line border-t px-3 py-2 text-xs">
          <h4 className="mb-1 text-ink-3">{t("lineage.others")}</h4>
          <ul className="space-y-1">
            {version.others.map((other, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: tags have no identity of their own, and the list never changes.
              <li key={index}>
                <code className="rounded-sm bg-warn-soft px-1 font-mono">{other.as_filed || MISSING}</code>{" "}
                <span className="tabular">{contextPeriod(other.context_period)}</span>{" "}
                <code className="break-all font-mono">{other.concept}</code>:{" "}
                {unusedReason(other.reason, other.detail, style)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {version.download_url && (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-t px-3 py-1.5 text-xs">
          <Button
            look="ghost"
            size="sm"
            onClick={() =>
              onReport({
                filingId: version.filing_id,
                name: version.file_name ?? version.filing_id,
                document: version.document,
                concept: version.concept,
                context: version.context,
              })
            }
          >
            <FileSearch size={13} aria-hidden /> {t("report.open")}
          </Button>
          <DownloadLink path={version.download_url} name={version.file_name ?? "package"}>
            <Download size={13} aria-hidden /> {t("lineage.package")}
          </DownloadLink>
        </p>
      )}
    </section>
  );
}

/** The precision that the filing states, as a power of ten: −3 is rounded to thousands, none is exact. */
function precision(decimals: number | null | undefined, { t, locale }: ValueStyle): string {
  if (decimals === null || decimals === undefined) return t("lineage.exact");
  const words = {
    0: "lineage.rounded.units",
    "-3": "lineage.rounded.thousands",
    "-6": "lineage.rounded.millions",
  } as const;
  return decimals in words ? t(words[decimals as keyof typeof words]) : formatNumber(decimals, locale);
}

function contextPeriod(period: Version["context_period"]): string {
  if (!period) return MISSING;
  return period.start ? `${formatDate(period.start)} – ${formatDate(period.end)}` : formatDate(period.end);
}

function Entry({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
