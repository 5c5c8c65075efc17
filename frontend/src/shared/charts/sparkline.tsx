/** A line of a few years in the height of a table row; a gap where a year is missing. `label` says the values. */
export function Sparkline({
  values,
  label,
  width = 76,
  height = 18,
}: {
  values: readonly (number | null)[];
  label: string;
  width?: number;
  height?: number;
}) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return <span className="text-ink-3">–</span>;
  // From half the highest value, or lower where a year was: a dip shows, and a flat line stays flat.
  const min = Math.min(Math.max(...known) / 2, ...known);
  const max = Math.max(...known, min + 1);
  const x = (index: number) =>
    2.5 + (values.length === 1 ? (width - 5) / 2 : (index / (values.length - 1)) * (width - 5));
  const y = (value: number) => height - 2.5 - ((value - min) / (max - min)) * (height - 5);
  const segments: string[] = [];
  let open = false;
  values.forEach((value, index) => {
    if (value === null) open = false;
    else {
      segments.push(`${open ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
      open = true;
    }
  });
  const lastIndex = values.findLastIndex((value) => value !== null);
  const last = values[lastIndex];
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="shrink-0"
    >
      <path
        d={segments.join("")}
        fill="none"
        stroke="var(--series-1)"
        strokeWidth="1.4"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {last !== null && last !== undefined && (
        <circle cx={x(lastIndex)} cy={y(last)} r="2" fill="var(--series-1)" />
      )}
    </svg>
  );
}
