import { parseOrgnr } from "@/shared/format/orgnr";

/** How the screen is looked at; the table when nothing is said. */
export type ScreenView = (typeof VIEWS)[number];

const VIEWS = ["scatter", "funnel", "similar", "snapshots"] as const;

/** The address of the Universe page is its state: two people with one link see one screen. */
export type UniverseSearch = {
  /** Free text. */
  q?: string;
  /** The sentence that the filter was asked for with. */
  ask?: string;
  /** The filter in the text form of the filter language. */
  f?: string;
  /** Sort keys in order, a leading minus for descending: `-revenue,name`. */
  sort?: string;
  /** Columns as written by `printColumns`. */
  cols?: string;
  /** The company in the preview pane. */
  o?: string;
  view?: ScreenView;
  /** The saved view that the screen was opened from. */
  v?: string;
  /** The companies whose look-alikes are sought, comma separated. */
  seeds?: string;
  /** Weights of the look-alikes' features as written by `printWeights`. */
  w?: string;
  /** The frozen screen that is compared with now. */
  snap?: string;
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
    ask: text(raw.ask),
    f: text(raw.f),
    sort: text(raw.sort),
    cols: text(raw.cols),
    o: text(raw.o),
    view: VIEWS.find((view) => view === raw.view),
    v: text(raw.v),
    seeds: text(raw.seeds),
    w: text(raw.w),
    snap: text(raw.snap),
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

/** Field to weight; 0 leaves the field out. */
export type Weights = Record<string, number>;

/** Reads `sni:3,revenue:2`; undefined when it says nothing that counts, so that the server's own weights hold. */
export function parseWeights(text: string | undefined): Weights | undefined {
  const weights: Weights = {};
  for (const part of (text ?? "").split(",")) {
    const [field, amount] = part.split(":");
    const weight = Number(amount);
    if (field && amount !== undefined && weight >= 0 && Number.isFinite(weight)) weights[field] = weight;
  }
  return Object.values(weights).some((weight) => weight > 0) ? weights : undefined;
}

export function printWeights(weights: Weights): string {
  return Object.entries(weights)
    .map(([field, weight]) => `${field}:${weight}`)
    .join(",");
}

/** The organisation numbers in a comma separated text, each once. */
export function parseSeeds(text: string | undefined): readonly string[] {
  return [...new Set((text ?? "").split(",").filter((number) => parseOrgnr(number) === number))];
}
