import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type PointerEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type CompanyRef, openCompanyAction, useCompanyActions } from "@/shared/actions/company-actions";
import { api, unwrap } from "@/shared/api/client";
import type { Field, FieldMap } from "@/shared/catalogue/fields";
import { useWidth } from "@/shared/charts/use-width";
import { describeValue } from "@/shared/filter/describe";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { pick } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { SelectField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { codesCondition, type FieldCondition, rangeCondition, type Selection } from "./filter";
import {
  axisOf,
  fromShare,
  isInside,
  roundForFilter,
  type Spot,
  ticksOf,
  toShare,
  withoutCollisions,
} from "./scatter-scale";

const PAD = { left: 72, right: 16, top: 14, bottom: 34 };
const LIMIT = 5_000;
/** A lasso around more companies than this is too long for an address; it can be selected or kept as a list. */
const MOST_NUMBERS = 400;

type Shape = { kind: "box" | "lasso"; path: Spot[] };

/** Two metrics against each other; a box or a lasso chooses companies, a box can become a filter. */
export function ScatterView({
  selection,
  fields,
  x,
  y,
  style,
  selected,
  onAxes,
  onFilter,
  onSelect,
}: {
  selection: Selection;
  fields: FieldMap;
  x: string;
  y: string;
  style: ValueStyle;
  selected: ReadonlySet<string>;
  onAxes: (axes: { x?: string; y?: string }) => void;
  onFilter: (conditions: readonly FieldCondition[]) => void;
  onSelect: (companies: readonly CompanyRef[]) => void;
}) {
  const { t } = style;
  const [tool, setTool] = useState<"box" | "lasso">("box");
  const answer = useQuery({
    queryKey: ["universe", "scatter", selection, x, y],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/api/universe/scatter", { body: { ...selection, x, y, limit: LIMIT }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const [fieldX, fieldY] = [fields.get(x), fields.get(y)];
  const numbers = [...fields.values()].filter((field) => field.is_number && field.kind !== "date");
  const id = useId();
  const axisSelect = (axis: "x" | "y", label: string, value: string, onChange: (key: string) => void) => (
    <label htmlFor={`${id}-${axis}`} className="flex items-center gap-1.5 text-ink-2 text-xs">
      {label}
      <SelectField value={value} onChange={(event) => onChange(event.target.value)} className="max-w-52">
        {numbers.map((field) => (
          <option key={field.key} value={field.key}>
            {pick(field.label, style.locale)}
          </option>
        ))}
      </SelectField>
    </label>
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto bg-surface">
      <div className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-2">
        {axisSelect("y", t("universe.scatter.y"), y, (key) => onAxes({ y: key }))}
        {axisSelect("x", t("universe.scatter.x"), x, (key) => onAxes({ x: key }))}
        <Segmented
          size="sm"
          label={t("universe.scatter.hint")}
          value={tool}
          onChange={setTool}
          options={[
            { value: "box", label: t("universe.scatter.box") },
            { value: "lasso", label: t("universe.scatter.lasso") },
          ]}
        />
        <p className="tabular text-ink-3 text-xs">
          {answer.data &&
            (answer.data.is_sample
              ? t("universe.scatter.sample", { count: answer.data.points.length })
              : t("universe.scatter.shown", { count: answer.data.points.length }))}
          {answer.data && answer.data.total > answer.data.with_both && (
            <> · {t("universe.scatter.missing", { count: answer.data.total - answer.data.with_both })}</>
          )}
        </p>
      </div>
      {answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.isPending || !fieldX || !fieldY ? (
        <LoadingBlock lines={10} />
      ) : answer.data.points.length === 0 ? (
        <EmptyState title={t("universe.empty")} />
      ) : (
        <Plot
          points={answer.data.points}
          fieldX={fieldX}
          fieldY={fieldY}
          tool={tool}
          style={style}
          selected={selected}
          busy={answer.isPlaceholderData}
          onFilter={onFilter}
          onSelect={onSelect}
        />
      )}
    </div>
  );
}

/** What lies inside a lasso is no range: the filter names the companies. */
function numbersCondition(points: readonly Point[]): FieldCondition {
  return { field: "orgnr", node: codesCondition("orgnr", points.map((point) => point.orgnr).toSorted()) };
}

function refOf(point: Point): CompanyRef {
  return { orgnr: point.orgnr, name: point.name ?? null };
}

type Point = { orgnr: string; name?: string | null; x: number; y: number };

function Plot({
  points,
  fieldX,
  fieldY,
  tool,
  style,
  selected,
  busy,
  onFilter,
  onSelect,
}: {
  points: readonly Point[];
  fieldX: Field;
  fieldY: Field;
  tool: "box" | "lasso";
  style: ValueStyle;
  selected: ReadonlySet<string>;
  busy: boolean;
  onFilter: (conditions: readonly FieldCondition[]) => void;
  onSelect: (companies: readonly CompanyRef[]) => void;
}) {
  const { t, locale } = style;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(frame, 900);
  const height = Math.min(620, Math.max(320, Math.round(width * 0.56)));
  const [shape, setShape] = useState<Shape | null>(null);
  const [drawing, setDrawing] = useState(false);
  const [hovered, setHovered] = useState<number | null>(null);

  const axisX = useMemo(
    () =>
      axisOf(
        fieldX,
        points.map((point) => point.x),
      ),
    [points, fieldX],
  );
  const axisY = useMemo(
    () =>
      axisOf(
        fieldY,
        points.map((point) => point.y),
      ),
    [points, fieldY],
  );
  const spots = useMemo(() => {
    const [plotWidth, plotHeight] = [width - PAD.left - PAD.right, height - PAD.top - PAD.bottom];
    return points.map((point) => ({
      x: PAD.left + toShare(point.x, axisX, fieldX) * plotWidth,
      y: PAD.top + (1 - toShare(point.y, axisY, fieldY)) * plotHeight,
    }));
  }, [points, axisX, axisY, fieldX, fieldY, width, height]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a shape drawn on other points means nothing.
  useEffect(() => setShape(null), [points, fieldX, fieldY, tool]);

  const chosen = useMemo(() => {
    if (!shape || drawing) return [];
    return points.filter((_, index) => isInside(spots[index] as Spot, shape.path));
  }, [shape, drawing, points, spots]);
  const marked = useMemo(() => new Set(chosen.map((point) => point.orgnr)), [chosen]);

  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const density = window.devicePixelRatio || 1;
    element.width = width * density;
    element.height = height * density;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const colors = getComputedStyle(element);
    const [plain, strong] = [colors.getPropertyValue("color"), colors.getPropertyValue("outline-color")];
    spots.forEach((spot, index) => {
      const orgnr = points[index]?.orgnr ?? "";
      const isMarked = marked.has(orgnr) || selected.has(orgnr);
      context.globalAlpha = isMarked ? 0.95 : marked.size > 0 ? 0.18 : 0.5;
      context.fillStyle = isMarked ? strong : plain;
      context.beginPath();
      context.arc(spot.x, spot.y, isMarked ? 3.6 : 2.6, 0, Math.PI * 2);
      context.fill();
    });
  }, [spots, points, marked, selected, width, height]);

  const spotAt = (event: PointerEvent): Spot => {
    const box = canvas.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const boxOf = (a: Spot, b: Spot): Spot[] => [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const spot = spotAt(event);
    setDrawing(true);
    setShape({ kind: tool, path: tool === "box" ? boxOf(spot, spot) : [spot] });
  };
  const follow = (event: PointerEvent) => {
    const spot = spotAt(event);
    if (drawing && shape) {
      const start = shape.path[0] as Spot;
      setShape({ kind: shape.kind, path: shape.kind === "box" ? boxOf(start, spot) : [...shape.path, spot] });
      return;
    }
    let nearest: number | null = null;
    let best = 100;
    spots.forEach((other, index) => {
      const distance = (other.x - spot.x) ** 2 + (other.y - spot.y) ** 2;
      if (distance < best) {
        best = distance;
        nearest = index;
      }
    });
    setHovered(nearest);
  };
  const end = () => {
    setDrawing(false);
    const [first, opposite] = [shape?.path[0], shape?.path[2]];
    const tiny = first && opposite && Math.abs(first.x - opposite.x) + Math.abs(first.y - opposite.y) < 6;
    if (!shape || shape.path.length < 3 || (shape.kind === "box" && tiny)) setShape(null);
  };
  const conditions = (): FieldCondition[] => {
    const [first, opposite] = [shape?.path[0], shape?.path[2]];
    if (!first || !opposite) return [];
    const [plotWidth, plotHeight] = [width - PAD.left - PAD.right, height - PAD.top - PAD.bottom];
    const range = (shares: number[], axis: typeof axisX, field: Field) => {
      const [low, high] = shares.toSorted((a, b) => a - b) as [number, number];
      // At the edge of the plot the range is open, since the points beyond it are drawn there.
      const end = (share: number, open: boolean) =>
        open ? null : roundForFilter(fromShare(share, axis, field), field);
      return { field: field.key, node: rangeCondition(field.key, end(low, low <= 0), end(high, high >= 1)) };
    };
    const spots = [first, opposite];
    return [
      range(
        spots.map((spot) => (spot.x - PAD.left) / plotWidth),
        axisX,
        fieldX,
      ),
      range(
        spots.map((spot) => 1 - (spot.y - PAD.top) / plotHeight),
        axisY,
        fieldY,
      ),
    ].filter(({ node }) => node !== null);
  };

  const list = useCompanyActions().find((action) => action.id === "list");
  const title = t("universe.scatter.label", { x: pick(fieldX.label, locale), y: pick(fieldY.label, locale) });
  const point = hovered === null ? undefined : points[hovered];
  const spot = hovered === null ? undefined : spots[hovered];
  const value = (field: Field, amount: number) =>
    [formatFieldValue(field, amount, style), headerUnit(field, style)].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-3 p-4">
      <div ref={frame} className="relative" aria-busy={busy}>
        <svg width={width} height={height} aria-hidden="true" className="absolute inset-0 text-[11px]">
          {withoutCollisions(
            ticksOf(axisX, fieldX).map((tick) => ({
              tick,
              at: PAD.left + toShare(tick, axisX, fieldX) * (width - PAD.left - PAD.right),
              text: describeValue(fieldX, tick, style),
            })),
          ).map(({ tick, at, text }) => (
            <g key={tick}>
              <line x1={at} x2={at} y1={PAD.top} y2={height - PAD.bottom} stroke="var(--line)" />
              {text && (
                <text x={at} y={height - PAD.bottom + 15} textAnchor="middle" fill="var(--ink-3)">
                  {text}
                </text>
              )}
            </g>
          ))}
          {ticksOf(axisY, fieldY).map((tick) => {
            const at = PAD.top + (1 - toShare(tick, axisY, fieldY)) * (height - PAD.top - PAD.bottom);
            return (
              <g key={tick}>
                <line x1={PAD.left} x2={width - PAD.right} y1={at} y2={at} stroke="var(--line)" />
                <text x={PAD.left - 8} y={at} dy="0.32em" textAnchor="end" fill="var(--ink-3)">
                  {describeValue(fieldY, tick, style)}
                </text>
              </g>
            );
          })}
          <text x={width - PAD.right} y={height - 3} textAnchor="end" fill="var(--ink-2)" fontWeight={500}>
            {pick(fieldX.label, locale)}
          </text>
        </svg>
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${title}. ${t("universe.scatter.shown", { count: points.length })}`}
          onPointerDown={begin}
          onPointerMove={follow}
          onPointerUp={end}
          onPointerLeave={() => setHovered(null)}
          style={{ width, height, color: "var(--series-1)", outlineColor: "var(--series-2)" }}
          className="relative block cursor-crosshair touch-none"
        />
        {shape && (
          <svg
            width={width}
            height={height}
            aria-hidden="true"
            className="pointer-events-none absolute inset-0"
          >
            <polygon
              points={shape.path.map((corner) => `${corner.x},${corner.y}`).join(" ")}
              fill="var(--accent)"
              fillOpacity={0.1}
              stroke="var(--accent)"
              strokeWidth={1.25}
            />
          </svg>
        )}
        {point && spot && !drawing && (
          <div
            className="pointer-events-none absolute z-10 max-w-64 rounded-md bg-raised px-2.5 py-1.5 text-xs shadow-popover"
            style={{ left: Math.min(spot.x + 12, width - 200), top: Math.max(0, spot.y - 58) }}
          >
            <p className="truncate font-medium">{point.name ?? point.orgnr}</p>
            <p className="tabular text-ink-2">
              {pick(fieldX.label, locale)} {value(fieldX, point.x)}
            </p>
            <p className="tabular text-ink-2">
              {pick(fieldY.label, locale)} {value(fieldY, point.y)}
            </p>
          </div>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2" aria-live="polite">
        {chosen.length === 0 ? (
          <p className="text-ink-3 text-xs">{t("universe.scatter.hint")}</p>
        ) : (
          <>
            <span className="tabular font-medium">
              {t("universe.scatter.selected", { count: chosen.length })}
            </span>
            {shape?.kind === "box" ? (
              <Button look="primary" onClick={() => onFilter(conditions())}>
                {t("universe.scatter.toFilter")}
              </Button>
            ) : (
              chosen.length <= MOST_NUMBERS && (
                <Button look="primary" onClick={() => onFilter([numbersCondition(chosen)])}>
                  {t("universe.scatter.toNumbers")}
                </Button>
              )
            )}
            {list && (
              <Button onClick={() => openCompanyAction(list, chosen.map(refOf))}>
                <list.icon size={14} aria-hidden /> {t(list.label)}
              </Button>
            )}
            <Button onClick={() => onSelect(chosen.map(refOf))}>{t("universe.scatter.toSelection")}</Button>
          </>
        )}
      </div>
      {chosen.length > 0 && (
        <ul className="grid gap-x-6 sm:grid-cols-2 xl:grid-cols-3">
          {chosen.slice(0, 60).map((company) => (
            <li key={company.orgnr} className="flex items-baseline gap-3 border-line/70 border-b py-1">
              <Link
                to="/company/$orgnr"
                params={{ orgnr: company.orgnr }}
                className="min-w-0 flex-1 truncate hover:text-accent hover:underline"
              >
                {company.name ?? company.orgnr}
              </Link>
              <span className="tabular text-ink-2 text-xs">{value(fieldX, company.x)}</span>
              <span className="tabular text-ink-2 text-xs">{value(fieldY, company.y)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
