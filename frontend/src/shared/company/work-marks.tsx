import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { EyeOff, KanbanSquare, MessageSquare, ThumbsDown } from "lucide-react";
import { api, unwrap } from "@/shared/api/client";
import { useMay } from "@/shared/auth/me";
import { formatAgo } from "@/shared/format/date";
import { type Translate, useI18n } from "@/shared/i18n/i18n";
import { LabelChip, LabelDot } from "@/shared/lists/label-chip";
import { type Marks, marksQuery, membershipsQuery } from "@/shared/lists/queries";
import { personName } from "@/shared/people/person-name";
import { type Locale, usePreferences } from "@/shared/preferences/preferences";
import {
  companyProspectsQuery,
  type Prospect,
  prospectsQuery,
  type Stage,
  stagesQuery,
} from "@/shared/prospects/queries";
import { reasonLabel, stageName } from "@/shared/prospects/stage-labels";
import { Badge } from "@/shared/ui/badge";

/** The pipeline by company; the team's card before the person's own. */
export type ProspectMap = ReadonlyMap<string, Prospect>;

const maps = new WeakMap<readonly Prospect[], ProspectMap>();
const NONE: ProspectMap = new Map();

function mapOf(items: readonly Prospect[]): ProspectMap {
  const known = maps.get(items);
  if (known) return known;
  const map = new Map<string, Prospect>();
  for (const prospect of items) {
    if (!map.has(prospect.orgnr) || prospect.scope === "team") map.set(prospect.orgnr, prospect);
  }
  maps.set(items, map);
  return map;
}

/** Who is in the pipeline, or was passed on: asked for once and shared by every row, header and box that shows companies. */
export function useProspectMap(): ProspectMap {
  const mayRead = useMay("read_work");
  const { data } = useQuery({ ...prospectsQuery, enabled: mayRead });
  return data ? mapOf(data.items) : NONE;
}

/** One company's card: out of the whole pipeline where a page has it already, else asked for alone. */
function useProspect(orgnr: string): Prospect | undefined {
  const mayRead = useMay("read_work");
  const all = useQuery({ ...prospectsQuery, enabled: false });
  const own = useQuery({ ...companyProspectsQuery(orgnr), enabled: mayRead && !all.data });
  if (all.data) return mapOf(all.data.items).get(orgnr);
  const present = own.data?.items.filter((prospect) => !prospect.removed_at) ?? [];
  return present.find((prospect) => prospect.scope === "team") ?? present[0];
}

function isPassed(prospect: Prospect): boolean {
  return Boolean(prospect.pass_reason);
}

/** How a prospect stands, in one sentence: stage or reason for the pass, who, and when. */
export function prospectLabel(
  prospect: Prospect,
  stages: readonly Stage[] | undefined,
  t: Translate,
  locale: Locale,
): string {
  const name = personName(prospect.updated_by_name ?? prospect.owner_name, t) ?? t("conflict.somebody");
  const ago = formatAgo(prospect.stage_since, locale);
  return prospect.pass_reason
    ? t("prospects.passedBecause", {
        name,
        ago,
        reason: reasonLabel(prospect.pass_reason, prospect.pass_note, t),
      })
    : t("prospects.lookedBy", { name, ago, stage: stageName(prospect.stage, stages, t) });
}

/**
 * What is known of a company's work, as small marks beside its name: in the pipeline or passed on, notes, hidden, labels. Each
 * says in words what it stands for.
 */
export function RowMarks({ prospect, marks }: { prospect?: Prospect; marks?: Marks }) {
  const { t, locale } = useI18n();
  if (!prospect && !marks?.exclusion && !marks?.labels.length) return null;
  const words = prospect ? prospectLabel(prospect, undefined, t, locale) : "";
  return (
    <span className="flex shrink-0 items-center gap-1 text-ink-3">
      {prospect &&
        (isPassed(prospect) ? (
          <ThumbsDown size={12} role="img" aria-label={words} className="text-warn">
            <title>{words}</title>
          </ThumbsDown>
        ) : (
          <KanbanSquare size={12} role="img" aria-label={words} className="text-accent">
            <title>{words}</title>
          </KanbanSquare>
        ))}
      {prospect && prospect.note_count > 0 && (
        <MessageSquare size={11} role="img" aria-label={t("prospects.notes", { count: prospect.note_count })}>
          <title>{t("prospects.notes", { count: prospect.note_count })}</title>
        </MessageSquare>
      )}
      {marks?.exclusion && (
        <EyeOff size={12} role="img" aria-label={t("exclusions.badge")} className="text-warn">
          <title>{marks.exclusion.reason}</title>
        </EyeOff>
      )}
      {marks?.labels.map((label) => (
        <span key={label.id} title={label.name} className="inline-flex">
          <LabelDot color={label.color} />
          <span className="sr-only">{label.name}</span>
        </span>
      ))}
    </span>
  );
}

