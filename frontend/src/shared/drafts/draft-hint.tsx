import { History } from "lucide-react";
import { formatAgo } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";

/** Says that a draft was brought back, and offers to throw it away. */
export function DraftHint({ draft }: { draft: { restoredAt: Date | null; forget: () => void } }) {
  const { t, locale } = useI18n();
  if (!draft.restoredAt) return null;
  return (
    <p role="status" className="flex items-center gap-2 text-ink-2 text-xs">
      <History size={13} aria-hidden className="shrink-0" />
      <span>{t("draft.restored", { ago: formatAgo(draft.restoredAt.toISOString(), locale) })}</span>
      <Button size="sm" look="ghost" onClick={draft.forget}>
        {t("draft.discard")}
      </Button>
    </p>
  );
}
