import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarClock, CircleAlert, Hourglass } from "lucide-react";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { stagesQuery } from "@/shared/prospects/queries";
import { stageName } from "@/shared/prospects/stage-labels";
import { Badge } from "@/shared/ui/badge";
import { Section } from "@/shared/ui/section";
import { EmptyState } from "@/shared/ui/states";
import type { Home } from "./queries";

type Row = Home["due"][number];

/** The day in the reader's own time zone. */
function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What is due or overdue, and one's own prospects that nobody touched. */
export function DueActions({ home }: { home: Home }) {
  const { t } = useI18n();
  const day = today();
  return (
    <Section
      title={t("home.due")}
      note={home.due_count > 0 ? home.due_count : undefined}
      flush
      actions={
        <Link to="/prospects" className="font-medium text-accent text-xs hover:underline">
          {t("home.pipeline")}
        </Link>
      }
    >
      {home.due.length === 0 ? (
        <EmptyState isLine title={t("home.dueNone")} icon={<CalendarClock size={20} aria-hidden />}>
          {t("home.dueText")}
        </EmptyState>
      ) : (
        <ul>
          {home.due.map((prospect) => (
            <Line key={prospect.id} prospect={prospect}>
              {(prospect.next_action_on ?? "") < day ? (
                <Badge tone="bad">
                  <CircleAlert size={11} aria-hidden /> {t("home.overdue")} {prospect.next_action_on}
                </Badge>
              ) : (
                <Badge tone={prospect.next_action_on === day ? "warn" : "neutral"}>
                  <CalendarClock size={11} aria-hidden />
                  {prospect.next_action_on === day ? t("prospects.dueToday") : prospect.next_action_on}
                </Badge>
              )}
            </Line>
          ))}
        </ul>
      )}
      {home.stale.length > 0 && (
        <>
          <h3 className="flex items-baseline gap-2 border-line border-t bg-sunken px-3.5 py-1.5 font-semibold text-xs">
            {t("home.stale")}
            <Link
              to="/prospects"
              search={{ owner: "me", stale: true }}
              className="font-normal text-accent hover:underline"
            >
              {t("home.staleNote", { count: home.stale_count })}
            </Link>
          </h3>
          <ul>
            {home.stale.slice(0, 5).map((prospect) => {
              const days = Math.floor((Date.now() - new Date(prospect.touched_at).getTime()) / 86_400_000);
              return (
                <Line key={prospect.id} prospect={prospect}>
                  <Badge tone="warn" title={t("prospects.staleNote")}>
                    <Hourglass size={11} aria-hidden /> {t("home.daysAgo", { count: days })}
                  </Badge>
                </Line>
              );
            })}
          </ul>
        </>
      )}
    </Section>
  );
}

function Line({ prospect, children }: { prospect: Row; children: React.ReactNode }) {
  const { t } = useI18n();
  const stages = useQuery(stagesQuery);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-line/70 border-b px-3.5 py-1.5 last:border-0">
      <span className="min-w-0 flex-1 basis-48">
        <Link
          to="/prospects"
          search={{ id: prospect.id }}
          className="block truncate font-medium hover:text-accent hover:underline"
        >
          {prospect.name ?? formatOrgnr(prospect.orgnr)}
        </Link>
        <span className="block truncate text-ink-2 text-xs">
          {[
            prospect.next_action,
            stageName(prospect.stage, stages.data?.stages, t),
            personName(prospect.owner_name, t) ?? t("prospects.noOwner"),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      {children}
    </li>
  );
}
