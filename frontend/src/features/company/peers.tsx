import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Got } from "@/shared/api/client";
import { asApiError } from "@/shared/api/problem";
import { type Field, useCatalogue } from "@/shared/catalogue/fields";
import { ChartFrame } from "@/shared/charts/frame";
import type { Period } from "@/shared/company/queries";
import { periodName } from "@/shared/format/date";
import { codeLabel, formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatNumber, MISSING } from "@/shared/format/number";
import { pick } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Hint } from "@/shared/ui/hint";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { FigureButton } from "./figure-button";
import { PeerStrip } from "./peer-strip";
import { peersQuery } from "./peers-query";

type Answer = Got<"/api/companies/{orgnr}/peers">;
export type PeerMetric = Answer["metrics"][number];

/** Where the company stands among companies of its industry and size, in every ratio. */
export function Peers({
  orgnr,
  style,
  latest,
  onFigure,
}: {
  orgnr: string;
  style: ValueStyle;
  /** The period that the ratios are of. */
  latest: Period | undefined;
  onFigure: (figure: string) => void;
}) {
  const { t, locale } = style;
  const { fields } = useCatalogue();
  const peers = useQuery(peersQuery(orgnr));
  if (peers.isPending || peers.isError) {
    // A company that is in the register but not in the index yet has no peers; that is no fault.
    if (peers.isError && asApiError(peers.error).isNotFound) return null;
    return (
      <Section title={t("peers.title")}>
        {peers.isError ? (
          <ErrorState compact error={peers.error} onRetry={() => void peers.refetch()} />
        ) : (
          <LoadingBlock lines={6} className="px-0" />
        )}
      </Section>
    );
  }
  const { group, metrics } = peers.data;
  const size = fields.get("size_class");
  const industry = group.sni
    ? `${group.sni} ${pick(group.sni_label, locale)}`.trim()
    : t("peers.everyIndustry");
  const sizeLabel =
    group.size_class && size ? codeLabel(size, group.size_class, locale) : t("peers.everySize");
  // Among companies of every industry a good place says nothing.
  const isAlike = Boolean(group.sni);
  const rows = metrics.flatMap((metric) => {
    const field = fields.get(metric.field);
    return field && metric.value !== null && metric.value !== undefined && metric.count > 1
      ? [{ metric, field }]
      : [];
  });
  if (rows.length === 0) {
    return (
      <Section title={t("peers.title")}>
        <EmptyState title={t("peers.none")}>
          <p>{t("peers.noneText")}</p>
        </EmptyState>
      </Section>
    );
  }
  const note = (
    <>
      {industry} · {sizeLabel}
      {!isAlike && ` · ${t("peers.notAlike")}`} ·{" "}
      <Link
        to="/universe"
        search={{ f: group.text || undefined }}
        className="tabular text-accent underline underline-offset-2"
      >
        {t("universe.count", { count: group.count })}
      </Link>
    </>
  );
  return (
    <ChartFrame
      id="peers"
      title={t("peers.title")}
      note={note}
      chart={<PeerChart rows={rows} style={style} latest={latest} onFigure={onFigure} isAlike={isAlike} />}
      table={<PeerTable rows={rows} style={style} latest={latest} onFigure={onFigure} isAlike={isAlike} />}
    />
  );
}

type PeerRow = { metric: PeerMetric; field: Field };

type PeerProps = {
  rows: readonly PeerRow[];
  style: ValueStyle;
  latest: Period | undefined;
  onFigure: (figure: string) => void;
  /** Whether the others are of the same industry, so that being better or worse means something. */
  isAlike: boolean;
};

/** The company's own ratio, which opens what it is formed from. */
function OwnFigure({ row, style, latest, onFigure }: PeerProps & { row: PeerRow }) {
  const text = say(row.field, row.metric.value, style);
  if (!latest) return text;
  return (
    <FigureButton
      figure={`${row.field.key}:${latest.period_end}`}
      onFigure={onFigure}
      words={{
        line: pick(row.field.label, style.locale),
        period: periodName(latest.period_start, latest.period_end),
        value: text,
      }}
    >
      {text}
    </FigureButton>
  );
}

