/** The address of the Universe page is its state: two people with one link see one screen. */
export type UniverseSearch = {
  /** Free text. */
  q?: string;
  /** The filter in the text form of the filter language. */
  f?: string;
  /** Sort keys in order, a leading minus for descending: `-revenue,name`. */
  sort?: string;
  /** Columns as written by `printColumns`. */
  cols?: string;
  /** The company in the preview pane. */
  o?: string;
  view?: "scatter" | "funnel";
  /** The fields of the scatter's axes. */
  x?: string;
  y?: string;
  /** Fields whose distributions are shown, comma separated. */
  dist?: string;
};

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function universeSearch(raw: Record<string, unknown>): UniverseSearch {
  return {
    q: text(raw.q),
    f: text(raw.f),
    sort: text(raw.sort),
    cols: text(raw.cols),
    o: text(raw.o),
    view: raw.view === "scatter" || raw.view === "funnel" ? raw.view : undefined,
    x: text(raw.x),
    y: text(raw.y),
    dist: text(raw.dist),
  };
}

export type SortKey = { by: string; dir: "asc" | "desc" };

export function parseSort(sort: string | undefined): SortKey[] {
  return (sort ?? "")
    .split(",")
    .filter(Boolean)
    .map((key) => (key.startsWith("-") ? { by: key.slice(1), dir: "desc" } : { by: key, dir: "asc" }));
}

export function printSort(keys: readonly SortKey[]): string | undefined {
  return keys.map((key) => (key.dir === "desc" ? `-${key.by}` : key.by)).join(",") || undefined;
}

/**
 * The sort after a header was pressed: first its natural direction, then the other, then none. With `additive` the
 * other keys stay before it.
 */
export function toggleSort(
  keys: readonly SortKey[],
  by: string,
  first: SortKey["dir"],
  additive: boolean,
): SortKey[] {
  const current = keys.find((key) => key.by === by);
  const others = additive ? keys.filter((key) => key.by !== by) : [];
  if (!current) return [...others, { by, dir: first }];
  if (current.dir === first) {
    const turned: SortKey = { by, dir: first === "asc" ? "desc" : "asc" };
    return additive ? keys.map((key) => (key.by === by ? turned : key)) : [turned];
  }
  return others;
}
