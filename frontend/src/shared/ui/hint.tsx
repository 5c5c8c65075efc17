import { Tooltip } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

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
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
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
