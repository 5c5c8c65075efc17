import { downloadFile } from "@/shared/api/fetch";
import type { NewExport } from "@/shared/exports/queries";
import type { Locale } from "@/shared/preferences/preferences";
import { showFailure } from "@/shared/ui/toast-store";
import type { ProspectsSearch } from "./search-params";

/** What is asked for, without what is left open. */
function asked(search: ProspectsSearch) {
  const { owner, due, q, stale } = search;
  return { ...(owner && { owner }), ...(due && { due }), ...(q && { q }), ...(stale && { stale: true }) };
}

/** The same question for a job, which has no greatest number. */
export function prospectsExport(format: "csv" | "xlsx", search: ProspectsSearch, locale: Locale): NewExport {
  return { what: "prospects", prospects: asked(search), format, language: locale };
}

/** Saves the prospects of the same question as a file. */
export async function exportProspects(
  format: "csv" | "xlsx",
  search: ProspectsSearch,
  locale: Locale,
): Promise<void> {
  const query = new URLSearchParams({ format, language: locale });
  for (const [key, value] of Object.entries(asked(search))) query.set(key, String(value));
  try {
    await downloadFile(`/api/prospects/export?${query}`, `lode-prospects.${format}`);
  } catch (error) {
    showFailure("download.failed", error);
  }
}
