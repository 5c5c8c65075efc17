import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Got, unwrap } from "@/shared/api/client";
import { useMay } from "@/shared/auth/me";
import { formatDateTime } from "@/shared/format/date";
import { MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { Button } from "@/shared/ui/button";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure } from "@/shared/ui/toast-store";
import { useVocabulary } from "./model-queries";
import { partName } from "./report-parts";

type Change = Got<"/api/analysis/runs/{id}/companies/{orgnr}/report/history">["items"][number];

/** What people changed in a report: who, when and what stood there before; each can be taken back. Fetched when it is asked for. */
export function ReportHistory({ runId, orgnr, version }: { runId: string; orgnr: string; version: number }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-ink-2 text-xs">{t("ai.history")}</summary>
      {isOpen && <Changes runId={runId} orgnr={orgnr} version={version} />}
    </details>
  );
}

function Changes({ runId, orgnr, version }: { runId: string; orgnr: string; version: number }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const mayEdit = useMay("edit_work");
  const params = { path: { id: runId, orgnr } };
  const history = useQuery({
    queryKey: ["run", runId, "history", orgnr, version],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/analysis/runs/{id}/companies/{orgnr}/report/history", { params, signal })),
  });
  const undo = useMutation({
    mutationFn: (undone: number) =>
      unwrap(
        api.POST("/api/analysis/runs/{id}/companies/{orgnr}/report/undo", {
          params,
          body: { version, undone },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["run", runId] }),
    onError: (error) => showFailure("ai.edit.failed", error),
  });
  if (history.isPending) return <LoadingBlock lines={3} className="p-0" />;
  if (history.isError)
    return <ErrorState compact error={history.error} onRetry={() => void history.refetch()} />;
  return (
    <ol className="mt-2 flex flex-col gap-3" aria-label={t("ai.history")}>
      {history.data.items.map((change) => (
        <li key={change.version} className="text-sm">
          <p className="flex flex-wrap items-center gap-2 text-ink-2 text-xs">
            <span className="tabular">{formatDateTime(change.made_at)}</span>
            <span>{personName(change.made_by ?? "", t)}</span>
            {mayEdit && (
              <Button
                size="sm"
                look="ghost"
                disabled={undo.isPending}
                onClick={() => undo.mutate(change.version)}
              >
                {t("ai.history.undo", { version: change.version - 1 })}
              </Button>
            )}
          </p>
          <Places change={change} />
        </li>
      ))}
    </ol>
  );
}

function Places({ change }: { change: Change }) {
  const { t } = useI18n();
  const word = useVocabulary();
  const shown = (place: string, value: unknown): string => {
    if (value === null || value === undefined) return MISSING;
    if (Array.isArray(value)) return value.map((key) => word("levers", String(key))).join(", ") || MISSING;
    return place === "recommendation" ? word("recommendations", String(value)) : String(value);
  };
  const nameOf = (place: string) => {
    if (place === "recommendation") return t("ai.recommendation");
    if (place === "levers") return t("ai.levers");
    return place.startsWith("version ") ? t("ai.history.version") : partName(place, word, t);
  };
  return (
    <ul className="flex flex-col gap-1">
      {change.changes.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two changes may be alike, and the list never changes.
        <li key={index}>
          <span className="font-medium text-xs">{nameOf(one.place)}</span>{" "}
          <del className="text-ink-3">{shown(one.place, one.before)}</del>{" "}
          <ins className="no-underline">{shown(one.place, one.after)}</ins>
        </li>
      ))}
    </ul>
  );
}
