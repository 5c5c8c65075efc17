import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Got, unwrap, unwrapEmpty } from "@/shared/api/client";
import { useSession } from "@/shared/auth/session";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";

type OwnSession = Got<"/api/me/sessions">["items"][number];

const KEY = ["me", "sessions"];

/** `Firefox · Linux`, as far as a program's own description tells. */
function programName(agent: string | null | undefined): string {
  if (!agent) return MISSING;
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(agent)?.[1];
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent)?.[1];
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "macOS" };
  const parts = [browser, system].flatMap((part) => (part ? [names[part] ?? part] : []));
  return parts.length > 0 ? parts.join(" · ") : agent.slice(0, 40);
}

/** Where one is signed in; each place can be signed out from here. Only where accounts are kept here. */
export function SessionsSection() {
  const { t, locale } = useI18n();
  const session = useSession();
  const queries = useQueryClient();
  const isBuiltin = session?.kind === "builtin";
  const sessions = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => unwrap(api.GET("/api/me/sessions", { signal })),
    enabled: isBuiltin,
  });
  const end = useMutation({
    mutationFn: (id: string) =>
      unwrapEmpty(api.DELETE("/api/me/sessions/{id}", { params: { path: { id } } })),
    onSuccess: () => showToast({ text: { key: "sessions.ended" } }),
    onError: (error) => showFailure("sessions.endFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  if (!isBuiltin) return null;
  return (
    <Section title={t("sessions.title")} flush>
      {sessions.isPending ? (
        <LoadingBlock lines={2} />
      ) : sessions.isError ? (
        <ErrorState compact error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : (
        <PlainTable<OwnSession>
          label={t("sessions.title")}
          rows={sessions.data.items}
          keyOf={(entry) => entry.id}
          columns={[
            {
              key: "place",
              header: t("sessions.place"),
              cell: (entry) => (
                <span className="flex items-center gap-1.5" title={entry.user_agent ?? undefined}>
                  {programName(entry.user_agent)}
                  {entry.is_current && <Badge tone="accent">{t("sessions.current")}</Badge>}
                </span>
              ),
            },
            {
              key: "address",
              header: t("sessions.address"),
              className: "tabular",
              cell: (entry) => entry.address ?? MISSING,
            },
            {
              key: "since",
              header: t("sessions.since"),
              className: "tabular whitespace-nowrap",
              cell: (entry) => formatDateTime(entry.created_at),
            },
            {
              key: "seen",
              header: t("sessions.seen"),
              className: "whitespace-nowrap",
              cell: (entry) => formatAgo(entry.refreshed_at, locale),
            },
            {
              key: "end",
              header: <span className="sr-only">{t("sessions.end")}</span>,
              align: "right",
              cell: (entry) =>
                entry.is_current ? null : (
                  <Button
                    look="ghost"
                    size="sm"
                    disabled={end.isPending}
                    onClick={() => end.mutate(entry.id)}
                  >
                    {t("sessions.end")}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}
