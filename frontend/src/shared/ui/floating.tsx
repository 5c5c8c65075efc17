import { Popover } from "radix-ui";
import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from "react";

/** A window that hangs at an element. */
export type FloatingProps = {
  anchor: RefObject<HTMLElement | null>;
  id: string;
  role: "dialog" | "menu";
  label?: string;
  /** Whether a key opened it: a menu then begins with its first item. */
  byKey: boolean;
  align: "start" | "center" | "end";
  className: string;
  onClose: () => void;
  children: ReactNode;
};

const ITEMS = "[role^='menuitem']:not([disabled])";

/** How long the letters of a name may be apart, in milliseconds. */
const LETTERS = 800;

/**
 * The window of a menu or popover beside the button that opened it: placed where there is room, closed by Escape, a press outside or when the
 * focus goes elsewhere; then the focus is back at the button unless something else has taken it.
 */
export default function Floating({
  anchor,
  id,
  role,
  label,
  byKey,
  align,
  className,
  onClose,
  children,
}: FloatingProps) {
  const typed = useRef({ text: "", at: 0 });
  const left = useRef(false);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>(ITEMS)];
    const place = items.indexOf(document.activeElement as HTMLElement);
    const go = (index: number) => {
      event.preventDefault();
      items[(index + items.length) % items.length]?.focus();
    };
    if (event.key === "ArrowDown") go(place + 1);
    else if (event.key === "ArrowUp") go(place < 0 ? -1 : place - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(-1);
    else if (event.key === "Tab") {
      event.preventDefault();
      onClose();
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
      const { text, at } = typed.current;
      const name = (event.timeStamp - at < LETTERS ? text : "") + event.key.toLowerCase();
      typed.current = { text: name, at: event.timeStamp };
      const found = [...items.slice(place + 1), ...items.slice(0, place + 1)].find((item) =>
        item.textContent?.trim().toLowerCase().startsWith(name),
      );
      if (found) found.focus();
      event.preventDefault();
    }
  };
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          id={id}
          role={role}
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={className}
          data-own-keys={role === "menu" ? "" : undefined}
          onKeyDown={role === "menu" ? onKeyDown : undefined}
          onOpenAutoFocus={(event) => {
            if (role !== "menu") return;
            event.preventDefault();
            const content = event.currentTarget as HTMLElement;
            (byKey ? content.querySelector<HTMLElement>(ITEMS) : content)?.focus();
          }}
          onInteractOutside={(event) => {
            if (anchor.current?.contains(event.target as Node)) event.preventDefault();
            else left.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const isFree = document.activeElement === null || document.activeElement === document.body;
            if (isFree && !left.current) anchor.current?.focus();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
