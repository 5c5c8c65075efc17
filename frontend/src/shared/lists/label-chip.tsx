import { cx } from "@/shared/ui/class-names";

/** Dot colours that keep a contrast of 3:1 on either theme's surface; the word beside them carries the meaning. */
const DOTS: Record<string, string> = {
  grey: "bg-[light-dark(oklch(0.55_0.01_230),oklch(0.72_0.01_230))]",
  red: "bg-[light-dark(oklch(0.56_0.19_25),oklch(0.7_0.17_25))]",
  orange: "bg-[light-dark(oklch(0.6_0.15_55),oklch(0.76_0.14_60))]",
  yellow: "bg-[light-dark(oklch(0.6_0.12_90),oklch(0.84_0.15_95))]",
  green: "bg-[light-dark(oklch(0.54_0.13_150),oklch(0.75_0.15_150))]",
  teal: "bg-[light-dark(oklch(0.55_0.09_200),oklch(0.76_0.1_200))]",
  blue: "bg-[light-dark(oklch(0.53_0.16_255),oklch(0.72_0.13_250))]",
  purple: "bg-[light-dark(oklch(0.53_0.17_300),oklch(0.73_0.14_300))]",
};

/** The colour alone, for pickers that name it in words. */
export function LabelDot({ color, className }: { color: string; className?: string }) {
  return (
    <span aria-hidden className={cx("size-2 shrink-0 rounded-full", DOTS[color] ?? DOTS.grey, className)} />
  );
}

/** A label as it stands beside a company: a word with its colour. */
export function LabelChip({ name, color }: { name: string; color: string }) {
  return (
    <span className="inline-flex h-[1.125rem] min-w-0 max-w-40 items-center gap-1.5 rounded-sm bg-sunken px-1.5 font-medium text-2xs text-ink-2 ring-1 ring-line ring-inset">
      <LabelDot color={color} />
      <span className="truncate">{name}</span>
    </span>
  );
}
