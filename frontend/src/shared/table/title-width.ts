/** Width of a character of a column's title in pixels: of a long word, where wide and narrow ones even out, and of a short one. */
const [LONG, SHORT] = [6.05, 6.5];
/** Characters of a short word. */
const FEW = 9;
/** What stands around the words. */
const AROUND = 16;

/** The least width of a column whose title is broken between words only; a title takes two lines. */
export function titleWidth(title: string): number {
  // A slash (see `ColumnTitle`) or a hyphen is a place to break, and stays on the first line.
  const lengths = title.split(/\s|(?<=[/-])/).map((word) => word.length);
  const widest = Math.max(
    0,
    ...lengths.map((length) => Math.max(length * LONG, Math.min(length, FEW) * SHORT)),
  );
  return Math.ceil(widest + AROUND);
}
