import { formatOrgnr } from "@/shared/format/orgnr";
import type { Translate } from "@/shared/i18n/i18n";
import type { CompanyRef } from "./company-actions";

/** Names that a dialog lists before it counts the rest. */
const MOST_NAMED = 6;

/** The companies that something is about, by name: every dialog says whom it writes to. */
export function nameCompanies(companies: readonly CompanyRef[], t: Translate): string {
  const names = companies.map((company) => company.name ?? formatOrgnr(company.orgnr));
  if (names.length <= 1) return names[0] ?? "";
  const counted = t("actions.companies", { count: names.length });
  const shown = names.length <= MOST_NAMED ? names : names.slice(0, MOST_NAMED - 1);
  const more = names.length - shown.length;
  const list = shown.join(", ");
  return more === 0 ? `${counted}: ${list}` : `${counted}: ${t("actions.andMore", { list, count: more })}`;
}

/** The same for a message, where there is little room: one by name, several by their number. */
export function countCompanies(companies: readonly CompanyRef[], t: Translate): string {
  const one = companies.length === 1 ? companies[0] : undefined;
  return one ? (one.name ?? formatOrgnr(one.orgnr)) : t("actions.companies", { count: companies.length });
}
