import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, Unplug } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/shared/auth/me";
import { formatDateTime } from "@/shared/format/date";
import { formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Pager } from "@/shared/ui/pager";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { NewSessionDialog } from "./new-session-dialog";
import { type Session, sessionsQuery, useScraperUrl } from "./scraper-queries";
import { progressOf, SessionBadge, useSourceLabel } from "./session-labels";

const PAGE = 10;

/** The sessions of the scraper service, or that there is no such service here. */
export function ScraperSection() {
  const { t } = useI18n();
  const { url, isPending } = useScraperUrl();
  if (isPending)
    return (
      <Section title={t("scraper.title")} flush>
        <LoadingBlock lines={3} />
      </Section>
    );
  if (!url)
    return (
      <Section title={t("scraper.title")} flush>
        <EmptyState title={t("scraper.absent")} icon={<Unplug size={20} aria-hidden />}>
          <p>{t("scraper.absentText")}</p>
          <code className="mt-2 block rounded-md bg-sunken px-3 py-1.5 font-mono text-ink text-xs">
            lode scraper
          </code>
        </EmptyState>
      </Section>
    );
  return <Sessions url={url} />;
}

function Sessions({ url }: { url: string }) {
  const { t, locale } = useI18n();
  const mayImport = useMay("import");
  const word = useSourceLabel();
  const [offset, setOffset] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const sessions = useQuery({ ...sessionsQuery(url, PAGE, offset), placeholderData: keepPreviousData });
  return (
    <Section
      title={t("scraper.title")}
      flush
      actions={
        mayImport &&
        !sessions.isError && (
          <Button size="sm" onClick={() => setOpen(true)}>
            <Plus size={14} aria-hidden /> {t("scraper.new")}
          </Button>
        )
      }
    >
      {sessions.isPending ? (
        <LoadingBlock lines={3} />
      ) : sessions.isError ? (
        <>
          <p className="px-3.5 pt-3 text-ink-2">{t("scraper.unreachable", { url })}</p>
          <ErrorState compact error={sessions.error} onRetry={() => void sessions.refetch()} />
        </>
      ) : sessions.data.items.length === 0 ? (
        <EmptyState isLine title={t("scraper.none")}>
          {t("scraper.noneText")}
        </EmptyState>
      ) : (
        <div aria-busy={sessions.isFetching}>
          <PlainTable<Session>
            label={t("scraper.title")}
            rows={sessions.data.items}
            keyOf={(session) => session.id}
            columns={[
              {
                key: "state",
                header: t("sources.status"),
                cell: (session) => <SessionBadge session={session} />,
              },
              {
                key: "source",
                header: t("sources.source"),
                cell: (session) => (
                  <Link
                    to="/sources/sessions/$id"
                    params={{ id: session.id }}
                    className="font-medium hover:text-accent hover:underline"
                  >
                    {word(session.source)}
                  </Link>
                ),
              },
              {
                key: "created",
                header: t("sources.started"),
                className: "tabular whitespace-nowrap",
                cell: (session) => formatDateTime(session.started_at ?? session.created_at),
              },
              {
                key: "items",
                header: t("scraper.fetched"),
                align: "right",
                cell: (session) => {
                  const { done, total } = progressOf(session);
                  return `${formatNumber(done, locale)} / ${formatNumber(total, locale)}`;
                },
              },
              {
                key: "failed",
                header: t("scraper.state.failed"),
                align: "right",
                cell: (session) => (
                  <span className={session.items.failed ? "font-medium text-bad" : undefined}>
                    {formatNumber(session.items.failed ?? 0, locale)}
                  </span>
                ),
              },
              {
                key: "staged",
                header: t("scraper.staged"),
                align: "right",
                cell: (session) =>
                  formatNumber(
                    Object.values(session.staged).reduce((sum, count) => sum + count, 0),
                    locale,
                  ),
              },
              {
                key: "promoted",
                header: t("scraper.state.promoted"),
                align: "right",
                cell: (session) => formatNumber(session.staged.promoted ?? 0, locale),
              },
            ]}
          />
          <Pager offset={offset} limit={PAGE} total={sessions.data.total} onOffset={setOffset} />
        </div>
      )}
      {isOpen && <NewSessionDialog url={url} onClose={() => setOpen(false)} />}
    </Section>
  );
}
