/** Marks a fictitious company in a row, where there is room for a letter; what it means is said in words. */
export function DemoMark({ label }: { label: string }) {
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className="inline-flex size-3.5 shrink-0 items-center justify-center rounded-[3px] bg-warn-soft font-semibold text-[0.5625rem] text-warn"
    >
      D
    </span>
  );
}
