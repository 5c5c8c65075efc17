import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { addProspects, refreshPipeline, stagesQuery, takeBack } from "@/shared/prospects/queries";
import { isComplete, ReasonFields } from "@/shared/prospects/reason-fields";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

/** Passes on companies with a reason, whether they were in the pipeline before or not. */
export default function PassDialog({ companies, onClose }: CompanyActionProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const pipeline = useQuery(stagesQuery);
  const [reason, setReason] = useState({ reason: "", note: "" });
  const stage = pipeline.data?.stages.find((one) => !one.is_retired && one.outcome === "passed");
  const one = companies.length === 1 ? companies[0] : undefined;
  const what = one
    ? (one.name ?? formatOrgnr(one.orgnr))
    : t("prospects.companies", { count: companies.length });
  const pass = useMutation({
    mutationFn: () =>
      addProspects({
        orgnrs: companies.map((company) => company.orgnr),
        stage: stage?.key,
        reopen: true,
        pass_reason: reason.reason,
        pass_note: reason.note.trim() || undefined,
      }),
    onSuccess: (done) => {
      void refreshPipeline(queries);
      onClose();
      showToast({
        text: { key: "prospects.passed", values: { what } },
        undo: async () => {
          await takeBack(done);
          await refreshPipeline(queries);
        },
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete(reason) && stage) pass.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("prospects.pass")}
      description={what}
      className="w-[min(26rem,calc(100vw-1.5rem))]"
    >
      {pipeline.isPending ? (
        <LoadingBlock lines={3} className="px-0" />
      ) : pipeline.isError ? (
        <ErrorState compact error={pipeline.error} onRetry={() => void pipeline.refetch()} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <ReasonFields reasons={pipeline.data.pass_reasons} value={reason} onChange={setReason} />
          {pass.error && <ErrorState compact error={pass.error} />}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button type="submit" look="primary" disabled={pass.isPending || !isComplete(reason)}>
              {t("prospects.passSubmit")}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
