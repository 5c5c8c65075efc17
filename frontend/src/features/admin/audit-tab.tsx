import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Download, ShieldAlert, ShieldCheck } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { api, type Got, type Posted, unwrap } from "@/shared/api/client";
import { downloadFile } from "@/shared/api/fetch";
import { formatDateTime } from "@/shared/format/date";
import { formatNumber, MISSING } from "@/shared/format/number";
import { formatOrgnr, parseOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { Button } from "@/shared/ui/button";
import { Sheet } from "@/shared/ui/dialog";
import { SelectField, TextField } from "@/shared/ui/field";
import { PlainTable } from "@/shared/ui/plain-table";
import { Fact, Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure } from "@/shared/ui/toast-store";
import type { AdminSearch } from "./search-params";

type AuditEvent = Got<"/api/admin/audit">["items"][number];

/** The query that the address asks for. A day in the address is a day of the reader's own clock. */
function wanted({ action, actor, orgnr, from, until }: AdminSearch) {
  const midnight = (day: string | undefined, plusDays: number) => {
    if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
    const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
    return new Date(year, month - 1, date + plusDays).toISOString();
  };
  return { action, actor, orgnr, from: midnight(from, 0), until: midnight(until, 1) };
}

/** Who did what, when and from where: filtered, exported, and its chain of hashes checked. */
export function AuditTab() {
  const { t } = useI18n();
  const search = useSearch({ from: "/admin" });
  const query = wanted(search);
  const [shown, setShown] = useState<AuditEvent | null>(null);
  const events = useInfiniteQuery({
    queryKey: ["admin", "audit", query],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.GET("/api/admin/audit", { params: { query: { ...query, before: pageParam } }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Section
        title={t("admin.tab.audit")}
        flush
        actions={
          <>
            <VerifyButton />
            <ExportButton query={query} />
          </>
        }
      >
        <AuditFilter />
        {events.isPending ? (
          <LoadingBlock />
        ) : events.isError ? (
          <ErrorState error={events.error} onRetry={() => void events.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState title={t("audit.none")}>{t("audit.noneText")}</EmptyState>
        ) : (
          <div aria-busy={events.isFetching}>
            <AuditTable rows={rows} onShow={setShown} />
            {events.hasNextPage && (
              <p className="flex justify-center border-line border-t p-2">
                <Button disabled={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
                  {t("audit.older")}
                </Button>
              </p>
            )}
          </div>
        )}
      </Section>
      {shown && <EventSheet event={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function AuditTable({ rows, onShow }: { rows: AuditEvent[]; onShow: (event: AuditEvent) => void }) {
  const { t } = useI18n();
  return (
    <PlainTable<AuditEvent>
      label={t("admin.tab.audit")}
      rows={rows}
      keyOf={(event) => String(event.id)}
      columns={[
        {
          key: "at",
          header: t("audit.when"),
          className: "tabular whitespace-nowrap",
          cell: (event) => formatDateTime(event.at),
        },
        {
          key: "actor",
          header: t("audit.who"),
          className: "max-w-56 truncate",
          cell: (event) => personName(event.actor_email ?? event.actor, t) ?? t("audit.program"),
        },
        {
          key: "action",
          header: t("audit.action"),
          className: "whitespace-nowrap",
          cell: (event) => (
            <button
              type="button"
              onClick={() => onShow(event)}
              className="font-medium text-accent hover:underline"
            >
              {event.action}
            </button>
          ),
        },
        {
          key: "subject",
          header: t("audit.subject"),
          className: "max-w-48 truncate",
          cell: (event) =>
            event.orgnr ? (
              <Link
                to="/company/$orgnr"
                params={{ orgnr: event.orgnr }}
                search={{}}
                className="tabular hover:text-accent hover:underline"
              >
                {formatOrgnr(event.orgnr)}
              </Link>
            ) : (
              (event.subject ?? MISSING)
            ),
        },
        {
          key: "detail",
          header: t("audit.detail"),
          className: "max-w-56 truncate text-ink-2",
          cell: (event) => {
            const detail = JSON.stringify(event.detail);
            return detail === "{}" ? MISSING : detail;
          },
        },
        {
          key: "address",
          header: t("audit.from"),
          className: "tabular whitespace-nowrap text-ink-2",
          cell: (event) => event.address ?? MISSING,
        },
        {
          key: "position",
          header: t("audit.position"),
          align: "right",
          cell: (event) => event.position ?? MISSING,
        },
      ]}
    />
  );
}

function AuditFilter() {
  const { t } = useI18n();
  const search = useSearch({ from: "/admin" });
  const navigate = useNavigate({ from: "/admin" });
  const actions = useQuery({
    queryKey: ["admin", "audit", "actions"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/admin/audit/actions", { signal })),
  });
  const names = actions.data?.items ?? [];
  const nouns = [...new Set(names.map((name) => name.split(".")[0] ?? name))];
  const set = (change: Partial<AdminSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const isFiltered = Boolean(search.action || search.actor || search.orgnr || search.from || search.until);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-3.5 py-2 text-xs">
      <Labelled label={t("audit.action")}>
        {(id) => (
          <SelectField
            id={id}
            value={search.action ?? ""}
            onChange={(event) => set({ action: event.target.value || undefined })}
          >
            <option value="">{t("audit.all")}</option>
            {nouns.map((noun) => (
              <optgroup key={noun} label={noun}>
                <option value={noun}>{noun}.*</option>
                {names
                  .filter((name) => name.startsWith(`${noun}.`))
                  .map((name) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
              </optgroup>
            ))}
          </SelectField>
        )}
      </Labelled>
      <Labelled label={t("audit.company")}>
        {(id) => (
          <TextField
            id={id}
            key={search.orgnr ?? ""}
            className="w-32"
            defaultValue={search.orgnr ? formatOrgnr(search.orgnr) : ""}
            placeholder="NNNNNN-NNNN"
            onBlur={(event) => set({ orgnr: parseOrgnr(event.target.value) ?? undefined })}
            onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
          />
        )}
      </Labelled>
      <Labelled label={t("audit.since")}>
        {(id) => (
          <TextField
            id={id}
            type="date"
            value={search.from ?? ""}
            max={search.until}
            onChange={(event) => set({ from: event.target.value || undefined })}
          />
        )}
      </Labelled>
      <Labelled label={t("audit.until")}>
        {(id) => (
          <TextField
            id={id}
            type="date"
            value={search.until ?? ""}
            min={search.from}
            onChange={(event) => set({ until: event.target.value || undefined })}
          />
        )}
      </Labelled>
      {isFiltered && (
        <Button
          look="ghost"
          size="sm"
          onClick={() =>
            set({ action: undefined, actor: undefined, orgnr: undefined, from: undefined, until: undefined })
          }
        >
          {t("action.clear")}
        </Button>
      )}
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="flex items-center gap-1.5">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function ExportButton({ query }: { query: ReturnType<typeof wanted> }) {
  const { t } = useI18n();
  const [isBusy, setIsBusy] = useState(false);
  const run = async () => {
    setIsBusy(true);
    const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
    try {
      await downloadFile(`/api/admin/audit/export?${new URLSearchParams(given)}`, "lode-audit.csv");
    } catch (error) {
      showFailure("download.failed", error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button disabled={isBusy} onClick={() => void run()}>
      <Download size={14} aria-hidden /> {t("audit.export")}
    </Button>
  );
}

function VerifyButton() {
  const { t } = useI18n();
  const check = useMutation({ mutationFn: () => unwrap(api.POST("/api/admin/audit/verify")) });
  return (
    <>
      <Button disabled={check.isPending} aria-busy={check.isPending} onClick={() => check.mutate()}>
        <ShieldCheck size={14} aria-hidden /> {t("audit.verify")}
      </Button>
      {(check.data || check.error) && (
        <Sheet open modal onOpenChange={() => check.reset()} title={t("audit.verify")}>
          {check.data ? <Verdict found={check.data} /> : <ErrorState compact error={check.error} />}
        </Sheet>
      )}
    </>
  );
}

function Verdict({ found }: { found: Posted<"/api/admin/audit/verify"> }) {
  const { t, locale } = useI18n();
  const Icon = found.ok ? ShieldCheck : ShieldAlert;
  return (
    <div role="status" className="flex flex-col gap-3 p-4">
      <p className="flex items-start gap-2 font-medium text-base">
        <Icon size={18} aria-hidden className={found.ok ? "text-good" : "text-bad"} />
        {t(found.ok ? "audit.whole" : "audit.broken")}
      </p>
      {found.faults.length > 0 && (
        <ul className="flex flex-col gap-1.5">
          {found.faults.map((fault) => (
            <li
              key={`${fault.position} ${fault.what}`}
              className="rounded-md bg-bad-soft px-2.5 py-1.5 text-bad"
            >
              <span className="font-medium tabular">{formatNumber(fault.position, locale)}:</span>{" "}
              {fault.what}
            </li>
          ))}
        </ul>
      )}
      <dl className="flex flex-col gap-3">
        <Fact label={t("audit.checked")}>{formatNumber(found.checked, locale)}</Fact>
        <Fact label={t("audit.head")}>
          <code className="select-all break-all font-mono text-xs">
            {found.head_position} {found.head_hash}
          </code>
        </Fact>
      </dl>
      <p className="text-ink-2 text-xs">{t("audit.headNote")}</p>
    </div>
  );
}

function EventSheet({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  const { t } = useI18n();
  const facts: [string, string | number | null | undefined][] = [
    [t("audit.when"), event.at],
    [t("audit.who"), personName(event.actor_email ?? event.actor, t) ?? t("audit.program")],
    [t("audit.subject"), event.subject],
    [t("audit.company"), event.orgnr && formatOrgnr(event.orgnr)],
    [t("audit.from"), event.address],
    [t("error.requestId"), event.request_id],
    [t("audit.position"), event.position],
    [t("audit.hash"), event.hash],
  ];
  return (
    <Sheet open onOpenChange={onClose} title={event.action}>
      <dl className="flex flex-col gap-3 p-4">
        {facts.map(([label, value]) => (
          <Fact key={label} label={label}>
            <span className="select-all break-all">{value ?? MISSING}</span>
          </Fact>
        ))}
        <Fact label={t("audit.detail")}>
          <pre className="relative mt-1 overflow-x-auto rounded-md bg-sunken p-2 font-mono text-2xs">
            {JSON.stringify(event.detail, null, 2)}
          </pre>
        </Fact>
      </dl>
    </Sheet>
  );
}
