import { Check } from "lucide-react";
import { DropdownMenu, Popover as RadixPopover } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./class-names";

const CONTENT = "popover-in z-50 min-w-44 rounded-lg bg-raised p-1 text-sm shadow-popover outline-none";
const ITEM =
  "flex h-7 items-center gap-2 rounded-[4px] px-2 outline-none select-none cursor-default data-[highlighted]:bg-hover data-[disabled]:text-ink-3";

/** A menu of actions below the button given as `trigger`. */
export function Menu({
  trigger,
  children,
  align = "start",
}: {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={4} collisionPadding={8} className={CONTENT}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({
  onSelect,
  children,
  checked,
  disabled,
}: {
  onSelect: () => void;
  children: ReactNode;
  checked?: boolean;
  disabled?: boolean;
}) {
  if (checked === undefined) {
    return (
      <DropdownMenu.Item className={ITEM} onSelect={onSelect} disabled={disabled}>
        {children}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.CheckboxItem className={ITEM} checked={checked} onSelect={onSelect} disabled={disabled}>
      <span className="flex size-4 items-center justify-center">
        <DropdownMenu.ItemIndicator>
          <Check size={14} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="eyebrow px-2 pt-1.5 pb-1">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}

/** A small window below the button given as `trigger`, for forms and pickers. */
export function Popover({
  trigger,
  children,
  open,
  onOpenChange,
  label,
  align = "start",
  className,
}: {
  trigger: ReactElement;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  label: string;
  align?: "start" | "center" | "end";
  className?: string;
}) {
  return (
    <RadixPopover.Root open={open} onOpenChange={onOpenChange}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cx(CONTENT, "max-h-[var(--radix-popover-content-available-height)] p-3", className)}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
