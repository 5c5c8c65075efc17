import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import type { FieldMap } from "@/shared/catalogue/fields";
import { describePart } from "@/shared/filter/describe";
import type { ValueStyle } from "@/shared/format/field-value";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/states";
import type { FilterState, Selection } from "./filter";

/** No company matches: which condition to relax, with how many companies there would then be. */
export function EmptyResult({
  selection,
  filter,
  fields,
  style,
  onClearSearch,
  onClear,
}: {
  selection: Selection;
  filter: FilterState;
  fields: FieldMap;
  style: ValueStyle;
  onClearSearch: () => void;
  /** Takes every condition away. */
  onClear: () => void;
}) {
  const { t } = style;
  const funnel = useQuery({
    queryKey: ["universe", "funnel", selection, 0],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/api/universe/funnel", { body: { ...selection, near_misses: 0 }, signal })),
    enabled: filter.parts.length > 0,
    retry: false,
  });
  const without = new Map(funnel.data?.steps.map((step) => [step.text, step.without]));
  if (filter.parts.length === 0 && !selection.q) {
    return (
      <EmptyState title={t("universe.empty")}>
        <p>{t("universe.emptyNoFilter")}</p>
      </EmptyState>
    );
  }
  const ranked = filter.parts
    .map((part, index) => ({ part, index, left: without.get(part.text) }))
    .toSorted((a, b) => (b.left ?? 0) - (a.left ?? 0));
  // Where no single condition is the one too many, its count would say so once for each.
  const isHopeless =
    !selection.q && ranked.length > 1 && ranked.every(({ left }) => left !== undefined && left === 0);
  return (
    <EmptyState title={t("universe.empty")}>
      <p>{t(isHopeless ? "universe.emptyNone" : "universe.emptyRelax")}</p>
      <ul className="mt-2 flex w-full min-w-0 max-w-[calc(100vw-4rem)] flex-col items-center gap-1.5">
        {selection.q && (
          <li>
            <Button size="sm" onClick={onClearSearch}>
              {t("universe.emptySearch", { text: selection.q })}
            </Button>
          </li>
        )}
        {ranked.map(({ part, index, left }) => {
          const { name, condition } = describePart(part, fields, style);
          const label = `${name} ${condition}`.trim();
          return (
            <li key={part.text} className="flex min-w-0 max-w-full">
              <Button
                size="sm"
                className="min-w-0 max-w-full"
                aria-label={t("universe.removeFilter", { filter: label })}
                onClick={() => void filter.remove(index)}
              >
                <span className="truncate">{label}</span>
                {left !== undefined && !isHopeless && (
                  <span className="tabular shrink-0 text-ink-2">
                    · {t("universe.emptyWithout", { count: left })}
                  </span>
                )}
              </Button>
            </li>
          );
        })}
      </ul>
      {filter.parts.length > 1 && (
        <Button size="sm" look="ghost" className="mt-1" onClick={onClear}>
          {t("universe.fault.clear")}
        </Button>
      )}
    </EmptyState>
  );
}
