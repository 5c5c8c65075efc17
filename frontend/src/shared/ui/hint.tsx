import { Tooltip } from "radix-ui";
import { type FocusEvent, type ReactElement, type ReactNode, useState } from "react";

/** How long the scrolling that a focus causes may take, in milliseconds; a scroll closes a tooltip. */
const SETTLE = 120;

/** Shows a short explanation when its child is hovered or focused. Needs a Tooltip.Provider above it. */
export function Hint({
  text,
  side = "top",
  children,
}: {
  text: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactElement;
}) {
  const [open, setOpen] = useState(false);
  // Focus may scroll its target into view, which closes the tooltip again: it is opened once more after.
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const target = event.currentTarget;
    setTimeout(() => {
      if (document.activeElement === target) setOpen(true);
    }, SETTLE);
  };
  return (
    <Tooltip.Root open={open} onOpenChange={setOpen}>
      <Tooltip.Trigger asChild onFocus={onFocus}>
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={side}
          sideOffset={5}
          collisionPadding={8}
          className="popover-in z-50 max-w-80 rounded-md bg-raised px-2.5 py-1.5 text-xs text-ink shadow-popover"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
