import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight, Pencil } from "lucide-react";
import { useEffect, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { useMay } from "@/shared/auth/me";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { isTyping } from "@/shared/keyboard/shortcuts";
import { getPreferences } from "@/shared/preferences/preferences";
import { hasEnded, type Run } from "@/shared/runs/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { showFailure } from "@/shared/ui/toast-store";
import { AnalysisView } from "./analysis-view";
import { ReportEditor } from "./report-editor";
import { ReportHistory } from "./report-history";
import type { AnalysisResult, RunCompany } from "./run-queries";
import { TraceView } from "./trace-view";
import { Verdict } from "./verdict";

type Decision = "approved" | "rejected" | null;

/** The companies of a run one after another: what was written, what it rests on, and a verdict by key or button. */
export function ReviewDialog({
  run,
  rows,
  orgnr,
  hasMore,
  onOpen,
}: {
  run: Run;
  /** Those of the page that have a result, in its order. */
  rows: readonly RunCompany[];
  orgnr: string;
  /** Whether the table has more pages. */
  hasMore: boolean;
  /** Opens another one; closes where none is named. */
  onOpen: (orgnr: string | undefined) => void;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const mayJudge = useMay("edit_work");
  const place = rows.findIndex((row) => row.orgnr === orgnr);
  const row = rows[place];
  const next = rows[place + 1]?.orgnr;
  const previous = rows[place - 1]?.orgnr;
  const judge = useMutation({
    mutationFn: (verdict: Decision) =>
      unwrap(
        api.PUT("/api/analysis/runs/{id}/companies/{orgnr}/verdict", {
          params: { path: { id: run.id, orgnr } },
          body: { verdict },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["run", run.id, "companies"] }),
    onError: (error) => showFailure("runs.actionFailed", error),
  });
  const { mutate } = judge;
  const [edited, setEdited] = useState<string | null>(null);
  const result = row?.result as unknown as AnalysisResult | null | undefined;
  const mayEdit = mayJudge && row?.version != null && result?.report != null;
  const isEditing = mayEdit && edited === row?.orgnr;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.isComposing)
        return;
      if (isTyping(event.target) || !getPreferences().shortcuts) return;
      // The evidence above this window has the keys while it is open.
      if (document.querySelectorAll("[role='dialog'][data-modal='true']").length > 1) return;
      if (isEditing) return;
      const decide = (verdict: Decision) => {
        if (!mayJudge || !row) return;
        mutate(verdict);
        if (verdict && next) onOpen(next);
      };
      switch (event.key.toLowerCase()) {
        case "j":
          if (next) onOpen(next);
          break;
        case "k":
          if (previous) onOpen(previous);
          break;
        case "a":
          decide("approved");
          break;
        case "r":
          decide("rejected");
          break;
        case "u":
          decide(null);
          break;
        case "e":
          if (!mayEdit || !row) return;
          setEdited(row.orgnr);
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [next, previous, row, mayJudge, mayEdit, isEditing, mutate, onOpen]);
  return (
    <Dialog
      open
      // What is being written is left by its own buttons, not by a slip of a key.
      onOpenChange={(open) => !open && !isEditing && onOpen(undefined)}
      title={row ? (row.name ?? formatOrgnr(row.orgnr)) : t("ai.review")}
      description={
        run.model ? t("ai.writtenBy", { model: run.model.model ?? run.model.provider }) : t("runs.byRules")
      }
      tall
      className="w-[min(56rem,calc(100vw-1.5rem))]"
    >
      {row ? (
        <article key={row.orgnr} className="flex min-w-0 flex-col gap-4">
          <div className="flex flex-wrap items-center gap-2">
            <Verdict inFull runId={run.id} row={row} />
            <Link
              to="/company/$orgnr"
              params={{ orgnr: row.orgnr }}
              className="text-accent text-xs hover:underline"
            >
              {t("ai.evidence.openCompany")}
            </Link>
            {mayEdit && !isEditing && (
              <Button size="sm" look="ghost" onClick={() => setEdited(row.orgnr)}>
                <Pencil size={13} aria-hidden /> {t("ai.edit")}
              </Button>
            )}
            <span className="ml-auto flex items-center gap-1">
              <Button size="sm" look="ghost" disabled={!previous} onClick={() => onOpen(previous)}>
                <ChevronLeft size={13} aria-hidden /> {t("ai.previous")}
              </Button>
              <span className="tabular text-ink-2 text-xs">
                {t("ai.place", { place: place + 1, total: rows.length })}
              </span>
              <Button size="sm" look="ghost" disabled={!next} onClick={() => onOpen(next)}>
                {t("ai.next")} <ChevronRight size={13} aria-hidden />
              </Button>
            </span>
          </div>
          {isEditing && result?.report ? (
            <ReportEditor
              runId={run.id}
              orgnr={row.orgnr}
              version={row.version ?? 1}
              report={result.report}
              onDone={() => setEdited(null)}
            />
          ) : (
            <AnalysisView isNamed orgnr={row.orgnr} result={row.result as unknown as AnalysisResult} />
          )}
          {!isEditing && (row.version ?? 1) > 1 && (
            <ReportHistory runId={run.id} orgnr={row.orgnr} version={row.version ?? 1} />
          )}
          {run.model && <HowItCame run={run} orgnr={row.orgnr} />}
          <p className="text-2xs text-ink-3">
            {t("ai.reviewKeys")}
            {!next && hasMore && ` · ${t("ai.moreResults")}`}
          </p>
        </article>
      ) : (
        <p className="text-ink-2">{t("ai.notShown")}</p>
      )}
    </Dialog>
  );
}

/** Dossier, prompt, raw answer and cost, fetched when they are asked for. */
function HowItCame({ run, orgnr }: { run: Run; orgnr: string }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-ink-2 text-xs">{t("ai.trace")}</summary>
      <div className="mt-2">
        {isOpen && <TraceView runId={run.id} orgnr={orgnr} isLive={!hasEnded(run)} />}
      </div>
    </details>
  );
}
