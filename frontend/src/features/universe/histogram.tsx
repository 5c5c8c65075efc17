import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Field } from "@/shared/catalogue/fields";
import { describeValue } from "@/shared/filter/describe";
import type { ValueStyle } from "@/shared/format/field-value";
import { pick } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";
import type { HistogramData } from "./rows";

export type Range = { min: number | null; max: number | null };

const WIDTH = 232;
const HEIGHT = 44;

/**
 * A distribution that is also a filter: drag over it to choose a range, drag an end to move it, or move an end with
 * the arrow keys. `onBrush` follows the finger, `onCommit` is called once it is lifted. The leftmost and the
 * rightmost position mean "open", so that what lies outside the bars is kept.
 */
export function Histogram({
  field,
  data,
  range,
  style,
  onBrush,
  onCommit,
}: {
  field: Field;
  data: HistogramData;
  range: Range;
  style: ValueStyle;
  onBrush: (range: Range) => void;
  onCommit: (range: Range) => void;
}) {
  const { t } = style;
  const frame = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ anchor: number; from: number; to: number } | null>(null);
  const { edges, counts } = data;
  const bins = counts.length;
  const highest = Math.max(1, ...counts, data.below, data.above);
  const positionOf = (value: number | null, open: number) => {
    if (value === null) return open;
    const index = edges.findIndex((edge) => edge >= value - Math.abs(value) * 1e-9);
    return index < 0 ? bins : index;
  };
  const from = drag ? drag.from : positionOf(range.min, 0);
  const to = drag ? drag.to : positionOf(range.max, bins);
  const chosen = drag !== null || range.min !== null || range.max !== null;
  const rangeAt = (low: number, high: number): Range => ({
    min: low <= 0 ? null : (edges[low] ?? null),
    max: high >= bins ? null : (edges[high] ?? null),
  });
  const x = (position: number) => (position / bins) * WIDTH;

  const positionAt = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return 0;
    return Math.min(bins, Math.max(0, Math.round(((event.clientX - box.left) / box.width) * bins)));
  };
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || bins === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = positionAt(event);
    const near = chosen && Math.min(Math.abs(at - from), Math.abs(at - to)) <= 1;
    // Near an end that end is moved: the other one is the anchor.
    const anchor = near ? (Math.abs(at - from) <= Math.abs(at - to) ? to : from) : at;
    setDrag({ anchor, from: Math.min(anchor, at), to: Math.max(anchor, at) });
  };
  const follow = (event: PointerEvent) => {
    if (!drag) return;
    const at = positionAt(event);
    const next = { anchor: drag.anchor, from: Math.min(drag.anchor, at), to: Math.max(drag.anchor, at) };
    if (next.from === drag.from && next.to === drag.to) return;
    setDrag(next);
    if (next.from !== next.to) onBrush(rangeAt(next.from, next.to));
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    // A click without movement opens the range again.
    onCommit(drag.from === drag.to ? { min: null, max: null } : rangeAt(drag.from, drag.to));
  };
  const nudge = (which: "min" | "max") => (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageUp: 5,
      PageDown: -5,
    };
    const step = event.key === "Home" ? -bins : event.key === "End" ? bins : steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const low = which === "min" ? Math.min(to - 1, Math.max(0, from + step)) : from;
    const high = which === "max" ? Math.max(from + 1, Math.min(bins, to + step)) : to;
    onCommit(rangeAt(low, high));
  };
  const say = (position: number, open: boolean) =>
    open ? t("universe.facets.all") : describeValue(field, edges[position], style);
  const label = pick(field.label, style.locale);

  if (bins === 0)
    return <p className="py-2 text-ink-3 text-xs">{t("universe.facets.missing", { count: data.nulls })}</p>;
  return (
    <div className="relative select-none">
      <svg
        ref={frame}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerDown={begin}
        onPointerMove={follow}
        onPointerUp={end}
        onPointerCancel={end}
        className="block h-11 w-full cursor-crosshair touch-none"
      >
        <rect width={WIDTH} height={HEIGHT} fill="transparent" />
        {counts.map((count, bin) => {
          const height = count === 0 ? 0 : Math.max(1.5, Math.sqrt(count / highest) * (HEIGHT - 3));
          const inside = !chosen || (bin >= from && bin < to);
          return (
            <rect
              key={edges[bin]}
              x={x(bin) + 0.4}
              width={Math.max(0.8, WIDTH / bins - 0.8)}
              y={HEIGHT - height}
              height={height}
              fill={inside ? "var(--series-1)" : "var(--line-strong)"}
              opacity={inside ? 0.85 : 0.6}
            />
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line-strong)" />
        {chosen && (
          <rect
            x={x(from)}
            width={Math.max(0, x(to) - x(from))}
            y={0}
            height={HEIGHT}
            fill="var(--accent)"
            opacity={0.09}
            pointerEvents="none"
          />
        )}
      </svg>
      {(["min", "max"] as const).map((which) => {
        const position = which === "min" ? from : to;
        const open = which === "min" ? position <= 0 : position >= bins;
        return (
          <div
            key={which}
            role="slider"
            tabIndex={0}
            aria-label={t(which === "min" ? "universe.facets.min" : "universe.facets.max", { field: label })}
            aria-valuemin={0}
            aria-valuemax={bins}
            aria-valuenow={position}
            aria-valuetext={say(position, open)}
            onKeyDown={nudge(which)}
            style={{ left: `${(position / bins) * 100}%` }}
            className={cx(
              "pointer-events-none absolute top-0 h-11 w-2.5 -translate-x-1/2 rounded-sm",
              "before:absolute before:inset-y-0 before:left-1/2 before:w-[1.5px] before:-translate-x-1/2 before:bg-accent",
              "after:absolute after:top-1/2 after:left-1/2 after:h-3.5 after:w-[5px] after:-translate-x-1/2 after:-translate-y-1/2 after:rounded-full after:bg-accent",
              open && !chosen && "opacity-0 focus-visible:opacity-100",
            )}
          />
        );
      })}
      <div className="tabular mt-0.5 flex justify-between text-2xs text-ink-3">
        <span className={cx(chosen && from > 0 && "font-medium text-ink")}>
          {from > 0
            ? say(from, false)
            : `${data.below > 0 ? "< " : ""}${describeValue(field, edges[0], style)}`}
        </span>
        {data.nulls > 0 && (
          <span title={t("state.missing")}>{t("universe.facets.missing", { count: data.nulls })}</span>
        )}
        <span className={cx(chosen && to < bins && "font-medium text-ink")}>
          {to < bins
            ? say(to, false)
            : `${data.above > 0 ? "> " : ""}${describeValue(field, edges[bins], style)}`}
        </span>
      </div>
    </div>
  );
}
