/** How far something has come. `share` is from 0 to 1; null while the whole is not known. */
export function ProgressBar({
  share,
  label,
  text,
  pulses = false,
}: {
  share: number | null;
  label: string;
  /** Says more than a percentage where there is more to say. */
  text?: string;
  /** Moves while the share is not known, for what is at work and not waiting. */
  pulses?: boolean;
}) {
  const percent = Math.round((share ?? 0) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : percent}
      aria-valuetext={text}
      className="h-1.5 w-full min-w-24 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
    >
      {share === null && pulses ? (
        <div className="h-full w-1/3 animate-pulse bg-accent" />
      ) : (
        <div
          className="h-full bg-accent transition-[width] motion-reduce:transition-none"
          style={{ width: `${percent}%` }}
        />
      )}
    </div>
  );
}
