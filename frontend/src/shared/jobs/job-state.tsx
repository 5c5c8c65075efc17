import { useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";
import { ProgressBar } from "@/shared/ui/progress-bar";
import type { Job, JobState } from "./queries";

const TONES: Record<JobState, Tone> = {
  available: "neutral",
  scheduled: "neutral",
  retryable: "warn",
  running: "accent",
  completed: "good",
  cancelled: "neutral",
  discarded: "bad",
};

/** Where a job stands, in a word. */
export function JobStateBadge({ state }: { state: JobState }) {
  const { t } = useI18n();
  return <Badge tone={TONES[state]}>{t(`jobs.state.${state}`)}</Badge>;
}

/** How far a job has come: a bar where the whole is known, and the words that the job itself gives. */
export function JobProgressBar({ job, label }: { job: Pick<Job, "progress" | "state">; label: string }) {
  const { done, total, note } = job.progress;
  const share =
    job.state === "completed" ? 1 : total && done !== null && done !== undefined ? done / total : null;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <ProgressBar share={share} label={label} pulses />
      {note && <span className="truncate text-ink-2 text-xs">{note}</span>}
    </div>
  );
}
