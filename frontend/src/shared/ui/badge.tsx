import type { ReactNode } from "react";
import { cx } from "./class-names";

export type Tone = "neutral" | "accent" | "warn" | "bad" | "good";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-2 ring-line",
  accent: "bg-accent-soft text-accent-strong ring-transparent",
  warn: "bg-warn-soft text-warn ring-transparent",
  bad: "bg-bad-soft text-bad ring-transparent",
  good: "bg-good-soft text-good ring-transparent",
};

/** A short word that marks a thing; its text carries the meaning, its colour only helps. */
export function Badge({
  tone = "neutral",
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex h-[1.125rem] items-center gap-1 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap ring-1 ring-inset",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
