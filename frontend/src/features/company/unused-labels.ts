import { formatDate } from "@/shared/format/date";
import type { ValueStyle } from "@/shared/format/field-value";
import type { MessageKey } from "@/shared/i18n/en";

/** Why a tagged figure was not used, in words; a reason that is not known here is shown as it is. */
const REASONS: Record<string, MessageKey> = {
  less_precise: "unused.less_precise",
  contradicts: "unused.contradicts",
  other_concept: "unused.other_concept",
  opening_balance: "unused.opening_balance",
  part_of_company: "unused.part_of_company",
  other_target: "unused.other_target",
  in_tuple: "unused.in_tuple",
  fraction: "unused.fraction",
  unknown_transformation: "unused.unknown_transformation",
  not_a_number: "unused.not_a_number",
  other_currency: "unused.other_currency",
  other_unit: "unused.other_unit",
  too_large: "unused.too_large",
};

export function unusedReason(reason: string, detail: string, { t }: ValueStyle): string {
  if (reason === "no_year") {
    if (detail === "") return t("unused.no_days");
    return t(detail.includes("–") ? "unused.no_year_period" : "unused.no_year_day", { detail });
  }
  const key = REASONS[reason];
  return key ? t(key, { detail: reason === "opening_balance" ? formatDate(detail) : detail }) : reason;
}

/** The concepts of figures, each once and without the prefix. */
export function conceptNames(figures: readonly { concept: string }[]): string {
  return [...new Set(figures.map((figure) => figure.concept.replace(/^.*:/, "")))].join(", ");
}
