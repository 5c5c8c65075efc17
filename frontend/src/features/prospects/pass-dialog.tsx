import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { nameCompanies } from "@/shared/actions/company-labels";
import { useI18n } from "@/shared/i18n/i18n";
import { stagesQuery } from "@/shared/prospects/queries";
import { isComplete, type Reason, ReasonFields } from "@/shared/prospects/reason-fields";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { passOn } from "./quick-actions";

/** Until the server has told the reasons. */
const NONE: readonly string[] = [];

/**
 * Passes on companies with a reason, whether they were in the pipeline before or not. A digit chooses a reason and is done: the
 * window closes at once, and what the server says comes as a message.
 */
export default function PassDialog({ companies, onClose, onDone }: CompanyActionProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const pipeline = useQuery(stagesQuery);
  const [reason, setReason] = useState<Reason>({ reason: "", note: "" });
  const stage = pipeline.data?.stages.find((one) => !one.is_retired && one.outcome === "passed");
  const pass = (wanted: Reason) => {
    if (!isComplete(wanted) || !stage) return;
    void passOn(companies, stage.key, wanted, { queries, t });
    onClose();
    onDone?.();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    pass(reason);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("prospects.pass")}
      description={nameCompanies(companies, t)}
      className="w-[min(26rem,calc(100vw-1.5rem))]"
    >
      {pipeline.isError ? (
        <ErrorState compact error={pipeline.error} onRetry={() => void pipeline.refetch()} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <ReasonFields
            reasons={pipeline.data?.pass_reasons ?? NONE}
            value={reason}
            onChange={setReason}
            onDigit={pass}
          />
          {pipeline.isPending && <LoadingBlock lines={3} className="px-0" />}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button type="submit" look="primary" disabled={!isComplete(reason) || !stage}>
              {t("prospects.passSubmit")}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
