import type { Field, FieldMap } from "@/shared/catalogue/fields";
import type { Counts, HistogramRequest } from "./screen-query";

/** Round steps from `from` to `to`, three per decade: 100 000, 200 000, 500 000, 1 000 000, … */
function decades(from: number, to: number, steps: readonly number[]): number[] {
  const edges: number[] = [];
  for (let power = Math.round(Math.log10(from)); power <= Math.round(Math.log10(to)); power += 1) {
    for (const step of steps) {
      const edge = step * 10 ** power;
      if (edge >= from && edge <= to) edges.push(edge);
    }
  }
  return edges;
}

function linear(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step);
  return Array.from({ length: count + 1 }, (_, index) => Number((from + index * step).toFixed(4)));
}

const FINE = [1, 1.5, 2, 3, 5, 7];
const COARSE = [1, 2, 5];
const SIGNED = new Set([
  "ebit",
  "ebitda",
  "net_income",
  "result_after_financial_items",
  "equity",
  "adjusted_equity",
  "net_debt",
]);

/**
 * The edges of a field's histogram. They are round numbers, so that what is brushed reads like what a person would
 * have typed; what lies outside is counted as below and above.
 */
export function histogramEdges(field: Field): number[] | null {
  if (field.unit === "sek") {
    if (!SIGNED.has(field.key)) {
      return field.key.includes("per_employee") ? decades(1e4, 1e8, FINE) : decades(1e5, 1e10, FINE);
    }
    const half = decades(1e5, 1e9, COARSE);
    return [...half.toReversed().map((edge) => -edge), 0, ...half];
  }
  if (field.unit === "share") {
    if (field.key === "equity_ratio") return linear(-0.4, 1, 0.05);
    if (field.key.includes("growth") || field.key.startsWith("cagr")) return linear(-0.5, 1, 0.05);
    return linear(-0.5, 0.5, 0.025);
  }
  if (field.unit === "times") return linear(-2, 10, 0.5);
  if (field.unit === "days") return linear(0, 180, 6);
  if (field.unit === "people") return [0, ...decades(1, 1e4, FINE)];
  return null;
}

export function histogramRequest(field: Field): HistogramRequest {
  const edges = histogramEdges(field);
  return edges ? { field: field.key, edges } : { field: field.key, bins: 24 };
}

/** The distributions of a screen that says nothing else; `sni:2` counts a level of the industry code. */
export const STANDARD_DISTRIBUTIONS: readonly string[] = [
  "revenue",
  "ebit_margin",
  "cagr_3y",
  "equity_ratio",
  "employees",
  "sni:1",
  "county",
  "size_class",
];

/** The field that a distribution is about: `sni` for `sni:2`. */
export function fieldOf(distribution: string): string {
  return distribution.split(":")[0] ?? distribution;
}

/** What to ask for, so that these distributions can be drawn. */
export function countsOf(distributions: readonly string[], fields: FieldMap): Counts {
  const known = distributions.filter((key) => fields.has(fieldOf(key)));
  return {
    facets: known.filter((key) => fields.get(fieldOf(key))?.is_facet),
    histograms: known.flatMap((key) => {
      const field = fields.get(key);
      return field?.is_number ? [histogramRequest(field)] : [];
    }),
  };
}
