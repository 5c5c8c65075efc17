import type { MessageKey } from "@/shared/i18n/en";
import { type Translate, useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";
import type { Run } from "./queries";

const STATES: Record<string, { tone: Tone; word: MessageKey }> = {
  queued: { tone: "neutral", word: "runs.status.queued" },
  running: { tone: "accent", word: "runs.status.running" },
  completed: { tone: "good", word: "runs.status.completed" },
  failed: { tone: "bad", word: "runs.status.failed" },
  skipped: { tone: "neutral", word: "runs.status.skipped" },
  cancelled: { tone: "warn", word: "runs.status.cancelled" },
};

/** The state of a part of a run in a word. */
export function RunState({ state }: { state: string }) {
  const { t } = useI18n();
  const known = STATES[state];
  return <Badge tone={known?.tone ?? "neutral"}>{known ? t(known.word) : state}</Badge>;
}

/** The state of a run; one that ended with failures does not look as if all were well. */
export function RunStatus({ run }: { run: Pick<Run, "status" | "failed"> }) {
  const { t } = useI18n();
  if (run.status === "completed" && run.failed > 0) {
    return <Badge tone="warn">{t("runs.status.completedWithFailures")}</Badge>;
  }
  return <RunState state={run.status} />;
}

const PARTS: Record<string, MessageKey> = {
  homepage: "runs.part.homepage",
  about_summary: "runs.part.about_summary",
  website_insights: "runs.part.website_insights",
  company_profile: "runs.part.company_profile",
  rules_analysis: "runs.part.rules_analysis",
  model_analysis: "runs.part.model_analysis",
  screen: "runs.part.screen",
  company_report: "runs.part.company_report",
};

/** What is found out, in words. */
export function partLabel(part: string, t: Translate): string {
  const key = PARTS[part];
  return key ? t(key) : part.replaceAll("_", " ");
}

const REASONS: Record<string, MessageKey> = {
  fresh: "runs.reason.fresh",
  approved_before: "runs.reason.approved_before",
  below_score: "runs.reason.below_score",
  stage_failed: "runs.reason.stage_failed",
  no_homepage: "runs.reason.no_homepage",
  not_searched: "runs.reason.not_searched",
  unproved: "runs.reason.unproved",
  unreachable: "runs.reason.unreachable",
  refused: "runs.reason.refused",
  nothing_found: "runs.reason.nothing_found",
  no_facts: "runs.reason.no_facts",
  job_died: "runs.reason.job_died",
  nothing_known: "runs.reason.nothing_known",
  over_budget: "runs.reason.over_budget",
  truncated: "runs.reason.truncated",
  filtered: "runs.reason.filtered",
  declined: "runs.reason.declined",
  malformed: "runs.reason.malformed",
  wrong_shape: "runs.reason.wrong_shape",
  provider_refused: "runs.reason.provider_refused",
  provider_failed: "runs.reason.provider_failed",
  no_questions: "runs.reason.no_questions",
  not_made: "runs.reason.not_made",
};

/** Why a part failed or was skipped, in words. */
export function reasonLabel(reason: string, t: Translate): string {
  return t(REASONS[reason] ?? "runs.reason.unknown");
}

/** How far a run has come: a bar with its numbers, failures in their own colour and word. */
export function RunProgress({ run }: { run: Run }) {
  const { t } = useI18n();
  const share = (count: number) => `${run.total === 0 ? 0 : (100 * count) / run.total}%`;
  const words = t("runs.progressOf", { done: run.done, total: run.total });
  return (
    <div className="flex min-w-32 items-center gap-2">
      <div
        role="progressbar"
        aria-label={t("runs.progress")}
        aria-valuemin={0}
        aria-valuemax={run.total}
        aria-valuenow={run.done}
        aria-valuetext={words}
        className="flex h-1.5 min-w-16 flex-1 overflow-hidden rounded-full bg-line"
      >
        <span className="bg-accent" style={{ width: share(run.done - run.failed) }} />
        <span className="bg-bad" style={{ width: share(run.failed) }} />
      </div>
      <span className="tabular whitespace-nowrap text-2xs text-ink-2">{words}</span>
    </div>
  );
}