/** In which quarter of its peers the company is, when that is good or bad news; null in between or where neither is. */
export function standing(metric: PeerMetric): "best" | "worst" | null {
  const { percentile, better } = metric;
  if (percentile === null || percentile === undefined || better === "neutral") return null;
  const share = better === "higher" ? percentile : 1 - percentile;
  return share >= 0.75 ? "best" : share <= 0.25 ? "worst" : null;
}

function StandingBadge({ metric, style }: { metric: PeerMetric; style: ValueStyle }) {
  const place = standing(metric);
  if (!place) return null;
  return (
    <Badge tone={place === "best" ? "good" : "warn"}>
      {style.t(place === "best" ? "peers.best" : "peers.worst")}
    </Badge>
  );
}

function say(field: Field, value: number | null | undefined, style: ValueStyle): string {
  return formatFieldValue(field, value, style);
}

function percentileText(metric: PeerMetric, style: ValueStyle): string {
  const { percentile } = metric;
  return percentile === null || percentile === undefined
    ? MISSING
    : formatNumber(Math.round(percentile * 100), style.locale);
}

function PeerChart(props: PeerProps) {
  const { rows, style } = props;
  const { t, locale } = style;
  return (
    <div className="@container">
      <p className="mb-2 text-ink-3 text-xs">{t("peers.legend")}</p>
      <ul className="grid gap-x-10 @6xl:grid-cols-2">
        {rows.map(({ metric, field }) => {
          const label = pick(field.label, locale);
          const unit = headerUnit(field, style);
          return (
            <li
              key={metric.field}
              className="grid h-[var(--row)] grid-cols-[minmax(0,14rem)_5rem_minmax(4rem,1fr)_8.5rem] items-center gap-2 border-line/60 border-b text-sm max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:py-1.5"
            >
              <Hint side="right" text={pick(field.formula, locale)}>
                <button type="button" className="cursor-help truncate text-left">
                  {label}
                  {unit && <span className="text-ink-3"> {unit}</span>}
                </button>
              </Hint>
              <span className="numeric font-medium">
                <OwnFigure row={{ metric, field }} {...props} />
              </span>
              <span className="max-sm:order-last max-sm:col-span-2">
                <PeerStrip
                  metric={metric}
                  label={t("peers.strip", {
                    field: label,
                    value: say(field, metric.value, style),
                    median: say(field, metric.median, style),
                    percentile: percentileText(metric, style),
                  })}
                />
              </span>
              <span className="flex items-center justify-end max-sm:col-span-2 max-sm:justify-start max-sm:empty:hidden">
                {props.isAlike && <StandingBadge metric={metric} style={style} />}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function PeerTable(props: PeerProps) {
  const { rows, style } = props;
  const { t, locale } = style;
  const figure = (key: "p10" | "p25" | "median" | "p75" | "p90", header: string) => ({
    key,
    header,
    align: "right" as const,
    cell: ({ metric, field }: PeerRow) => say(field, metric[key], style),
  });
  return (
    <PlainTable
      label={t("peers.title")}
      rows={rows}
      keyOf={({ metric }) => metric.field}
      columns={[
        {
          key: "name",
          header: t("company.ratio.name"),
          cell: ({ field }) => (
            <span className="whitespace-nowrap">
              {pick(field.label, locale)} <span className="text-ink-3">{headerUnit(field, style)}</span>
            </span>
          ),
        },
        {
          key: "value",
          header: t("peers.company"),
          align: "right",
          className: "font-medium",
          cell: (row) => <OwnFigure row={row} {...props} />,
        },
        {
          key: "percentile",
          header: t("peers.percentile"),
          align: "right",
          cell: ({ metric }) => percentileText(metric, style),
        },
        {
          key: "standing",
          header: <span className="sr-only">{t("peers.standing")}</span>,
          cell: ({ metric }) => props.isAlike && <StandingBadge metric={metric} style={style} />,
        },
        figure("p10", t("peers.p10")),
        figure("p25", t("peers.p25")),
        figure("median", t("peers.median")),
        figure("p75", t("peers.p75")),
        figure("p90", t("peers.p90")),
        {
          key: "count",
          header: t("peers.count"),
          align: "right",
          cell: ({ metric }) => formatNumber(metric.count, locale),
        },
      ]}
    />
  );
}
