import { type ReactNode, useId } from "react";
import { cx } from "./class-names";

/** A framed part of a page with a heading and, at its right, what can be done with it. */
export function Section({
  title,
  actions,
  note,
  children,
  className,
  flush = false,
  id,
}: {
  title: string;
  actions?: ReactNode;
  note?: ReactNode;
  children: ReactNode;
  className?: string;
  flush?: boolean;
  id?: string;
}) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} id={id} className={cx("panel flex min-w-0 flex-col", className)}>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3.5 py-1.5">
        <h2 id={heading} className="font-semibold text-sm">
          {title}
        </h2>
        {note && <span className="text-ink-3 text-xs">{note}</span>}
        {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={cx("min-w-0 flex-1", !flush && "p-3.5")}>{children}</div>
    </section>
  );
}

/** A page's own bar: its title, what it is about, and its actions. Stays while the page scrolls. */
export function PageBar({
  title,
  children,
  lead,
}: {
  title: ReactNode;
  children?: ReactNode;
  lead?: ReactNode;
}) {
  return (
    <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b bg-surface px-4 py-2 max-sm:px-3">
      {lead}
      <h1 className="font-semibold text-lg">{title}</h1>
      {children}
    </div>
  );
}

/** A label over its value. */
export function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="eyebrow">{label}</dt>
      <dd className="mt-0.5 break-words">{children}</dd>
    </div>
  );
}
