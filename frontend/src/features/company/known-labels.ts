import type { Translate } from "@/shared/i18n/i18n";

/** What the day is since when a filing could be known. */
const BASIS = {
  registered: "known.registered",
  archive: "known.archive",
  document: "known.document",
  deadline: "known.deadline",
  imported: "known.imported",
} as const;

/** How it is known since when a filing could be known; empty where that was not noted. */
export function knownLabel(basis: string | null | undefined, t: Translate): string {
  const key = BASIS[basis as keyof typeof BASIS];
  return key ? t(key) : "";
}
