import type { MessageKey } from "@/shared/i18n/en";

const NAMES: Record<string, MessageKey> = {
  ai_analysis: "jobs.queue.ai_analysis",
  enrichment: "jobs.queue.enrichment",
  exports: "jobs.queue.exports",
  imports: "jobs.queue.imports",
  monitors: "jobs.queue.monitors",
};

/** The name of a queue in words; one that this version does not know keeps its own. */
export function queueName(queue: string, t: (key: MessageKey) => string): string {
  const key = NAMES[queue];
  return key ? t(key) : queue;
}
