import type { ReactNode } from "react";

/** A frame in which a wide table scrolls sideways; the keyboard reaches it too. Its name is that of what it holds. */
export function ScrollFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div role="group" className="relative overflow-x-auto" tabIndex={0} aria-label={label}>
      {children}
    </div>
  );
}
