/** Width of a character of a column's title, and what stands around its words, in pixels. */
const [CHARACTER, AROUND] = [6.3, 18];

/** The least width of a column whose title is broken between words only; a title takes two lines. */
export function titleWidth(title: string): number {
  // A slash (see `ColumnTitle`) or a hyphen is a place to break, and stays on the first line.
  const words = title.split(/\s|(?<=[/-])/);
  return Math.ceil(Math.max(0, ...words.map((word) => word.length)) * CHARACTER + AROUND);
}
