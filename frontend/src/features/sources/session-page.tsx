import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useLastAnswers } from "@/shared/api/last-answers";
import { useMay } from "@/shared/auth/me";
import { formatDateTime } from "@/shared/format/date";
import { formatNumber, MISSING } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { codeLabel } from "@/shared/i18n/codes";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { SelectField } from "@/shared/ui/field";
import { Pager } from "@/shared/ui/pager";
import { PlainTable } from "@/shared/ui/plain-table";
import { Fact, PageBar, Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import {
  isMoving,
  itemsQuery,
  type Session,
  type SessionAction,
  sessionQuery,
  stagedQuery,
  useScraperUrl,
  useSessionAction,
} from "./scraper-queries";
import {
  progressOf,
  SessionBadge,
  StateBadge,
  useKindWord,
  useSourceLabel,
  useStateWord,
} from "./session-labels";

const route = getRouteApi("/sources/sessions/$id");
const PAGE = 50;

const ACTIONS: Record<SessionAction, MessageKey> = {
  start: "scraper.start",
  pause: "scraper.pause",
  resume: "scraper.resume",
  cancel: "scraper.cancel",
  retry: "scraper.retry",
  validate: "scraper.validate",
  promote: "scraper.promote",
};

/** One session of the scraper: how far it is, what it fetched, and what can be done with that. */
export function SessionPage() {
  const { t } = useI18n();
  const { id } = route.useParams();
  const { url, isPending } = useScraperUrl();
  if (isPending) return <LoadingBlock lines={8} />;
  if (!url) return <EmptyState title={t("scraper.absent")}>{t("scraper.absentText")}</EmptyState>;
  return <Loaded url={url} id={id} />;
}

function Loaded({ url, id }: { url: string; id: string }) {
  const { t, locale } = useI18n();
  const word = useSourceLabel();
  const session = useQuery(sessionQuery(url, id));
  useLastAnswers(isMoving(session.data), ["scraper", url, "items", id], ["scraper", url, "staged", id]);
  if (session.isPending) return <LoadingBlock lines={8} />;
  // What was known stays on the page while the service cannot be reached.
  if (!session.data) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  const { data } = session;
  const { done, failed, total } = progressOf(data);
  return (
    <>
      <PageBar
        title={word(data.source)}
        lead={
          <Link
            to="/sources"
            aria-label={t("sources.title")}
            className="-ml-1.5 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
          >
            <ArrowLeft size={16} aria-hidden />
          </Link>
        }
      >
        <SessionBadge session={data} />
        <span className="tabular text-ink-2 text-xs">
          {formatDateTime(data.started_at ?? data.created_at)}
        </span>
        <Actions url={url} session={data} />
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 max-sm:p-3">
          {session.isError && (
            <div className="panel">
              <ErrorState compact error={session.error} onRetry={() => void session.refetch()} />
            </div>
          )}
          <Section title={t("scraper.progress")}>
            <div
              role="progressbar"
              aria-label={t("scraper.progress")}
              aria-valuenow={done + failed}
              aria-valuemin={0}
              aria-valuemax={Math.max(1, total)}
              className="flex h-2 overflow-hidden rounded-full bg-sunken"
            >
              <div className="bg-accent" style={{ width: `${share(done, total)}%` }} />
              <div className="bg-bad" style={{ width: `${share(failed, total)}%` }} />
            </div>
            <dl className="mt-3 grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-6">
              <Fact label={t("scraper.fetched")}>
                <span className="tabular font-semibold text-xl">
                  {formatNumber(done, locale)} / {formatNumber(total, locale)}
                </span>
              </Fact>
              <Fact label={t("scraper.state.failed")}>
                <span className={failed ? "tabular font-semibold text-bad text-xl" : "tabular text-xl"}>
                  {formatNumber(failed, locale)}
                </span>
              </Fact>
              <Fact label={t("scraper.requests")}>
                <span className="tabular text-xl">{formatNumber(data.requests, locale)}</span>
              </Fact>
              <Fact label={t("scraper.bytes")}>
                <span className="tabular text-xl">{formatNumber(data.bytes / 1_000_000, locale, 1)} MB</span>
              </Fact>
              <Fact label={t("scraper.resumed")}>
                <span className="tabular text-xl">{formatNumber(data.resumed, locale)}</span>
              </Fact>
              <Fact label={t("scraper.state.promoted")}>
                <span className="tabular text-xl">{formatNumber(data.staged.promoted ?? 0, locale)}</span>
              </Fact>
            </dl>
            {!data.is_planned && data.state === "running" && (
              <p className="mt-3 text-ink-2">{t("scraper.listing")}</p>
            )}
            {data.error && (
              <p role="alert" className="mt-3 text-bad">
                {data.error}
              </p>
            )}
          </Section>
          <Staged url={url} session={data} />
          <Items url={url} session={data} />
        </div>
      </div>
    </>
  );
}

/** How many hundredths of the whole. */
function share(part: number, whole: number): number {
  return whole > 0 ? (100 * part) / whole : 0;
}

function Actions({ url, session }: { url: string; session: Session }) {
  const { t } = useI18n();
  const mayImport = useMay("import");
  const act = useSessionAction(url, session.id);
  const [asked, setAsked] = useState<"cancel" | "promote" | null>(null);
  if (!mayImport) return null;
  const actions = session.actions as SessionAction[];
  const count = (session.staged.valid ?? 0) + (session.staged.suspect ?? 0);
  const run = (action: SessionAction) => {
    // What cannot be taken back is asked about first.
    if (action === "cancel" || action === "promote") setAsked(action);
    else act.mutate(action);
  };
  return (
    <>
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {actions.map((action, index) => (
          <Button
            key={action}
            look={index === 0 ? "primary" : "plain"}
            disabled={act.isPending}
            onClick={() => run(action)}
          >
            {t(ACTIONS[action])}
          </Button>
        ))}
      </div>
      {act.isError && (
        <div className="w-full">
          <ErrorState compact error={act.error} />
        </div>
      )}
      {asked && (
        <Dialog open onOpenChange={() => setAsked(null)} title={t(ACTIONS[asked])}>
          <p>
            {asked === "cancel"
              ? t("scraper.cancelText")
              : t("scraper.promoteText", { count, suspect: session.staged.suspect ?? 0 })}
          </p>
          <div className="mt-4 flex justify-end gap-2">
            <Button onClick={() => setAsked(null)}>{t("action.close")}</Button>
            <Button
              look="primary"
              onClick={() => {
                act.mutate(asked);
                setAsked(null);
              }}
            >
              {t(ACTIONS[asked])}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function StateFilter({
  label,
  states,
  value,
  onChange,
}: {
  label: string;
  states: Record<string, number>;
  value: string | null;
  onChange: (state: string | null) => void;
}) {
  const { t, locale } = useI18n();
  const word = useStateWord();
  return (
    <SelectField
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || null)}
    >
      <option value="">{t("scraper.all")}</option>
      {Object.entries(states).map(([state, count]) => (
        <option key={state} value={state}>
          {word(state)} ({formatNumber(count, locale)})
        </option>
      ))}
    </SelectField>
  );
}

function Staged({ url, session }: { url: string; session: Session }) {
  const { t, locale } = useI18n();
  const kind = useKindWord();
  const [state, setState] = useState<string | null>(null);
  const [offset, setOffset] = useState(0);
  const part = { state, limit: PAGE, offset };
  const staged = useQuery({
    ...stagedQuery(url, session.id, part, isMoving(session)),
    placeholderData: keepPreviousData,
  });
  return (
    <Section
      title={t("scraper.staged")}
      flush
      actions={
        <StateFilter
          label={t("sources.status")}
          states={session.staged}
          value={state}
          onChange={(next) => {
            setState(next);
            setOffset(0);
          }}
        />
      }
    >
      {staged.isPending ? (
        <LoadingBlock lines={3} />
      ) : staged.isError ? (
        <ErrorState compact error={staged.error} onRetry={() => void staged.refetch()} />
      ) : staged.data.total === 0 ? (
        <p className="px-3.5 py-4 text-ink-2">{t("scraper.noneStaged")}</p>
      ) : (
        <div aria-busy={staged.isFetching}>
          <PlainTable
            label={t("scraper.staged")}
            rows={staged.data.items}
            keyOf={(row) => String(row.id)}
            columns={[
              { key: "state", header: t("sources.status"), cell: (row) => <StateBadge state={row.state} /> },
              {
                key: "kind",
                header: t("sources.kind"),
                className: "whitespace-nowrap",
                cell: (row) => kind(row.kind),
              },
              {
                key: "file",
                header: t("sources.file"),
                className: "max-w-72 truncate",
                cell: (row) => <span title={row.key}>{row.file_name}</span>,
              },
              {
                key: "orgnr",
                header: t("scraper.orgnr"),
                className: "tabular whitespace-nowrap",
                cell: (row) => (row.orgnr ? formatOrgnr(row.orgnr) : MISSING),
              },
              {
                key: "bytes",
                header: "kB",
                align: "right",
                cell: (row) => formatNumber(row.bytes / 1000, locale, 1),
              },
              {
                key: "problems",
                header: t("scraper.found"),
                className: "min-w-64",
                cell: (row) => (row.problems.length > 0 ? row.problems.join("; ") : MISSING),
              },
            ]}
          />
          <Pager offset={offset} limit={PAGE} total={staged.data.total} onOffset={setOffset} />
        </div>
      )}
    </Section>
  );
}

function Items({ url, session }: { url: string; session: Session }) {
  const { t, locale } = useI18n();
  const [state, setState] = useState<string | null>(null);
  const [offset, setOffset] = useState(0);
  const part = { state, limit: PAGE, offset };
  const items = useQuery({
    ...itemsQuery(url, session.id, part, isMoving(session)),
    placeholderData: keepPreviousData,
  });
  return (
    <Section
      title={t("scraper.items")}
      flush
      actions={
        <StateFilter
          label={t("sources.status")}
          states={session.items}
          value={state}
          onChange={(next) => {
            setState(next);
            setOffset(0);
          }}
        />
      }
    >
      {items.isPending ? (
        <LoadingBlock lines={3} />
      ) : items.isError ? (
        <ErrorState compact error={items.error} onRetry={() => void items.refetch()} />
      ) : items.data.total === 0 ? (
        <p className="px-3.5 py-4 text-ink-2">{t("scraper.noItems")}</p>
      ) : (
        <div aria-busy={items.isFetching}>
          <PlainTable
            label={t("scraper.items")}
            rows={items.data.items}
            keyOf={(row) => String(row.id)}
            columns={[
              { key: "state", header: t("sources.status"), cell: (row) => <StateBadge state={row.state} /> },
              {
                key: "key",
                header: t("scraper.what"),
                className: "max-w-80 truncate",
                // The bulk files are named by the authority; everything else by a number or an address.
                cell: (row) => (session.source === "bulk_files" ? codeLabel("source", row.key, t) : row.key),
              },
              {
                key: "attempts",
                header: t("scraper.attempts"),
                align: "right",
                cell: (row) => formatNumber(row.attempts, locale),
              },
              {
                key: "reason",
                header: t("sources.reason"),
                className: "min-w-64",
                cell: (row) => row.reason ?? MISSING,
              },
            ]}
          />
          <Pager offset={offset} limit={PAGE} total={items.data.total} onOffset={setOffset} />
        </div>
      )}
    </Section>
  );
}
