import { History } from "lucide-react";
import { formatAgo } from "@/shared/format/date";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import type { AddResult, Stage } from "@/shared/prospects/queries";
import { reasonLabel, stageName } from "@/shared/prospects/stage-labels";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorState } from "@/shared/ui/states";

/** Companies that somebody looked at before: who, how far they came, why they were passed on; and whether to begin again. */
export function LookedBefore({
  result,
  stages,
  busy,
  error,
  onTakeUp,
  onClose,
}: {
  result: AddResult;
  stages: readonly Stage[] | undefined;
  busy: boolean;
  error: unknown;
  onTakeUp: () => void;
  onClose: () => void;
}) {
  const { t, locale } = useI18n();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("prospects.looked")}
      description={t("prospects.lookedText", { count: result.already_count })}
      className="w-[min(34rem,calc(100vw-1.5rem))]"
    >
      <ul className="flex flex-col gap-2">
        {result.already.map((prospect) => {
          const name =
            personName(prospect.updated_by_name ?? prospect.owner_name, t) ?? t("conflict.somebody");
          const ago = formatAgo(prospect.stage_since, locale);
          return (
            <li key={prospect.id} className="flex gap-2">
              <History size={15} aria-hidden className="mt-0.5 shrink-0 text-warn" />
              <div className="min-w-0">
                <p className="font-medium">{prospect.name ?? formatOrgnr(prospect.orgnr)}</p>
                <p className="text-ink-2 text-xs">
                  {prospect.pass_reason
                    ? t("prospects.passedBecause", {
                        name,
                        ago,
                        reason: reasonLabel(prospect.pass_reason, prospect.pass_note, t),
                      })
                    : t("prospects.lookedBy", { name, stage: stageName(prospect.stage, stages, t), ago })}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
      {result.already_count > result.already.length && (
        <p className="mt-2 text-ink-2 text-xs">
          {t("prospects.lookedMore", { count: result.already_count - result.already.length })}
        </p>
      )}
      {error !== null && error !== undefined && <ErrorState compact error={error} />}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onTakeUp} disabled={busy}>
          {t("prospects.takeUp")}
        </Button>
        <Button look="primary" autoFocus onClick={onClose}>
          {t("prospects.leave")}
        </Button>
      </div>
    </Dialog>
  );
}
