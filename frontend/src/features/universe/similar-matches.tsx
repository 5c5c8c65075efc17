import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CompanyRef } from "@/shared/actions/company-actions";
import { api, type Posted, unwrap } from "@/shared/api/client";
import type { Field, FieldMap } from "@/shared/catalogue/fields";
import { DemoMark } from "@/shared/company/demo-mark";
import { RowMarks, useProspectMap } from "@/shared/company/work-marks";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatPercent, MISSING } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";
import { EmptyState } from "@/shared/ui/states";

export type SimilarAnswer = Posted<"/api/universe/similar">;
type Match = SimilarAnswer["items"][number];

/** Look-alikes that are asked for. */
export const LIMIT = 50;

/** Which of the companies are fictitious; the answer about look-alikes does not say. */
const demoQuery = (orgnrs: readonly string[]) =>
  queryOptions({
    queryKey: ["universe", "demo", orgnrs],
    queryFn: async ({ signal }) => {
      const answer = await unwrap(
        api.POST("/api/universe/query", {
          body: {
            filter: {
              all: [
                { field: "orgnr", op: "in", value: [...orgnrs] },
                { field: "is_demo", op: "=", value: true },
              ],
            },
            columns: [],
            limit: LIMIT,
          },
          signal,
        }),
      );
      return new Set(answer.rows.map((row) => row.orgnr));
    },
    enabled: orgnrs.length > 0,
  });

/** The look-alikes, nearest first: one column per feature, with how alike the two are in it. */
export function MatchTable({
  data,
  busy,
  fields,
  style,
  selected,
  onSelect,
  onPreview,
}: {
  data: SimilarAnswer;
  busy: boolean;
  fields: FieldMap;
  style: ValueStyle;
  selected: ReadonlySet<string>;
  onSelect: (company: CompanyRef) => void;
  onPreview: (orgnr: string) => void;
}) {
  const { t, locale } = style;
  const demo = useQuery(demoQuery(data.items.map((match) => match.orgnr)));
  if (data.items.length === 0) {
    return (
      <div className="flex-1">
        <EmptyState title={t("universe.similar.none")}>
          <p>{t("universe.similar.noneText")}</p>
        </EmptyState>
      </div>
    );
  }
  const features = data.features.flatMap((feature) => fields.get(feature.field) ?? []);
  return (
    <section
      aria-label={t("universe.similar.matches")}
      aria-busy={busy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className={cx("relative min-w-0 flex-1 overflow-auto", busy && "stale")}
    >
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{t("universe.similar.matches")}</caption>
        <thead className="sticky top-0 z-20 bg-sunken text-2xs text-ink-2">
          <tr className="border-line border-b">
            <th scope="col" className="w-8">
              <span className="sr-only">{t("shortcuts.select")}</span>
            </th>
            <th
              scope="col"
              className="sticky left-0 z-10 h-10 min-w-48 bg-sunken px-2.5 text-left font-medium max-sm:min-w-40"
            >
              {t("table.column.company")}
            </th>
            <th scope="col" className="min-w-32 px-2.5 text-left font-medium">
              {t("universe.similar.likeness")}
            </th>
            {features.map((field) => (
              <th
                key={field.key}
                scope="col"
                title={pick(field.formula, locale)}
                className={cx(
                  "min-w-24 px-2.5 font-medium leading-[0.9rem]",
                  field.kind === "category" ? "text-left" : "text-right",
                )}
              >
                {pick(field.label, locale)} <span className="text-ink-3">{headerUnit(field, style)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((match) => (
            <MatchRow
              key={match.orgnr}
              match={match}
              features={features}
              style={style}
              isDemo={demo.data?.has(match.orgnr) ?? false}
              selected={selected.has(match.orgnr)}
              onSelect={onSelect}
              onPreview={onPreview}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function MatchRow({
  match,
  features,
  style,
  isDemo,
  selected,
  onSelect,
  onPreview,
}: {
  match: Match;
  features: readonly Field[];
  style: ValueStyle;
  isDemo: boolean;
  selected: boolean;
  onSelect: (company: CompanyRef) => void;
  onPreview: (orgnr: string) => void;
}) {
  const { t, locale } = style;
  const prospect = useProspectMap().get(match.orgnr);
  const reasons = new Map(match.explanation.map((reason) => [reason.field, reason]));
  const name = match.name ?? formatOrgnr(match.orgnr);
  return (
    <tr
      onClick={() => onPreview(match.orgnr)}
      className={cx(
        "group border-line/70 border-b",
        selected ? "bg-accent-soft" : "bg-surface hover:bg-hover",
      )}
    >
      <td className="pl-2.5">
        <input
          type="checkbox"
          checked={selected}
          aria-label={t("table.selectRow", { name })}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onSelect({ orgnr: match.orgnr, name: match.name ?? null })}
          className="block size-3.5 accent-[var(--accent)]"
        />
      </td>
      <th scope="row" className="sticky left-0 z-10 h-9 max-w-64 bg-inherit px-2.5 text-left font-medium">
        <span className="flex items-center gap-1.5">
          <Link
            to="/company/$orgnr"
            params={{ orgnr: match.orgnr }}
            onClick={(event) => event.stopPropagation()}
            className="truncate hover:text-accent hover:underline"
          >
            {name}
          </Link>
          {isDemo && <DemoMark label={t("demo.note")} />}
          <RowMarks prospect={prospect} />
        </span>
      </th>
      <td className="px-2.5">
        <span className="flex items-center gap-2">
          <span className="h-1.5 w-16 rounded-full bg-sunken ring-1 ring-line ring-inset">
            <span
              className="block h-full rounded-full bg-[var(--series-1)]"
              style={{ width: `${match.score * 100}%` }}
            />
          </span>
          <span className="tabular font-medium">{formatPercent(match.score, locale, 0)}</span>
        </span>
      </td>
      {features.map((field) => {
        const reason = reasons.get(field.key);
        const text = formatFieldValue(field, reason?.value, style);
        const likeness = reason?.likeness ?? null;
        return (
          <td
            key={field.key}
            title={
              likeness === null
                ? undefined
                : t("universe.similar.reason", {
                    likeness: formatPercent(likeness, locale, 0),
                    share: formatPercent(reason?.contribution, locale, 0),
                  })
            }
            className={cx("px-2.5", field.kind === "category" ? "max-w-44" : "numeric")}
          >
            <span className={cx("block truncate", text === MISSING && "text-ink-3")}>{text}</span>
            {likeness !== null && (
              <span
                role="img"
                aria-label={t("universe.similar.alike", { likeness: formatPercent(likeness, locale, 0) })}
                className="mt-0.5 block h-0.5 rounded-full bg-line"
              >
                <span
                  className="block h-full rounded-full bg-[var(--series-1)]"
                  style={{ width: `${likeness * 100}%` }}
                />
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
