import type { KeyboardEvent, ReactNode } from "react";
import { cx } from "./class-names";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

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
  const reachable = options.some((option) => option.value === value) ? value : options[0]?.value;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const place = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = STEPS[event.key];
    const next =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? buttons.length - 1
          : step !== undefined
            ? (place + step + buttons.length) % buttons.length
            : null;
    if (place < 0 || next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  };
  return (
    <div
      role="group"
      aria-label={label}
      onKeyDown={onKeyDown}
      className="inline-flex w-fit rounded-md bg-sunken p-0.5 ring-1 ring-line ring-inset"
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === reachable ? 0 : -1}
          title={option.title}
          onClick={() => onChange(option.value)}
          className={cx(
            "inline-flex items-center justify-center gap-1 rounded-[4px] font-medium text-ink-2 hover:text-ink",
            "aria-checked:bg-raised aria-checked:text-ink aria-checked:shadow-[0_0_0_1px_var(--line),0_1px_2px_rgb(0_0_0/0.06)]",
            size === "sm" ? "h-5 min-w-7 px-1.5 text-2xs" : "h-6 min-w-8 px-2 text-xs",
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
