import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { api, unwrap } from "@/shared/api/client";
import { useMay } from "@/shared/auth/me";
import { formatDateTime } from "@/shared/format/date";
import { MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { showFailure } from "@/shared/ui/toast-store";
import type { RunCompany } from "./run-queries";

/** What somebody decided about an analysis, and the buttons that decide; `inFull` where there is room for their words. */
export function Verdict({
  runId,
  row,
  inFull = false,
}: {
  runId: string;
  row: RunCompany;
  inFull?: boolean;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const mayEdit = useMay("edit_work");
  const judge = useMutation({
    mutationFn: (verdict: "approved" | "rejected" | null) =>
      unwrap(
        api.PUT("/api/analysis/runs/{id}/companies/{orgnr}/verdict", {
          params: { path: { id: runId, orgnr: row.orgnr } },
          body: { verdict },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["run", runId, "companies"] }),
    onError: (error) => showFailure("runs.actionFailed", error),
  });
  // What was just pressed is shown at once; the answer, or its failure, then decides.
  const verdict = judge.isPending ? judge.variables : row.verdict;
  if (verdict) {
    return (
      <span className="flex items-center gap-1.5">
        <Badge tone={verdict === "approved" ? "good" : "bad"}>
          {t(verdict === "approved" ? "runs.approved" : "runs.rejected")}
        </Badge>
        {inFull && !judge.isPending && row.is_verdict_by_rule && (
          <span className="text-2xs text-ink-3">{t("runs.approvedByRule")}</span>
        )}
        {inFull && !judge.isPending && row.verdict_by && (
          <span className="text-2xs text-ink-3">
            {personName(row.verdict_by, t)}
            {row.verdict_at && ` · ${formatDateTime(row.verdict_at)}`}
          </span>
        )}
        {mayEdit && (
          <Button look="ghost" size="sm" onClick={() => judge.mutate(null)}>
            {t("runs.takeBack")}
          </Button>
        )}
      </span>
    );
  }
  if (!mayEdit) return MISSING;
  if (inFull) {
    return (
      <span className="flex items-center gap-2">
        <Button onClick={() => judge.mutate("approved")}>
          <Check size={14} aria-hidden /> {t("runs.approve")}
        </Button>
        <Button onClick={() => judge.mutate("rejected")}>
          <X size={14} aria-hidden /> {t("runs.reject")}
        </Button>
      </span>
    );
  }
  return (
    <span className="flex items-center">
      <IconButton size="sm" label={t("runs.approve")} onClick={() => judge.mutate("approved")}>
        <Check size={14} aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t("runs.reject")} onClick={() => judge.mutate("rejected")}>
        <X size={14} aria-hidden />
      </IconButton>
    </span>
  );
}
