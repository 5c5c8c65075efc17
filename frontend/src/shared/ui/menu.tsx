import { Check } from "lucide-react";
import {
  cloneElement,
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
  useContext,
  useId,
  useRef,
  useState,
} from "react";
import { cx } from "./class-names";
import type { FloatingProps } from "./floating";
import { lazyPart } from "./lazy-part";

const CONTENT = "popover-in z-50 min-w-44 rounded-lg bg-raised p-1 text-sm shadow-popover outline-none";
const ITEM =
  "flex h-7 w-full items-center gap-2 rounded-[4px] px-2 text-left outline-none select-none cursor-default focus:bg-hover disabled:text-ink-3";

// What places and closes windows is heavy and nothing that a first page shows: it comes when a button is pointed at, or soon after the start.
const Floating = lazyPart<FloatingProps>(() => import("./floating"), { frame: "dialog", isOfStart: true });

/** Fetches what opens menus and popovers, so that they open at once. */
export const preloadMenus = () => Floating.preload();

type Trigger = ReactElement<{
  ref?: Ref<HTMLElement>;
  onClick?: (event: MouseEvent<HTMLElement>) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  "aria-haspopup"?: "menu" | "dialog";
  "aria-expanded"?: boolean;
  "aria-controls"?: string;
  "data-state"?: "open" | "closed";
}>;

/** A button and the window that it opens. */
function Opened({
  trigger,
  role,
  open,
  onOpen,
  ...rest
}: Pick<FloatingProps, "role" | "label" | "align" | "className" | "children"> & {
  trigger: ReactElement;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const anchor = useRef<HTMLElement>(null);
  const id = useId();
  const [byKey, setByKey] = useState(false);
  const { props } = trigger as Trigger;
  return (
    <>
      {cloneElement(trigger as Trigger, {
        ref: (element: HTMLElement | null) => {
          anchor.current = element;
          if (typeof props.ref === "function") props.ref(element);
          else if (props.ref) props.ref.current = element;
        },
        "aria-haspopup": role,
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        "data-state": open ? "open" : "closed",
        onClick: (event) => {
          props.onClick?.(event);
          if (event.defaultPrevented) return;
          // A key presses a button without a pointer.
          setByKey(event.detail === 0);
          onOpen(!open);
        },
        onKeyDown: (event) => {
          props.onKeyDown?.(event);
          if (role !== "menu" || event.key !== "ArrowDown" || event.defaultPrevented) return;
          event.preventDefault();
          setByKey(true);
          onOpen(true);
        },
        onPointerEnter: () => {
          props.onPointerEnter?.();
          void preloadMenus();
        },
        onFocus: () => {
          props.onFocus?.();
          void preloadMenus();
        },
      })}
      {open && (
        <Floating {...rest} anchor={anchor} id={id} role={role} byKey={byKey} onClose={() => onOpen(false)} />
      )}
    </>
  );
}

const Closing = createContext<() => void>(() => undefined);

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
  const [open, setOpen] = useState(false);
  return (
    <Opened trigger={trigger} role="menu" align={align} className={CONTENT} open={open} onOpen={setOpen}>
      <Closing value={() => setOpen(false)}>{children}</Closing>
    </Opened>
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
  const close = useContext(Closing);
  const isChoice = checked !== undefined;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: only a choice has a state.
    <button
      type="button"
      role={isChoice ? "menuitemcheckbox" : "menuitem"}
      aria-checked={checked}
      tabIndex={-1}
      disabled={disabled}
      className={ITEM}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      onClick={() => {
        onSelect();
        close();
      }}
    >
      {isChoice && (
        <span className="flex size-4 items-center justify-center">
          {checked && <Check size={14} aria-hidden />}
        </span>
      )}
      {children}
    </button>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="eyebrow px-2 pt-1.5 pb-1">{children}</div>;
}

export function MenuLine() {
  return <hr className="-mx-1 my-1 h-px border-0 bg-line" />;
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
  const [own, setOwn] = useState(false);
  return (
    <Opened
      trigger={trigger}
      role="dialog"
      label={label}
      align={align}
      className={cx(CONTENT, "max-h-[var(--radix-popover-content-available-height)] p-3", className)}
      open={open ?? own}
      onOpen={(next) => {
        setOwn(next);
        onOpenChange?.(next);
      }}
    >
      {children}
    </Opened>
  );
}
