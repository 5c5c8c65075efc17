import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./class-names";

/** One choice out of a few, all visible. Arrow keys move, as in a group of radio buttons. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  size = "md",
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode; title?: string }[];
  onChange: (value: T) => void;
  size?: "sm" | "md";
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onChange(next as T)}
      className="inline-flex w-fit rounded-md bg-sunken p-0.5 ring-1 ring-line ring-inset"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          title={option.title}
          className={cx(
            "inline-flex items-center justify-center gap-1 rounded-[4px] font-medium text-ink-2 hover:text-ink",
            "data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--line),0_1px_2px_rgb(0_0_0/0.06)]",
            size === "sm" ? "h-5 min-w-7 px-1.5 text-2xs" : "h-6 min-w-8 px-2 text-xs",
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
