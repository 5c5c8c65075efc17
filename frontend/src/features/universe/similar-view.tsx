import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, RotateCcw, SlidersHorizontal, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { api, type Posted, unwrap } from "@/shared/api/client";
import type { Field, FieldMap } from "@/shared/catalogue/fields";
import { CompanyName } from "@/shared/company/company-name";
import { CompanyPicker } from "@/shared/company/company-picker";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatNumber, formatPercent, MISSING } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { Popover } from "@/shared/ui/menu";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { useDelayed } from "@/shared/ui/use-delayed";
import { FieldPicker } from "./field-picker";
import type { Selection } from "./filter";
import { parseWeights, printWeights, type Weights } from "./search-params";

type Answer = Posted<"/api/universe/similar">;
type Match = Answer["items"][number];

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
      return new Set(answer.rows.map((row) => (row as { orgnr: string }).orgnr));
    },
    enabled: orgnrs.length > 0,
  });

const LIMIT = 50;
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
  onSelect: (orgnr: string) => void;
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
  data: Answer;
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

function MatchTable({
  data,
  busy,
  fields,
  style,
  selected,
  onSelect,
  onPreview,
}: {
  data: Answer;
  busy: boolean;
  fields: FieldMap;
  style: ValueStyle;
  selected: ReadonlySet<string>;
  onSelect: (orgnr: string) => void;
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
            <th scope="col" className="w-8" aria-label={t("shortcuts.select")} />
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
  onSelect: (orgnr: string) => void;
  onPreview: (orgnr: string) => void;
}) {
  const { t, locale } = style;
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
          aria-label={t("universe.selectRow", { name })}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onSelect(match.orgnr)}
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
          {isDemo && (
            <Badge tone="warn" title={t("demo.note")}>
              {t("demo.short")}
            </Badge>
          )}
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
