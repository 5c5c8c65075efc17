import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { api, type Posted, unwrap } from "@/shared/api/client";
import type { FieldMap } from "@/shared/catalogue/fields";
import { describeBeside, describePart } from "@/shared/filter/describe";
import type { FilterNode } from "@/shared/filter/node";
import { membersOf } from "@/shared/filter/node";
import type { ValueStyle } from "@/shared/format/field-value";
import { formatNumber } from "@/shared/format/number";
import { IconButton } from "@/shared/ui/button";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import type { FilterState, Selection } from "./filter";

type Step = Posted<"/api/universe/funnel">["steps"][number];

/** How many companies each condition removes, in order and alone, and who misses it by little. */
export function FunnelView({
  selection,
  filter,
  fields,
  style,
}: {
  selection: Selection;
  filter: FilterState;
  fields: FieldMap;
  style: ValueStyle;
}) {
  const { t, locale } = style;
  const funnel = useQuery({
    queryKey: ["universe", "funnel", selection, 5],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/api/universe/funnel", { body: { ...selection, near_misses: 5 }, signal })),
    enabled: filter.parts.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (filter.parts.length === 0) {
    return (
      <div className="flex-1 bg-surface">
        <EmptyState title={t("universe.view.funnel")}>
          <p>{t("universe.funnel.empty")}</p>
        </EmptyState>
      </div>
    );
  }
  if (funnel.isPending) return <LoadingBlock lines={8} className="flex-1 bg-surface" />;
  if (funnel.isError) {
    return (
      <div className="flex-1 bg-surface">
        <ErrorState error={funnel.error} onRetry={() => void funnel.refetch()} />
      </div>
    );
  }
  const { data } = funnel;
  const count = (value: number) => formatNumber(value, locale);
  const bar = (value: number) => `${data.universe === 0 ? 0 : Math.max(0.4, (value / data.universe) * 100)}%`;
  return (
    <section
      aria-label={t("universe.view.funnel")}
      aria-busy={funnel.isFetching}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="relative min-h-0 flex-1 overflow-auto bg-surface"
    >
      <table className="w-full border-collapse sm:min-w-[46rem] text-sm">
        <caption className="sr-only">{t("universe.view.funnel")}</caption>
        <thead className="sticky top-0 z-10 bg-sunken text-ink-2 text-xs">
          <tr className="border-line border-b">
            <th scope="col" className="h-10 px-4 text-left font-medium">
              {t("universe.funnel.condition")}
            </th>
            <th scope="col" className="w-[30%] px-3 text-left font-medium max-sm:w-auto max-sm:text-right">
              {t("universe.funnel.left")}
            </th>
            <th scope="col" className="px-3 text-right font-medium">
              {t("universe.funnel.removed")}
            </th>
            <th scope="col" className="px-3 text-right font-medium max-sm:hidden">
              {t("universe.funnel.alone")}
            </th>
            <th scope="col" className="px-3 text-right font-medium max-sm:hidden">
              {t("universe.funnel.without")}
            </th>
            <th scope="col" className="w-10">
              <span className="sr-only">{t("action.clear")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="border-line/70 border-b">
            <th scope="row" className="h-9 px-4 text-left font-medium">
              {t("universe.funnel.start")}
            </th>
            <td className="px-3">
              <Bar width="100%" text={count(data.universe)} />
            </td>
            <td colSpan={4} />
          </tr>
          {data.steps.map((step, index) => {
            const { name, condition } = describePart(step, fields, style);
            const label = `${name} ${condition}`.trim();
            return (
              <tr key={step.text} className="border-line/70 border-b hover:bg-hover">
                <th scope="row" className="h-9 px-4 text-left font-normal">
                  {name && <span className="text-ink-2">{name} </span>}
                  <span className="tabular font-medium">{condition}</span>
                </th>
                <td className="px-3">
                  <Bar width={bar(step.remaining)} text={count(step.remaining)} />
                </td>
                <td className="numeric px-3">{step.removed === 0 ? "0" : `−${count(step.removed)}`}</td>
                <td className="numeric px-3 text-ink-2 max-sm:hidden">{count(step.alone)}</td>
                <td className="numeric px-3 text-ink-2 max-sm:hidden">{count(step.without)}</td>
                <td className="px-1">
                  <IconButton
                    size="sm"
                    label={t("universe.removeFilter", { filter: label })}
                    onClick={() => void filter.remove(index)}
                  >
                    <X size={13} aria-hidden />
                  </IconButton>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <NearMisses steps={data.steps} fields={fields} style={style} />
    </section>
  );
}

function Bar({ width, text }: { width: string; text: string }) {
  return (
    <span className="flex items-center gap-2">
      <span className="h-4 flex-1 rounded-sm bg-sunken max-sm:hidden">
        <span className="block h-full rounded-sm bg-[var(--series-1)]" style={{ width }} />
      </span>
      <span className="tabular w-20 text-right font-medium max-sm:w-full">{text}</span>
    </span>
  );
}

/** The numbers that a step compares with. */
function boundsOf(step: Step): readonly unknown[] {
  const { filter } = step;
  const collect = (node: FilterNode): unknown[] => {
    if ("not" in node) return collect(node.not);
    if ("field" in node) return Array.isArray(node.value) ? node.value : [node.value];
    return membersOf(node).flatMap(collect);
  };
  return collect(filter);
}

function NearMisses({
  steps,
  fields,
  style,
}: {
  steps: readonly Step[];
  fields: FieldMap;
  style: ValueStyle;
}) {
  const { t } = style;
  const misses = steps.filter((step) => step.near_misses.length > 0);
  if (misses.length === 0) return null;
  return (
    <div className="px-4 py-5">
      <h2 className="font-semibold">{t("universe.funnel.near")}</h2>
      <p className="mb-3 text-ink-2 text-xs">{t("universe.funnel.nearNote")}</p>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {misses.map((step) => {
          const { name, condition } = describePart(step, fields, style);
          return (
            <section key={step.text} className="panel px-3 py-2">
              <h3 className="mb-1 truncate text-xs">
                <span className="text-ink-2">{name}</span>{" "}
                <span className="tabular font-medium">{condition}</span>
              </h3>
              <ul>
                {step.near_misses.map((miss) => {
                  const field = miss.field ? fields.get(miss.field) : undefined;
                  return (
                    <li
                      key={miss.orgnr}
                      className="flex items-baseline justify-between gap-3 border-line/70 border-b py-1 last:border-0"
                    >
                      <Link
                        to="/company/$orgnr"
                        params={{ orgnr: miss.orgnr }}
                        className="truncate hover:text-accent hover:underline"
                      >
                        {miss.name ?? miss.orgnr}
                      </Link>
                      <span className="tabular shrink-0 text-ink-2 text-xs">
                        {field ? describeBeside(field, miss.value, boundsOf(step), style) : null}
                      </span>
                    </li>
                  );
                })}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}
