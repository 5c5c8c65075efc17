import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";
import type { Session } from "./scraper-queries";

const SOURCES: Record<string, MessageKey> = {
  bolagsverket_api: "scraper.source.bolagsverket_api",
  bulk_files: "scraper.source.bulk_files",
  annual_reports: "scraper.source.annual_reports",
  websites: "scraper.source.websites",
};

const PHASES: Record<string, MessageKey> = {
  fetch: "scraper.phase.fetch",
  validate: "scraper.phase.validate",
  promote: "scraper.phase.promote",
};

const KINDS: Record<string, MessageKey> = {
  organisation: "scraper.kind.organisation",
  package: "scraper.kind.package",
  register: "scraper.kind.register",
  scb: "scraper.kind.scb",
  archive: "scraper.kind.archive",
  page: "scraper.kind.page",
};

const STATES: Record<string, [MessageKey, Tone]> = {
  created: ["scraper.state.created", "neutral"],
  running: ["scraper.state.running", "accent"],
  paused: ["scraper.state.paused", "warn"],
  done: ["scraper.state.done", "good"],
  failed: ["scraper.state.failed", "bad"],
  cancelled: ["scraper.state.cancelled", "neutral"],
  waiting: ["scraper.state.waiting", "neutral"],
  staged: ["scraper.state.staged", "neutral"],
  valid: ["scraper.state.valid", "good"],
  suspect: ["scraper.state.suspect", "warn"],
  rejected: ["scraper.state.rejected", "bad"],
  duplicate: ["scraper.state.duplicate", "neutral"],
  promoted: ["scraper.state.promoted", "accent"],
};

/** The word for a source; a name that this web app does not know stands as it is. */
export function useSourceLabel(): (source: string) => string {
  const { t } = useI18n();
  return (source) => {
    const key = SOURCES[source];
    return key ? t(key) : source;
  };
}

export function usePhaseWord(): (phase: string) => string {
  const { t } = useI18n();
  return (phase) => {
    const key = PHASES[phase];
    return key ? t(key) : phase;
  };
}

export function useKindWord(): (kind: string) => string {
  const { t } = useI18n();
  return (kind) => {
    const key = KINDS[kind];
    return key ? t(key) : kind;
  };
}

/** The word for the state of an item or of staged data. */
export function useStateWord(): (state: string) => string {
  const { t } = useI18n();
  return (state) => {
    const key = STATES[state]?.[0];
    return key ? t(key) : state;
  };
}

export function StateBadge({ state }: { state: string }) {
  const word = useStateWord();
  return <Badge tone={STATES[state]?.[1] ?? "neutral"}>{word(state)}</Badge>;
}

/** Phase and state of a session in one badge. */
export function SessionBadge({ session }: { session: Session }) {
  const phase = usePhaseWord();
  const state = useStateWord();
  const tone = STATES[session.state]?.[1] ?? "neutral";
  const words =
    session.state === "created" || session.state === "cancelled"
      ? state(session.state)
      : `${phase(session.phase)} · ${state(session.state)}`;
  return <Badge tone={tone}>{words}</Badge>;
}

/** How many items are through, of how many. */
export function progressOf(session: Session): { done: number; failed: number; total: number } {
  const done = session.items.done ?? 0;
  const failed = session.items.failed ?? 0;
  return { done, failed, total: done + failed + (session.items.waiting ?? 0) };
}
