import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, RotateCcw, SlidersHorizontal, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { CompanyRef } from "@/shared/actions/company-actions";
import { api, unwrap } from "@/shared/api/client";
import type { Field, FieldMap } from "@/shared/catalogue/fields";
import { CompanyName } from "@/shared/company/company-name";
import { CompanyPicker } from "@/shared/company/company-picker";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatNumber, MISSING } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { Popover } from "@/shared/ui/menu";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { useDelayed } from "@/shared/ui/use-delayed";
import { FieldPicker } from "./field-picker";
import type { Selection } from "./filter";
import { parseWeights, printWeights, type Weights } from "./search-params";
import { LIMIT, MatchTable, type SimilarAnswer } from "./similar-matches";

const HEAVIEST = 5;

/** The companies most like some others, inside the screen; each feature's weight can be moved and explains its part. */
export function SimilarView({
  selection,
  fields,
  groups,
  seeds,
  weights,
  style,
  selected,
  onSeeds,
  onWeights,
  onSelect,
  onPreview,
}: {
  selection: Selection;
  fields: FieldMap;
  groups: ReadonlyMap<string, string>;
  seeds: readonly string[];
  weights: string | undefined;
  style: ValueStyle;
  selected: ReadonlySet<string>;
  onSeeds: (seeds: readonly string[]) => void;
  onWeights: (weights: string | undefined) => void;
  onSelect: (company: CompanyRef) => void;
  onPreview: (orgnr: string) => void;
}) {
  const { t, locale } = style;
  const [draft, setDraft] = useState(weights);
  // What this view itself puts into the address must not move a slider that has gone on meanwhile; any other change
  // (Back, a link) does.
  const sent = useRef(new Set<string | undefined>());
  useEffect(() => {
    if (!sent.current.delete(weights)) setDraft(weights);
  }, [weights]);
  const settled = useDelayed(draft, 150);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a slider that has come to rest goes into the address.
  useEffect(() => {
    if (settled !== draft || settled === weights) return;
    sent.current.add(settled);
    onWeights(settled);
  }, [settled]);
  const asked = parseWeights(settled);
  const answer = useQuery({
    queryKey: ["universe", "similar", selection, seeds, asked],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/api/universe/similar", {
          body: { ...selection, orgnrs: [...seeds], ...(asked ? { weights: asked } : {}), limit: LIMIT },
          signal,
        }),
      ),
    enabled: seeds.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });

  const shown: Weights =
    parseWeights(draft) ??
    Object.fromEntries((answer.data?.features ?? []).map((feature) => [feature.field, feature.weight]));
  const change = (next: Weights) => setDraft(printWeights(next));
  const picker = (
    <CompanyPicker
      label={t("universe.similar.add")}
      onPick={(company) => !seeds.includes(company.orgnr) && onSeeds([...seeds, company.orgnr])}
    />
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-line border-b px-4 py-2">
        <span className="text-ink-2 text-xs">{t("universe.similar.to")}</span>
        {seeds.map((seed) => (
          <span
            key={seed}
            className="inline-flex h-6 max-w-64 items-center rounded-md border border-line-strong text-xs"
          >
            <Link
              to="/company/$orgnr"
              params={{ orgnr: seed }}
              className="truncate pl-2 font-medium hover:text-accent hover:underline"
            >
              <CompanyName orgnr={seed} />
            </Link>
            <button
              type="button"
              aria-label={t("universe.similar.removeSeed", { name: formatOrgnr(seed) })}
              onClick={() => onSeeds(seeds.filter((other) => other !== seed))}
              className="flex h-full w-6 shrink-0 items-center justify-center rounded-r-md text-ink-3 hover:bg-hover hover:text-ink"
            >
              <X size={12} aria-hidden />
            </button>
          </span>
        ))}
        {picker}
        {selected.size > 0 && (
          <Button
            look="ghost"
            size="sm"
            onClick={() => onSeeds([...new Set([...seeds, ...selected])].slice(0, 100))}
          >
            <Plus size={13} aria-hidden /> {t("universe.similar.fromSelected", { count: selected.size })}
          </Button>
        )}
        {(selection.text || selection.filter || selection.q) && (
          <span className="text-ink-3 text-xs">{t("universe.similar.within")}</span>
        )}
        {answer.data && answer.data.not_found.length > 0 && (
          <span className="text-warn text-xs">
            {t("universe.similar.unknown", { numbers: answer.data.not_found.map(formatOrgnr).join(", ") })}
          </span>
        )}
      </div>
      {seeds.length === 0 ? (
        <EmptyState title={t("universe.similar.empty")}>
          <p>{t("universe.similar.emptyText")}</p>
        </EmptyState>
      ) : answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.isPending ? (
        <LoadingBlock lines={10} />
      ) : (
        <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
          <WeightPanel
            weights={shown}
            data={answer.data}
            fields={fields}
            groups={groups}
            style={style}
            changed={draft !== undefined}
            onChange={change}
            onReset={() => setDraft(undefined)}
          />
          <MatchTable
            data={answer.data}
            busy={answer.isPlaceholderData}
            fields={fields}
            style={style}
            selected={selected}
            onSelect={onSelect}
            onPreview={onPreview}
          />
        </div>
      )}
      <p role="status" className="sr-only">
        {answer.data && !answer.isPlaceholderData
          ? t("universe.similar.found", { count: answer.data.items.length })
          : ""}
      </p>
      {answer.data && seeds.length > 0 && (
        <p className="tabular shrink-0 border-line border-t px-4 py-1 text-ink-3 text-2xs">
          {t("universe.similar.note", { time: formatNumber(answer.data.took_ms, locale, 1) })}
        </p>
      )}
    </div>
  );
}

