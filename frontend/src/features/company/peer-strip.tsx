import type { PeerMetric } from "./peers";

const WIDTH = 200;
const HEIGHT = 18;
const MIDDLE = HEIGHT / 2;
/** Room at both ends for what lies beyond the 10th and the 90th percentile. */
const EDGE = 14;

/** Where a value lies on the strip, in its own pixels; beyond the ends it stands in the margin. */
export function placeOf(value: number, low: number, high: number): number {
  if (high <= low) return value < low ? EDGE / 2 : value > high ? WIDTH - EDGE / 2 : WIDTH / 2;
  const share = (value - low) / (high - low);
  if (share < 0) return EDGE / 2;
  if (share > 1) return WIDTH - EDGE / 2;
  return EDGE + share * (WIDTH - 2 * EDGE);
}

/** The peers from their 10th to their 90th percentile, the middle half as a bar, the median as a line, the company as a dot. */
export function PeerStrip({ metric, label }: { metric: PeerMetric; label: string }) {
  const { p10, p25, median, p75, p90, value } = metric;
  if (typeof p10 !== "number" || typeof p90 !== "number") return null;
  const x = (amount: number) => placeOf(amount, p10, p90);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className="block h-[18px] w-full overflow-visible"
    >
      <line x1={x(p10)} x2={x(p90)} y1={MIDDLE} y2={MIDDLE} stroke="var(--line-strong)" strokeWidth="1.5" />
      {typeof p25 === "number" && typeof p75 === "number" && (
        <rect
          x={x(p25)}
          width={Math.max(1, x(p75) - x(p25))}
          y={MIDDLE - 4}
          height="8"
          rx="2"
          fill="var(--series-5)"
        />
      )}
      {typeof median === "number" && (
        <line
          x1={x(median)}
          x2={x(median)}
          y1={MIDDLE - 6}
          y2={MIDDLE + 6}
          stroke="var(--ink-2)"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      )}
      {typeof value === "number" && (
        <line
          x1={x(value)}
          x2={x(value)}
          y1={MIDDLE - 0.01}
          y2={MIDDLE + 0.01}
          stroke="var(--series-2)"
          strokeWidth="9"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
