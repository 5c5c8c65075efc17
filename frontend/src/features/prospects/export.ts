import { downloadFile } from "@/shared/api/fetch";
import type { Locale } from "@/shared/preferences/preferences";
import { showFailure } from "@/shared/ui/toast-store";
import type { ProspectsSearch } from "./search-params";

/** Saves the prospects of the same question as a file. */
export async function exportProspects(
  format: "csv" | "xlsx",
  search: ProspectsSearch,
  locale: Locale,
): Promise<void> {
  const query = new URLSearchParams({ format, language: locale });
  for (const key of ["owner", "due", "q"] as const) {
    const value = search[key];
    if (value) query.set(key, value);
  }
  if (search.stale) query.set("stale", "true");
  try {
    await downloadFile(`/api/prospects/export?${query}`, `lode-prospects.${format}`);
  } catch (error) {
    showFailure("download.failed", error);
  }
}
