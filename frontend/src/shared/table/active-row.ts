/** How far from its former place a row is sought after the table has changed. */
const REACH = 200;

/** The row in focus: its place, and who it was when it was reached (null while it was not loaded). */
export type ActiveRow = { index: number; key: string | null };

/**
 * Where the active row stands now. Rows come and go above it (somebody else adds a company, a pass leaves the filter): the
 * focus stays on the company, not on the place. A row that is gone leaves its place to the one that came after it.
 */
export function placeOf(
  active: ActiveRow,
  total: number,
  keyAt: (index: number) => string | undefined,
): number {
  const last = Math.max(0, total - 1);
  const index = Math.min(active.index, last);
  if (active.key === null || keyAt(index) === active.key) return index;
  for (let distance = 1; distance <= REACH; distance += 1) {
    if (index + distance <= last && keyAt(index + distance) === active.key) return index + distance;
    if (index - distance >= 0 && keyAt(index - distance) === active.key) return index - distance;
  }
  return index;
}
