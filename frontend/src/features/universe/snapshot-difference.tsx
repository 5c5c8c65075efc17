import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { openCompanyAction, useCompanyActions } from "@/shared/actions/company-actions";
import { api, type Posted, unwrap } from "@/shared/api/client";
import type { FieldMap } from "@/shared/catalogue/fields";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatNumber, MISSING } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";

type Answer = Posted<"/api/universe/snapshots/{id}/rerun">;
type Change = Answer["entered"][number];

/** A frozen screen run again: who entered, who left, and the figure that caused it. */
export function SnapshotDifference({
  id,
  fields,
  style,
}: {
  id: string;
  fields: FieldMap;
  style: ValueStyle;
}) {
  const { t, locale } = style;
  const difference = useQuery({
    queryKey: ["universe", "snapshots", id, "difference"],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/api/universe/snapshots/{id}/rerun", { params: { path: { id } }, signal })),
    retry: false,
  });
  if (difference.isPending) return <LoadingBlock lines={6} />;
  if (difference.isError) {
    return <ErrorState error={difference.error} onRetry={() => void difference.refetch()} />;
  }
  const { data } = difference;
  const count = (value: number) => formatNumber(value, locale);
  return (
    <section aria-label={t("universe.snapshot.difference")} aria-busy={difference.isFetching} className="p-4">
      <header className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="font-semibold">{t("universe.snapshot.difference")}</h2>
        <p className="tabular text-ink-2">
          {t("universe.snapshot.summary", { before: count(data.snapshot.count), after: count(data.total) })}
        </p>
        <Button
          look="ghost"
          size="sm"
          disabled={difference.isFetching}
          onClick={() => void difference.refetch()}
        >
          <RefreshCw size={13} aria-hidden /> {t("universe.snapshot.rerun")}
        </Button>
      </header>
      {data.entered_count + data.left_count === 0 ? (
        <EmptyState title={t("universe.snapshot.same")}>
          <p>{t("universe.snapshot.sameText")}</p>
        </EmptyState>
      ) : (
        <div className="grid gap-4 xl:grid-cols-2">
          <ChangeTable
            title={t("universe.snapshot.entered", { count: data.entered_count })}
            changes={data.entered}
            of={data.entered_count}
            fields={fields}
            style={style}
          />
          <ChangeTable
            title={t("universe.snapshot.left", { count: data.left_count })}
            changes={data.left}
            of={data.left_count}
            fields={fields}
            style={style}
          />
        </div>
      )}
    </section>
  );
}

function ChangeTable({
  title,
  changes,
  of,
  fields,
  style,
}: {
  title: string;
  changes: readonly Change[];
  of: number;
  fields: FieldMap;
  style: ValueStyle;
}) {
  const { t } = style;
  const list = useCompanyActions().find((action) => action.id === "list");
  return (
    <section className="panel min-w-0">
      <header className="flex h-10 items-center gap-2 border-line border-b px-3">
        <h3 className="tabular font-medium text-sm">{title}</h3>
        {of > changes.length && (
          <span className="text-ink-3 text-xs">
            {t("universe.snapshot.first", { count: changes.length })}
          </span>
        )}
        {list && changes.length > 0 && (
          <Button
            look="ghost"
            size="sm"
            className="ml-auto"
            onClick={() =>
              openCompanyAction(
                list,
                changes.map((change) => ({ orgnr: change.orgnr, name: change.name ?? null })),
              )
            }
          >
            <list.icon size={13} aria-hidden /> {t(list.label)}
          </Button>
        )}
      </header>
      {changes.length === 0 ? (
        <p className="px-3 py-4 text-ink-2">{t("universe.snapshot.nobody")}</p>
      ) : (
        <ul className="max-h-[32rem] overflow-y-auto">
          {changes.map((change) => (
            <li
              key={change.orgnr}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-line/70 border-b px-3 py-1.5 last:border-0"
            >
              <Link
                to="/company/$orgnr"
                params={{ orgnr: change.orgnr }}
                className="min-w-40 flex-1 truncate font-medium hover:text-accent hover:underline"
              >
                {change.name ?? formatOrgnr(change.orgnr)}
              </Link>
              <span className="flex flex-wrap gap-x-3 text-xs">
                {change.causes.length === 0 ? (
                  <Badge>{t(reasonKey(change.reason))}</Badge>
                ) : (
                  change.causes.map((cause) => (
                    <CauseText key={cause.condition} cause={cause} fields={fields} style={style} />
                  ))
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CauseText({
  cause,
  fields,
  style,
}: {
  cause: Change["causes"][number];
  fields: FieldMap;
  style: ValueStyle;
}) {
  const field = fields.get(cause.field);
  const say = (value: unknown) => (field ? formatFieldValue(field, value, style) : String(value ?? MISSING));
  const unit = field ? headerUnit(field, style) : null;
  return (
    <span title={cause.condition} className="tabular">
      <span className="text-ink-2">{field ? pick(field.label, style.locale) : cause.field}</span>{" "}
      {say(cause.before)} → <strong className="font-medium">{say(cause.after)}</strong>
      {unit && ` ${unit}`}
    </span>
  );
}

function reasonKey(reason: string) {
  if (reason === "new") return "universe.snapshot.reason.new" as const;
  if (reason === "removed") return "universe.snapshot.reason.removed" as const;
  return "universe.snapshot.reason.changed" as const;
}
