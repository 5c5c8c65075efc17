import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { nameCompanies } from "@/shared/actions/company-labels";
import { useI18n } from "@/shared/i18n/i18n";
import { type Prospect, stagesQuery } from "@/shared/prospects/queries";
import { isComplete, type Reason, ReasonFields } from "@/shared/prospects/reason-fields";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";

/** Asks for the reason before cards move into a stage that is a pass. */
export function ReasonDialog({
  prospects,
  onClose,
  onReason,
}: {
  prospects: readonly Prospect[];
  onClose: () => void;
  onReason: (reason: Reason) => void;
}) {
  const { t } = useI18n();
  const pipeline = useQuery(stagesQuery);
  const [reason, setReason] = useState<Reason>({ reason: "", note: "" });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete(reason)) onReason(reason);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("prospects.pass")}
      description={nameCompanies(
        prospects.map(({ orgnr, name }) => ({ orgnr, name: name ?? null })),
        t,
      )}
      className="w-[min(26rem,calc(100vw-1.5rem))]"
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <ReasonFields
          reasons={pipeline.data?.pass_reasons ?? []}
          value={reason}
          onChange={setReason}
          onDigit={onReason}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" look="primary" disabled={!isComplete(reason)}>
            {t("prospects.passSubmit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
