/**
 * Which rows of a long table are in view. Browsers cap the height of an element (Firefox at about 17.8 million
 * pixels), which two million rows exceed; beyond MAX_HEIGHT the scrollbar therefore stands for the whole in
 * proportion, and the position is a row number, not a pixel.
 */
export const MAX_HEIGHT = 12_000_000;

export type Geometry = { count: number; rowHeight: number; viewport: number };

/** Height of the scrolled content in CSS pixels. */
export function contentHeight({ count, rowHeight }: Geometry): number {
  return Math.min(count * rowHeight, MAX_HEIGHT);
}

/** True when the scrollbar is proportional rather than exact. */
export function isScaled({ count, rowHeight }: Geometry): boolean {
  return count * rowHeight > MAX_HEIGHT;
}

/** The largest top row, so that the last row ends at the bottom edge. */
export function lastTopRow({ count, rowHeight, viewport }: Geometry): number {
  return Math.max(0, count - viewport / rowHeight);
}

/** The row (with fraction) at the top edge for a scroll position. */
export function topRowAt(scrollTop: number, geometry: Geometry): number {
  if (!isScaled(geometry)) return scrollTop / geometry.rowHeight;
  const range = contentHeight(geometry) - geometry.viewport;
  const share = range <= 0 ? 0 : Math.min(1, Math.max(0, scrollTop / range));
  return share * lastTopRow(geometry);
}

/** The scroll position for a row (with fraction) at the top edge. */
export function scrollTopFor(topRow: number, geometry: Geometry): number {
  const row = Math.min(Math.max(0, topRow), lastTopRow(geometry));
  if (!isScaled(geometry)) return row * geometry.rowHeight;
  const last = lastTopRow(geometry);
  return last === 0 ? 0 : (row / last) * (contentHeight(geometry) - geometry.viewport);
}

export type RowWindow = {
  first: number;
  /** One past the last row. */
  end: number;
  /** Pixel distance of row 0 from the content's top: 0 unless scaled. */
  base: number;
};

/** The rows to render around a scroll position, with some more above and below. */
export function rowWindow(topRow: number, scrollTop: number, geometry: Geometry, overscan = 8): RowWindow {
  const visible = Math.ceil(geometry.viewport / geometry.rowHeight) + 1;
  const first = Math.max(0, Math.floor(topRow) - overscan);
  const end = Math.min(geometry.count, Math.floor(topRow) + visible + overscan);
  const base = isScaled(geometry) ? scrollTop - topRow * geometry.rowHeight : 0;
  return { first, end: Math.max(first, end), base };
}

/** The top row that brings a row into view with the least movement. */
export function revealRow(row: number, topRow: number, { rowHeight, viewport }: Geometry): number {
  const visible = Math.floor(viewport / rowHeight);
  if (row < topRow) return row;
  if (row + 1 > topRow + visible) return row + 1 - visible;
  return topRow;
}
