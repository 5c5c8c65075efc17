import { TriangleAlert } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";

/** What each part that an answer can lack means for the rows on the screen. */
const MEANINGS = {
  exclusions: "universe.missing.exclusions",
  revenue_series: "universe.missing.revenueSeries",
} as const;

/** Marks that an answer lacks are asked for again by the rows that show them. */
const withoutMarks = (parts: readonly string[]) => parts.filter((part) => part !== "marks");

/** Which sentences tell what is missing; a part that this version does not know is told in general words. */
export function missingSentences(parts: readonly string[]) {
  const known = withoutMarks(parts).map(
    (part) => MEANINGS[part as keyof typeof MEANINGS] ?? "universe.missing.other",
  );
  return [...new Set(known)];
}

/** Marks an answer that was given without the database: the rows are right, and what is named is old or left out. */
export function MissingHint({ parts }: { parts: readonly string[] }) {
  const { t } = useI18n();
  if (withoutMarks(parts).length === 0) return null;
  const sentences = missingSentences(parts)
    .map((key) => t(key))
    .join(" ");
  return (
    <span role="status" title={sentences} className="inline-flex items-center gap-1.5 text-ink-2 text-xs">
      <TriangleAlert size={13} aria-hidden />
      {t("universe.missing.label")}
      <span className="sr-only">{sentences}</span>
    </span>
  );
}
