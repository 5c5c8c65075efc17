import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { countCompanies, nameCompanies } from "@/shared/actions/company-labels";
import { api, unwrap } from "@/shared/api/client";
import { useDraft } from "@/shared/drafts/use-draft";
import { formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { marksQuery, refreshLists, undoChange } from "@/shared/lists/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField } from "@/shared/ui/field";
import { ErrorState } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

/** Hides companies from every screen of the organisation, with the reason; or shows one again that is hidden. */
export default function ExcludeDialog({ companies, onClose }: CompanyActionProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const orgnrs = companies.map((company) => company.orgnr);
  const marks = useQuery(marksQuery(orgnrs.slice(0, 1000)));
  const draft = useDraft(`exclude:${orgnrs.join()}`.slice(0, 200), "");
  const { value: reason, set: setReason } = draft;
  const one = companies.length === 1 ? companies[0] : undefined;
  const who = countCompanies(companies, t);
  const excluded = one ? marks.data?.items[0]?.exclusion : null;
  const change = useMutation({
    mutationFn: () =>
      excluded
        ? unwrap(api.POST("/api/exclusions/remove", { body: { orgnrs } }))
        : unwrap(api.POST("/api/exclusions", { body: { orgnrs, reason } })),
    onSettled: () => refreshLists(queries),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const done = await change.mutateAsync();
      const undo = done.change_id;
      draft.forget();
      onClose();
      showToast({
        text: {
          key: excluded ? "exclusions.shown" : "exclusions.hidden",
          values: { what: who, count: done.changed },
        },
        undo: undo ? () => undoChange(queries, undo) : undefined,
      });
    } catch {
      // The dialog shows what was refused.
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(excluded ? "exclusions.show" : "exclusions.hide")}
      description={nameCompanies(companies, t)}
      className="w-[min(28rem,calc(100vw-1.5rem))]"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        {excluded ? (
          <p>
            {t("exclusions.because", {
              reason: excluded.reason,
              who: excluded.added_by ?? "–",
              when: formatDateTime(excluded.added_at),
            })}
          </p>
        ) : (
          <>
            <p className="text-ink-2">{t("exclusions.text")}</p>
            <LabelledField
              label={t("exclusions.reason")}
              autoFocus
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        )}
        {change.error && <ErrorState compact error={change.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            type="submit"
            look="primary"
            disabled={change.isPending || marks.isPending || (!excluded && reason.trim() === "")}
          >
            {t(excluded ? "exclusions.show" : "exclusions.hide")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
