import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { placeOf } from "./active-row";

type Held = { identity: string; index: number; key: string };

export type HeldRows = {
  /** The question that the rows answer; without one nothing is held. Another question's rows are not the same rows elsewhere. */
  identity: string | undefined;
  count: number;
  rowHeight: number;
  headerHeight: number;
  active: number;
  /** Who stands at a place; undefined where that is not known. */
  keyAt: (index: number) => string | undefined;
  /** Scrolls by so many rows. */
  shift: (rows: number) => void;
};

/**
 * Keeps the row under the pointer where it is when somebody else's change puts rows above it or takes them away; without a
 * pointer over the table the row in focus, when it is in view. The table scrolls along instead.
 */
export function useHeldRow(scroller: RefObject<HTMLElement | null>, rows: HeldRows): void {
  const held = useRef<Held | null>(null);
  /** How far below the table's upper edge the pointer is, in pixels; null while it is elsewhere. */
  const pointer = useRef<number | null>(null);
  const latest = useRef(rows);

  const hold = useCallback(() => {
    const { identity, count, rowHeight, headerHeight, active, keyAt } = latest.current;
    const element = scroller.current;
    held.current = null;
    if (identity === undefined || !element) return;
    const placeAt = (y: number) => Math.floor((y - headerHeight + element.scrollTop) / rowHeight);
    const isInView = active >= placeAt(headerHeight) && active <= placeAt(element.clientHeight);
    const index = pointer.current === null ? (isInView ? active : -1) : placeAt(pointer.current);
    const key = index >= 0 && index < count ? keyAt(index) : undefined;
    if (key !== undefined) held.current = { identity, index, key };
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onMove = (event: PointerEvent) => {
      pointer.current = event.clientY - element.getBoundingClientRect().top;
      hold();
    };
    const onLeave = () => {
      pointer.current = null;
      hold();
    };
    element.addEventListener("pointermove", onMove, { passive: true });
    element.addEventListener("pointerleave", onLeave, { passive: true });
    element.addEventListener("scroll", hold, { passive: true });
    return () => {
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerleave", onLeave);
      element.removeEventListener("scroll", hold);
    };
  }, [scroller, hold]);

  useLayoutEffect(() => {
    latest.current = rows;
    const before = held.current;
    if (before && before.identity === rows.identity) {
      const now = placeOf(before, rows.count, rows.keyAt);
      if (now !== before.index && rows.keyAt(now) === before.key) rows.shift(now - before.index);
    }
    hold();
  });
}
