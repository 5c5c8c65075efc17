import { type ComponentProps, useId } from "react";
import { cx } from "./class-names";

const FIELD =
  "h-7 min-w-0 max-w-full rounded-md border border-field bg-surface px-2 text-sm text-ink placeholder:text-ink-3 focus-visible:outline-offset-0 aria-[invalid=true]:border-bad";

export function TextField({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cx(FIELD, className)} {...rest} />;
}

export function SelectField({ className, ...rest }: ComponentProps<"select">) {
  return <select className={cx(FIELD, "pr-6", className)} {...rest} />;
}

/** A field with its label above and a hint below; `tall` where it stands alone on a page. */
export function LabelledField({
  label,
  hint,
  tall = false,
  className,
  "aria-describedby": described,
  ...rest
}: Omit<ComponentProps<"input">, "id"> & { label: string; hint?: string; tall?: boolean }) {
  const id = useId();
  return (
    <div className={cx("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium text-xs">
        {label}
      </label>
      <TextField
        id={id}
        aria-describedby={hint ? `${id}-hint` : described}
        className={tall ? "h-9" : undefined}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="text-ink-2 text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
