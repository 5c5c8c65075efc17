import type { MessageKey } from "@/shared/i18n/en";
import type { Translate } from "@/shared/i18n/i18n";
import type { AnalysisTemplate } from "./run-queries";

/** What stands in an address for the built-in template, which has no id. */
export const BUILT_IN = "built-in";

const KEY = "key:";

/** What stands in an address for a template that comes with the program and asks a model. */
export const addressOfShipped = (key: string) => KEY + key;

/** The key of such a template in an address; null where the address names another one. */
export function keyOf(address: string): string | null {
  return address.startsWith(KEY) ? address.slice(KEY.length) : null;
}

/** What a template is called: the built-in one, which has no id, in the reader's language. */
export function templateName(template: Pick<AnalysisTemplate, "id" | "name">, t: Translate): string {
  return template.id ? template.name : t("templates.builtIn");
}

const DIMENSIONS: Record<string, MessageKey> = {
  profitability: "runs.dimension.profitability",
  growth: "runs.dimension.growth",
  solidity: "runs.dimension.solidity",
  stability: "runs.dimension.stability",
  liquidity: "runs.dimension.liquidity",
  data: "runs.dimension.data",
};

/** One side of the fit in words: as its template names it, else the words that its key is known by. */
export function dimensionLabel(
  { key, label }: { key: string; label?: string | null | undefined },
  t: Translate,
): string {
  if (label) return label;
  const known = DIMENSIONS[key];
  return known ? t(known) : key.replaceAll("_", " ");
}
