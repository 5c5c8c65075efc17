import { BarChart3, Plus, X } from "lucide-react";
import { useState } from "react";
import { type FieldMap, isCategory } from "@/shared/catalogue/fields";
import type { ValueStyle } from "@/shared/format/field-value";
import { pick } from "@/shared/i18n/i18n";
import { IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { Popover } from "@/shared/ui/menu";
import { ErrorState, Skeleton } from "@/shared/ui/states";
import { fieldOf } from "./distribution-spec";
import { FacetList } from "./facet-list";
import { FieldPicker } from "./field-picker";
import {
  codesCondition,
  codesOf,
  type FieldCondition,
  type FilterState,
  rangeCondition,
  rangeOf,
  replaceFields,
} from "./filter";
import { Histogram } from "./histogram";
import type { UniverseRows } from "./rows";

/** Histograms and value counts of the selection, each of which filters. Every one leaves out its own condition. */
export function DistributionPanel({
  rows,
  filter,
  fields,
  groups,
  distributions,
  style,
  brush,
  onBrush,
  onCommit,
  onDistributions,
  onClose,
}: {
  /** The screen, whose answer has the counts. */
  rows: UniverseRows;
  filter: FilterState;
  fields: FieldMap;
  groups: ReadonlyMap<string, string>;
  distributions: readonly string[];
  style: ValueStyle;
  /** What is being dragged, or was until a moment ago and is not in the filter yet. */
  brush: readonly FieldCondition[];
  onBrush: (condition: FieldCondition) => void;
  onCommit: (condition: FieldCondition) => void;
  onDistributions: (distributions: readonly string[]) => void;
  onClose: () => void;
}) {
  const { t, locale } = style;
  const [adding, setAdding] = useState(false);
  const nodes = replaceFields(
    filter.parts.map((part) => part.filter),
    brush,
  );

  return (
    <aside
      aria-label={t("universe.facets")}
      aria-busy={rows.busy}
      className="flex w-[13.5rem] shrink-0 flex-col border-line border-r bg-canvas max-lg:absolute max-lg:inset-y-0 max-lg:left-0 max-lg:z-30 max-lg:shadow-popover"
    >
      <header className="flex h-8 shrink-0 items-center gap-1 border-line border-b bg-sunken pr-1 pl-3">
        <BarChart3 size={13} aria-hidden className="text-ink-3" />
        <h2 className="flex-1 font-medium text-ink-2 text-xs">{t("universe.facets")}</h2>
        <Popover
          open={adding}
          onOpenChange={setAdding}
          label={t("universe.facets.add")}
          trigger={
            <IconButton size="sm" label={t("universe.facets.add")}>
              <Plus size={13} aria-hidden />
            </IconButton>
          }
        >
          <FieldPicker
            fields={fields}
            groups={groups}
            accept={(field) => (field.is_number || field.is_facet) && !distributions.includes(field.key)}
            onPick={(field) => {
              setAdding(false);
              onDistributions([field.key, ...distributions]);
            }}
          />
        </Popover>
        <IconButton size="sm" label={t("universe.facets.hide")} onClick={onClose}>
          <X size={13} aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 py-1">
        {rows.error !== null && filter.error === null && (
          <ErrorState compact error={rows.error} onRetry={rows.retry} />
        )}
        {distributions.map((key) => {
          const field = fields.get(fieldOf(key));
          if (!field) return null;
          const histogram = rows.distributions?.histograms?.[key];
          const values = rows.distributions?.facets?.[key];
          const label = pick(field.label, locale);
          return (
            <section key={key} aria-label={label} className="group border-line border-b py-2 last:border-0">
              <div className="mb-1 flex h-5 items-center">
                <h3 className="flex-1 truncate font-medium text-xs" title={pick(field.formula, locale)}>
                  {label}
                </h3>
                <button
                  type="button"
                  aria-label={t("universe.facets.remove", { field: label })}
                  onClick={() => onDistributions(distributions.filter((other) => other !== key))}
                  className="flex size-5 items-center justify-center rounded-sm text-ink-3 opacity-0 hover:bg-hover focus-visible:opacity-100 group-hover:opacity-100"
                >
                  <X size={11} aria-hidden />
                </button>
              </div>
              {histogram ? (
                <Histogram
                  field={field}
                  data={histogram}
                  range={rangeOf(nodes, field.key)}
                  style={style}
                  onBrush={(range) => onBrush(condition(field.key, range))}
                  onCommit={(range) => onCommit(condition(field.key, range))}
                />
              ) : values ? (
                <FacetList
                  field={field}
                  values={values}
                  chosen={codesOf(nodes, field.key)}
                  style={style}
                  onChange={(codes) =>
                    onCommit({ field: field.key, node: codesCondition(field.key, codes.toSorted()) })
                  }
                />
              ) : rows.busy ? (
                <div className={cx("flex flex-col gap-2 py-1", isCategory(field) ? "" : "h-14")}>
                  <Skeleton className="w-full" />
                  <Skeleton className="w-2/3" />
                </div>
              ) : (
                <p className="text-ink-3 text-xs">–</p>
              )}
            </section>
          );
        })}
      </div>
    </aside>
  );
}

function condition(field: string, { min, max }: { min: number | null; max: number | null }): FieldCondition {
  return { field, node: rangeCondition(field, min, max) };
}
