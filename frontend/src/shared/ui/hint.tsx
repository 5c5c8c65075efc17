import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

type Side = "top" | "right" | "bottom" | "left";

/** How long the pointer rests before the first hint, in milliseconds; right after another hint there is no wait. */
const REST = 350;
const STILL_WARM = 150;
/** How long the scrolling that a focus causes may take, in milliseconds; a scroll closes a hint. */
const SETTLE = 120;
/** How long the pointer may be on its way from the target to the hint, in milliseconds. */
const ON_THE_WAY = 100;
/** Between target and hint, and between hint and the edge of the window, in pixels. */
const GAP = 5;
const MARGIN = 8;

let closedAt = Number.NEGATIVE_INFINITY;

type Target = ReactElement<{
  "aria-describedby"?: string;
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void;
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void;
  onFocus?: (event: FocusEvent<HTMLElement>) => void;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
}>;

/**
 * Shows a short explanation when its child is hovered or focused; Escape, a press and a scroll close it. The child must be one element
 * that takes handlers. There are hundreds of them on a page, so that one costs nothing until it is shown.
 */
export function Hint({
  text,
  side = "top",
  children,
}: {
  text: ReactNode;
  side?: Side;
  children: ReactElement;
}) {
  const id = useId();
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => () => clearTimeout(timer.current), []);

  const later = (next: HTMLElement | null, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (!next) closedAt = performance.now();
      setTarget(next);
    }, delay);
  };
  const hide = () => {
    clearTimeout(timer.current);
    if (target) closedAt = performance.now();
    setTarget(null);
  };
  const { props } = children as Target;
  return (
    <>
      {cloneElement(children as Target, {
        "aria-describedby": target ? id : props["aria-describedby"],
        onPointerEnter: (event) => {
          props.onPointerEnter?.(event);
          if (event.pointerType === "touch") return;
          later(event.currentTarget, performance.now() - closedAt < STILL_WARM ? 0 : REST);
        },
        onPointerLeave: (event) => {
          props.onPointerLeave?.(event);
          later(null, ON_THE_WAY);
        },
        onPointerDown: (event) => {
          props.onPointerDown?.(event);
          pressedAt.current = performance.now();
          hide();
        },
        onFocus: (event) => {
          props.onFocus?.(event);
          // A press brings the focus too, and has closed the hint.
          if (performance.now() - pressedAt.current > SETTLE) later(event.currentTarget, SETTLE);
        },
        onBlur: (event) => {
          props.onBlur?.(event);
          hide();
        },
      })}
      {target && (
        <Bubble
          id={id}
          target={target}
          side={side}
          onClose={hide}
          onEnter={() => clearTimeout(timer.current)}
          onLeave={() => later(null, ON_THE_WAY)}
        >
          {text}
        </Bubble>
      )}
    </>
  );
}

function Bubble({
  id,
  target,
  side,
  onClose,
  onEnter,
  onLeave,
  children,
}: {
  id: string;
  target: HTMLElement;
  side: Side;
  onClose: () => void;
  onEnter: () => void;
  onLeave: () => void;
  children: ReactNode;
}) {
  const bubble = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const element = bubble.current;
    if (element) place(element, target.getBoundingClientRect(), side);
  }, [target, side]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && close.current();
    const onScroll = (event: Event) => (event.target as Node).contains(target) && close.current();
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("scroll", onScroll, true);
    return () => {
      document.removeEventListener("keydown", onKey, true);
      document.removeEventListener("scroll", onScroll, true);
    };
  }, [target]);
  return createPortal(
    <div
      ref={bubble}
      id={id}
      role="tooltip"
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      className="popover-in fixed top-0 left-0 z-50 w-max max-w-80 rounded-md bg-raised px-2.5 py-1.5 text-ink text-xs shadow-popover"
    >
      {children}
    </div>,
    document.body,
  );
}

const OPPOSITE: Record<Side, Side> = { top: "bottom", bottom: "top", left: "right", right: "left" };

/** Puts the hint beside its target: at the wished side, or at the other where there is no room, and always inside the window. */
function place(element: HTMLElement, around: DOMRect, wished: Side): void {
  const { offsetWidth: width, offsetHeight: height } = element;
  const room: Record<Side, number> = {
    top: around.top - height,
    bottom: window.innerHeight - around.bottom - height,
    left: around.left - width,
    right: window.innerWidth - around.right - width,
  };
  const fits = (side: Side) => room[side] >= GAP + MARGIN;
  const side = fits(wished) || !fits(OPPOSITE[wished]) ? wished : OPPOSITE[wished];
  const middle = {
    left: around.left + (around.width - width) / 2,
    top: around.top + (around.height - height) / 2,
  };
  const at = {
    top: { ...middle, top: around.top - height - GAP },
    bottom: { ...middle, top: around.bottom + GAP },
    left: { ...middle, left: around.left - width - GAP },
    right: { ...middle, left: around.right + GAP },
  }[side];
  const inside = (value: number, size: number, whole: number) =>
    Math.max(MARGIN, Math.min(value, whole - size - MARGIN));
  element.style.left = `${inside(at.left, width, window.innerWidth)}px`;
  element.style.top = `${inside(at.top, height, window.innerHeight)}px`;
}
