import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { api, unwrap } from "@/shared/api/client";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { peopleQuery } from "@/shared/people/queries";
import { stagesQuery } from "@/shared/prospects/queries";
import { Button } from "@/shared/ui/button";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { activityLabel } from "./activity-labels";

/** Who did what with a company, newest first. */
export function ActivityLog({ orgnr }: { orgnr: string }) {
  const { t, locale } = useI18n();
  const stages = useQuery(stagesQuery);
  const people = useQuery(peopleQuery);
  const log = useInfiniteQuery({
    queryKey: ["activity", orgnr],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET("/api/companies/{orgnr}/activity", {
          params: { path: { orgnr }, query: { limit: 20, before: pageParam ?? undefined } },
          signal,
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (log.isPending) return <LoadingBlock lines={3} className="px-0" />;
  if (log.isError) return <ErrorState compact error={log.error} onRetry={() => void log.refetch()} />;
  const events = log.data.pages.flatMap((page) => page.items);
  if (events.length === 0) return <p className="text-ink-2 text-xs">{t("activity.none")}</p>;
  const words = { t, locale, stages: stages.data?.stages, people: people.data?.items };
  return (
    <>
      <ol className="flex flex-col gap-1.5">
        {events.map((event) => (
          <li key={event.id} className="flex items-baseline gap-2 text-xs">
            <span className="min-w-0 flex-1 break-words">
              <span className="font-medium">{personName(event.actor_name, t) ?? t("activity.program")}</span>{" "}
              <span className="text-ink-2">{activityLabel(event.kind, event.detail, words)}</span>
              {event.is_private && (
                <Lock
                  size={11}
                  role="img"
                  aria-label={t("activity.private")}
                  className="ml-1 inline text-ink-3"
                />
              )}
            </span>
            <time
              dateTime={event.at}
              title={formatDateTime(event.at)}
              className="shrink-0 whitespace-nowrap text-ink-3"
            >
              {formatAgo(event.at, locale)}
            </time>
          </li>
        ))}
      </ol>
      {log.hasNextPage && (
        <Button
          look="ghost"
          size="sm"
          className="mt-2"
          disabled={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {t("activity.more")}
        </Button>
      )}
    </>
  );
}
