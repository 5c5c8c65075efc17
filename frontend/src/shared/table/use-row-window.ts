import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import {
  type Geometry,
  isScaled,
  type RowWindow,
  revealRow,
  rowWindow,
  scrollTopFor,
  topRowAt,
} from "./row-window";

type Position = { topRow: number; scrollTop: number };

/**
 * Follows the scrolling of `scroller` (whose sticky header is `headerHeight` tall) and says which rows to render.
 * In a scaled table the wheel moves by rows, not by the proportional scrollbar.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, rowHeight, headerHeight }: { count: number; rowHeight: number; headerHeight: number },
): {
  window: RowWindow;
  /** The row (with fraction) at the upper edge. */
  topRow: number;
  viewport: number;
  reveal: (row: number) => void;
  scrollToRow: (row: number) => void;
  /** Scrolls by so many rows. */
  shift: (rows: number) => void;
} {
  const [viewport, setViewport] = useState(600);
  const [position, setPosition] = useState<Position>({ topRow: 0, scrollTop: 0 });
  const geometry: Geometry = { count, rowHeight, viewport };
  const live = useRef({ geometry, position });
  useLayoutEffect(() => {
    live.current = { geometry, position };
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setViewport(Math.max(rowHeight, element.clientHeight - headerHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, rowHeight, headerHeight]);

  const moveTo = useCallback(
    (topRow: number) => {
      const element = scroller.current;
      if (!element) return;
      const { geometry: now } = live.current;
      const bounded = Math.min(Math.max(0, topRow), Math.max(0, now.count - now.viewport / now.rowHeight));
      element.scrollTop = scrollTopFor(bounded, now);
      const next = { topRow: bounded, scrollTop: element.scrollTop };
      live.current = { ...live.current, position: next };
      setPosition(next);
    },
    [scroller],
  );

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      const { geometry: now, position: before } = live.current;
      // Our own move comes back as a scroll event: the exact row is then already known.
      if (Math.abs(element.scrollTop - before.scrollTop) < 1) return;
      const next = { topRow: topRowAt(element.scrollTop, now), scrollTop: element.scrollTop };
      live.current = { ...live.current, position: next };
      setPosition((current) => {
        const sameRows = Math.floor(current.topRow) === Math.floor(next.topRow) && !isScaled(now);
        return sameRows ? current : next;
      });
    };
    const onWheel = (event: WheelEvent) => {
      const { geometry: now, position: before } = live.current;
      if (
        !isScaled(now) ||
        event.ctrlKey ||
        event.shiftKey ||
        Math.abs(event.deltaX) > Math.abs(event.deltaY)
      )
        return;
      event.preventDefault();
      const pixels = event.deltaMode === 1 ? event.deltaY * now.rowHeight : event.deltaY;
      moveTo(before.topRow + pixels / now.rowHeight);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onWheel);
    };
  }, [scroller, moveTo]);

  const reveal = useCallback(
    (row: number) => {
      const { geometry: now, position: before } = live.current;
      const exact = isScaled(now) ? before.topRow : (scroller.current?.scrollTop ?? 0) / now.rowHeight;
      const target = revealRow(row, exact, now);
      if (target !== exact) moveTo(target);
    },
    [moveTo, scroller],
  );

  const shift = useCallback(
    (rows: number) => {
      const { geometry: now, position: before } = live.current;
      const exact = isScaled(now) ? before.topRow : (scroller.current?.scrollTop ?? 0) / now.rowHeight;
      moveTo(exact + rows);
    },
    [moveTo, scroller],
  );

  return {
    window: rowWindow(position.topRow, position.scrollTop, geometry),
    topRow: position.topRow,
    viewport,
    reveal,
    scrollToRow: moveTo,
    shift,
  };
}