/** The same in words, for headers: one badge for the pipeline, one when the company is hidden. */
export function WorkBadges({ orgnr }: { orgnr: string }) {
  const { t } = useI18n();
  const { locale } = usePreferences();
  const prospect = useProspect(orgnr);
  const pipeline = useQuery({ ...stagesQuery, enabled: prospect !== undefined });
  const marks = useQuery(marksQuery([orgnr]));
  const exclusion = marks.data?.items[0]?.exclusion;
  return (
    <>
      {prospect && (
        <Link to="/prospects" search={{ id: prospect.id }}>
          <Badge
            tone={isPassed(prospect) ? "warn" : "accent"}
            title={prospectLabel(prospect, pipeline.data?.stages, t, locale)}
          >
            {isPassed(prospect) ? (
              <>
                <ThumbsDown size={10} aria-hidden />
                {t("marks.passed", { reason: reasonLabel(prospect.pass_reason, null, t) })}
              </>
            ) : (
              <>
                <KanbanSquare size={10} aria-hidden />
                {stageName(prospect.stage, pipeline.data?.stages, t)}
              </>
            )}
          </Badge>
        </Link>
      )}
      {exclusion && (
        <Badge tone="warn" title={exclusion.reason}>
          <EyeOff size={10} aria-hidden /> {t("exclusions.badge")}
        </Badge>
      )}
    </>
  );
}

/** Everything at a glance for a preview: how the company stands, its labels and lists, and what was written last. */
export function WorkSummary({ orgnr }: { orgnr: string }) {
  const { t, locale } = useI18n();
  const mayRead = useMay("read_work");
  const prospect = useProspect(orgnr);
  const pipeline = useQuery({ ...stagesQuery, enabled: prospect !== undefined });
  const marks = useQuery({ ...marksQuery([orgnr]), enabled: mayRead });
  const lists = useQuery({ ...membershipsQuery(orgnr), enabled: mayRead });
  const notes = useQuery({
    queryKey: ["notes", orgnr],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/companies/{orgnr}/notes", { params: { path: { orgnr } }, signal })),
    enabled: mayRead,
  });
  const mine = marks.data?.items[0];
  const last = notes.data?.items[0];
  const on = lists.data?.items ?? [];
  if (!prospect && !mine?.exclusion && !mine?.labels.length && on.length === 0 && !last) return null;
  return (
    <section
      aria-label={t("marks.title")}
      className="flex flex-col gap-1.5 rounded-md bg-sunken px-3 py-2 text-xs"
    >
      {prospect && (
        <p className="flex items-start gap-1.5">
          {isPassed(prospect) ? (
            <ThumbsDown size={13} aria-hidden className="mt-0.5 shrink-0 text-warn" />
          ) : (
            <KanbanSquare size={13} aria-hidden className="mt-0.5 shrink-0 text-accent" />
          )}
          <span>{prospectLabel(prospect, pipeline.data?.stages, t, locale)}</span>
        </p>
      )}
      {mine?.exclusion && (
        <p className="flex items-start gap-1.5">
          <EyeOff size={13} aria-hidden className="mt-0.5 shrink-0 text-warn" />
          <span>
            {t("exclusions.badge")}: {mine.exclusion.reason}
          </span>
        </p>
      )}
      {last && (
        <p className="flex items-start gap-1.5">
          <MessageSquare size={13} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
          <span className="line-clamp-3 min-w-0 break-words">
            {last.body}
            <span className="text-ink-2">
              {" "}
              – {personName(last.author_name, t) ?? t("notes.gone")}, {formatAgo(last.created_at, locale)}
            </span>
          </span>
        </p>
      )}
      {((mine && mine.labels.length > 0) || on.length > 0) && (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {mine?.labels.map((label) => (
            <LabelChip key={label.id} name={label.name} color={label.color} />
          ))}
          {on.map((list) => (
            <Link
              key={list.id}
              to="/lists/$id"
              params={{ id: list.id }}
              search={{}}
              className="text-accent underline underline-offset-2"
            >
              {list.name}
            </Link>
          ))}
        </p>
      )}
    </section>
  );
}
