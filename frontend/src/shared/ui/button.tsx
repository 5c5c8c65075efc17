import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";

/** How loud a button is: `ghost` is for toolbars, `primary` for the one main action of a view. */
export type ButtonLook = "primary" | "plain" | "ghost";

const BASE =
  "inline-flex items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-75 disabled:opacity-50";

const LOOKS: Record<ButtonLook, string> = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong",
  plain: "bg-surface text-ink border border-line-strong hover:bg-hover",
  ghost: "text-ink-2 hover:bg-hover hover:text-ink",
};

export type ButtonProps = ComponentProps<"button"> & { look?: ButtonLook; size?: "sm" | "md" };

/** The classes of a button with words on it, also for a link that looks like one. */
export function buttonClass(look: ButtonLook, size: "sm" | "md", className?: string): string {
  return cx(BASE, LOOKS[look], size === "sm" ? "h-6 px-2 text-xs" : "h-7 px-2.5 text-sm", className);
}

/** A push button. */
export function Button({ look = "plain", size = "md", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(look, size, className)} {...rest} />;
}

/** A square button that shows an icon; its label is for assistive technology and the tooltip. */
export function IconButton({
  label,
  children,
  className,
  size = "md",
  ...rest
}: Omit<ComponentProps<"button">, "aria-label"> & {
  label: string;
  children: ReactNode;
  size?: "sm" | "md";
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(BASE, LOOKS.ghost, size === "sm" ? "size-6" : "size-7", className)}
      {...rest}
    >
      {children}
    </button>
  );
}

/** A key as printed on a keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-[1.125rem] min-w-[1.125rem] items-center justify-center rounded-sm border border-line-strong bg-surface px-1 font-sans text-2xs text-ink-2">
      {children}
    </kbd>
  );
}
