import type { Translate } from "@/shared/i18n/i18n";
import type { useVocabulary } from "./model-queries";

/** The name of a list of a report: a section's word, or what suggestions and questions are called. */
export function partName(part: string, word: ReturnType<typeof useVocabulary>, t: Translate): string {
  if (part === "suggestion") return t("ai.suggestions");
  if (part === "open_question") return t("ai.openQuestions");
  return word("sections", part);
}