function WeightPanel({
  weights,
  data,
  fields,
  groups,
  style,
  changed,
  onChange,
  onReset,
}: {
  weights: Weights;
  data: SimilarAnswer;
  fields: FieldMap;
  groups: ReadonlyMap<string, string>;
  style: ValueStyle;
  changed: boolean;
  onChange: (weights: Weights) => void;
  onReset: () => void;
}) {
  const { t, locale } = style;
  const [adding, setAdding] = useState(false);
  // On a phone the look-alikes come first; the weights are opened when they are wanted.
  const [open, setOpen] = useState(false);
  const seedOf = new Map(data.features.map((feature) => [feature.field, feature.seed]));
  const heavy = Object.values(weights).filter((weight) => weight > 0).length;
  return (
    <section
      aria-label={t("universe.similar.weights")}
      className="flex w-60 shrink-0 flex-col gap-3 overflow-y-auto border-line border-r p-3 max-md:w-full max-md:overflow-visible max-md:border-r-0 max-md:border-b"
    >
      <div className="flex h-6 items-center justify-between">
        <h2 className="font-medium text-xs max-md:hidden">{t("universe.similar.weights")}</h2>
        <Button
          look="ghost"
          size="sm"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="-ml-2 md:hidden"
        >
          <SlidersHorizontal size={13} aria-hidden /> {t("universe.similar.weights")}
        </Button>
        <span className="flex">
          {changed && (
            <IconButton size="sm" label={t("universe.similar.reset")} onClick={onReset}>
              <RotateCcw size={13} aria-hidden />
            </IconButton>
          )}
          <Popover
            open={adding}
            onOpenChange={setAdding}
            align="end"
            label={t("universe.similar.addFeature")}
            trigger={
              <IconButton size="sm" label={t("universe.similar.addFeature")}>
                <Plus size={13} aria-hidden />
              </IconButton>
            }
          >
            <FieldPicker
              fields={fields}
              groups={groups}
              accept={(field) =>
                (field.is_number || field.kind === "category") && !((weights[field.key] ?? 0) > 0)
              }
              onPick={(field) => {
                setAdding(false);
                onChange({ ...weights, [field.key]: 1 });
              }}
            />
          </Popover>
        </span>
      </div>
      {Object.entries(weights).map(([key, weight]) => {
        const field = fields.get(key);
        if (!field) return null;
        const label = pick(field.label, locale);
        return (
          <label key={key} className={cx("block text-xs", !open && "max-md:hidden")}>
            <span className="flex justify-between gap-2">
              <span className="truncate" title={pick(field.formula, locale)}>
                {label}
              </span>
              <span className="tabular shrink-0 text-ink-2">{formatNumber(weight, locale, 1)}</span>
            </span>
            <input
              type="range"
              min={0}
              max={HEAVIEST}
              step={0.5}
              value={weight}
              aria-label={label}
              aria-valuetext={formatNumber(weight, locale, 1)}
              onChange={(event) => {
                const next = Number(event.target.value);
                // At least one feature must count.
                if (next > 0 || heavy > 1 || weight === 0) onChange({ ...weights, [key]: next });
              }}
              className="mt-1 block h-4 w-full accent-[var(--accent)]"
            />
            <span className="tabular block truncate text-2xs text-ink-3">
              {t("universe.similar.seedValue", { value: valueText(field, seedOf.get(key), style) })}
            </span>
          </label>
        );
      })}
    </section>
  );
}

/** A value with its unit, for places without a header. */
function valueText(field: Field, value: unknown, style: ValueStyle): string {
  const text = formatFieldValue(field, value, style);
  const unit = text === MISSING ? null : headerUnit(field, style);
  return unit ? `${text} ${unit}` : text;
}
