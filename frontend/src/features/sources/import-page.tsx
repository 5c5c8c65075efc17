import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { useLastAnswers } from "@/shared/api/last-answers";
import { formatDateTime, formatDuration } from "@/shared/format/date";
import { formatNumber, MISSING } from "@/shared/format/number";
import { codeLabel } from "@/shared/i18n/codes";
import type { MessageKey } from "@/shared/i18n/en";
import { type Translate, useI18n } from "@/shared/i18n/i18n";
import { rejectionWords } from "@/shared/imports/rejection-words";
import { ImportStatus } from "@/shared/ui/import-status";
import { Pager } from "@/shared/ui/pager";
import { PlainTable } from "@/shared/ui/plain-table";
import { Fact, PageBar, Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { importQuery } from "./import-query";
import { runSeconds } from "./sources-page";

const route = getRouteApi("/sources/imports/$id");

/** One import: its counts and every row that was rejected, with the place and the reason. */
export function ImportPage() {
  const { t, locale } = useI18n();
  const { id } = route.useParams();
  const run = useQuery(importQuery(id));
  const isRunning = run.data?.status === "running";
  useLastAnswers(isRunning, rejectionsKey(id));
  if (run.isPending) return <LoadingBlock lines={10} />;
  if (run.isError) return <ErrorState error={run.error} onRetry={() => void run.refetch()} />;
  const { data } = run;
  const counts: [MessageKey, number | null | undefined][] = [
    ["sources.read", data.report.read],
    ["sources.new", data.report.new],
    ["sources.changed", data.report.changed],
    ["sources.unchanged", data.report.unchanged],
    ["sources.periods", data.report.periods],
    ["sources.rejected", data.report.rejected],
    ["sources.excluded", data.report.excluded_sole_traders],
  ];
  return (
    <>
      <PageBar
        title={`${t("sources.import")}: ${codeLabel("import", data.kind, t)}`}
        lead={
          <Link
            to="/sources"
            aria-label={t("sources.title")}
            className="-ml-1.5 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
          >
            <ArrowLeft size={16} aria-hidden />
          </Link>
        }
      >
        <ImportStatus status={data.status} rejected={data.report.rejected} />
        <span className="tabular text-ink-2 text-xs">
          {formatDateTime(data.started_at)} · {formatDuration(runSeconds(data), locale)}
        </span>
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 max-sm:p-3">
          <Section title={t("sources.report")}>
            <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-7">
              {counts.map(([label, value]) => (
                <Fact key={label} label={t(label)}>
                  <span className="tabular font-semibold text-xl">{formatNumber(value, locale)}</span>
                </Fact>
              ))}
            </dl>
            {data.error && <p className="mt-3 text-bad">{data.error}</p>}
            {data.files.length > 0 && (
              <p className="mt-3 break-all text-ink-2 text-xs">
                {t("sources.files")}:{" "}
                {data.files
                  .slice(0, 20)
                  .map((file) => file.name)
                  .join(", ")}
                {data.files.length > 20 && ` +${data.files.length - 20}`}
              </p>
            )}
          </Section>
          <Section title={t("sources.rejectedRows")} note={formatNumber(data.rejections_total, locale)} flush>
            <Rejections id={id} isRunning={isRunning} />
          </Section>
        </div>
      </div>
    </>
  );
}

/** Where a row stands: the line that a person counts to, and the column by its name. Other places are told as they are. */
function placeWords({ item, place }: { item: number; place?: string | null }, t: Translate): string {
  const found = /^row \d+, line (\d+)(?:, column \d+)?(?:, field (.+))?$/.exec(place ?? "");
  if (!found) return [item || null, place].filter(Boolean).join(" · ");
  const [, line = "", field] = found;
  return [t("sources.line", { line }), field].filter(Boolean).join(" · ");
}

const PAGE = 50;

const rejectionsKey = (id: string) => ["import", id, "rejections"];

function Rejections({ id, isRunning }: { id: string; isRunning: boolean }) {
  const { t, locale } = useI18n();
  const [offset, setOffset] = useState(0);
  const rejections = useQuery({
    queryKey: [...rejectionsKey(id), offset],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/imports/{id}/rejections", {
          params: { path: { id }, query: { limit: PAGE, offset } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: isRunning ? 3_000 : false,
  });
  if (rejections.isPending) return <LoadingBlock lines={3} />;
  if (rejections.isError)
    return <ErrorState compact error={rejections.error} onRetry={() => void rejections.refetch()} />;
  if (rejections.data.total === 0)
    return <p className="px-3.5 py-4 text-ink-2">{t("sources.noneRejected")}</p>;
  return (
    <>
      <PlainTable
        label={t("sources.rejectedRows")}
        rows={rejections.data.items}
        keyOf={(row) => `${row.file}-${row.item}`}
        columns={[
          { key: "file", header: t("sources.file"), className: "max-w-72 truncate", cell: (row) => row.file },
          {
            key: "place",
            header: t("sources.place"),
            className: "tabular whitespace-nowrap",
            cell: (row) => placeWords(row, t) || MISSING,
          },
          {
            key: "reason",
            header: t("sources.reason"),
            cell: (row) => <span title={row.sample ?? undefined}>{rejectionWords(row.reason, locale)}</span>,
          },
          {
            key: "remedy",
            header: t("sources.remedy"),
            className: "text-ink-2",
            cell: (row) => (row.remedy ? rejectionWords(row.remedy, locale) : MISSING),
          },
        ]}
      />
      <Pager offset={offset} limit={PAGE} total={rejections.data.total} onOffset={setOffset} />
    </>
  );
}
