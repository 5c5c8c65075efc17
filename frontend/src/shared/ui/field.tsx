import type { ComponentProps } from "react";
import { cx } from "./class-names";

const FIELD =
  "h-7 min-w-0 max-w-full rounded-md border border-field bg-surface px-2 text-sm text-ink placeholder:text-ink-3 focus-visible:outline-offset-0 aria-[invalid=true]:border-bad";

export function TextField({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cx(FIELD, className)} {...rest} />;
}

export function SelectField({ className, ...rest }: ComponentProps<"select">) {
  return <select className={cx(FIELD, "pr-6", className)} {...rest} />;
}
