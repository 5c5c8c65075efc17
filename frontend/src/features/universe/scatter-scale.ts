import type { Field } from "@/shared/catalogue/fields";

export type Axis = { min: number; max: number; isLog: boolean };

/** Values spread over many sizes are drawn on a logarithmic axis that also has zero and negative numbers. */
const UNIT_OF_LOG: Record<string, number> = { sek: 100_000, people: 1 };

function warp(value: number, axis: Axis, unit: number): number {
  return axis.isLog ? Math.asinh(value / unit) : value;
}

/** The axis that holds nearly all points: the outermost hundredth at each end may lie on its edge. */
export function axisOf(field: Field, values: readonly number[]): Axis {
  const sorted = values.toSorted((a, b) => a - b);
  const isLog = field.unit in UNIT_OF_LOG;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const [low, high] = isLog ? [sorted[0] ?? 0, sorted.at(-1) ?? 1] : [at(0.01), at(0.99)];
  return low === high ? { min: low - 1, max: high + 1, isLog } : { min: low, max: high, isLog };
}

/** Maps a value to 0–1 along an axis; what lies outside sticks to the edge. */
export function toShare(value: number, axis: Axis, field: Field): number {
  const unit = UNIT_OF_LOG[field.unit] ?? 1;
  const [from, to] = [warp(axis.min, axis, unit), warp(axis.max, axis, unit)];
  return Math.min(1, Math.max(0, (warp(value, axis, unit) - from) / (to - from)));
}

/** The value at a place 0–1 along an axis. */
export function fromShare(share: number, axis: Axis, field: Field): number {
  const unit = UNIT_OF_LOG[field.unit] ?? 1;
  const [from, to] = [warp(axis.min, axis, unit), warp(axis.max, axis, unit)];
  const warped = from + share * (to - from);
  return axis.isLog ? Math.sinh(warped) * unit : warped;
}

/** Rounds to two significant digits (four decimals for ratios), so that a box becomes a condition one can read. */
export function roundForFilter(value: number, field: Field): number {
  if (value === 0) return 0;
  if (field.kind === "ratio") return Math.round(value * 1000) / 1000;
  return Number(value.toPrecision(2));
}

/** Round values to mark on an axis. */
export function ticksOf(axis: Axis, field: Field): number[] {
  if (!axis.isLog) {
    const span = axis.max - axis.min;
    const power = 10 ** Math.floor(Math.log10(span / 4));
    const step = ([1, 2, 5, 10].find((factor) => factor * power * 5 >= span) ?? 10) * power;
    const first = Math.ceil(axis.min / step);
    const last = Math.floor(axis.max / step);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
      Number(((first + index) * step).toPrecision(12)),
    );
  }
  const unit = UNIT_OF_LOG[field.unit] ?? 1;
  const ticks: number[] = [];
  // Over few powers of ten these alone would leave the axis bare.
  const factors = axis.min > 0 && axis.max / axis.min < 300 ? [1, 2, 5] : [1];
  const fits = (size: number) => size >= axis.min && size <= axis.max;
  for (let power = unit * (unit > 1 ? 10 : 1); power <= Math.max(Math.abs(axis.min), axis.max); power *= 10) {
    for (const factor of factors) {
      ticks.push(...[factor * power, -factor * power].filter(fits));
    }
  }
  if (axis.min <= 0 && axis.max >= 0) ticks.push(0);
  return ticks.toSorted((a, b) => a - b);
}

/** Width of a character of the words on an axis, in pixels, and the gap that two words need between them. */
const [CHARACTER, GAP] = [6.2, 8];

/** Marks of an axis from the left; one whose words would run into those of the mark before has none. */
export function withoutCollisions<Mark extends { at: number; text: string }>(marks: readonly Mark[]): Mark[] {
  let taken = Number.NEGATIVE_INFINITY;
  return marks.map((mark) => {
    const half = (mark.text.length * CHARACTER) / 2;
    if (mark.at - half < taken) return { ...mark, text: "" };
    taken = mark.at + half + GAP;
    return mark;
  });
}

export type Spot = { x: number; y: number };

/** Whether a point lies inside a polygon (even-odd rule). */
export function isInside(point: Spot, polygon: readonly Spot[]): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i, i += 1) {
    const [a, b] = [polygon[i] as Spot, polygon[j] as Spot];
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x)
      inside = !inside;
  }
  return inside;
}
