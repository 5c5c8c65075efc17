import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "./badge";

const TONES: Record<string, Tone> = {
  running: "accent",
  completed: "good",
  failed: "bad",
  cancelled: "warn",
};

const WORDS: Record<string, MessageKey> = {
  running: "sources.status.running",
  completed: "sources.status.completed",
  failed: "sources.status.failed",
  cancelled: "sources.status.cancelled",
};

/** How an import ended, or that it runs. One that left rows out is not simply done. */
export function ImportStatus({ status, rejected = 0 }: { status: string; rejected?: number | null }) {
  const { t } = useI18n();
  if (status === "completed" && rejected) {
    return <Badge tone="warn">{t("sources.status.rejected", { count: rejected })}</Badge>;
  }
  const key = WORDS[status];
  return <Badge tone={TONES[status] ?? "neutral"}>{key ? t(key) : status}</Badge>;
}
