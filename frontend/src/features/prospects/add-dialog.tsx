import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { countCompanies, nameCompanies } from "@/shared/actions/company-labels";
import { useI18n } from "@/shared/i18n/i18n";
import {
  type AddBody,
  type AddResult,
  addProspects,
  refreshPipeline,
  stagesQuery,
  takeBack,
} from "@/shared/prospects/queries";
import { isComplete, ReasonFields } from "@/shared/prospects/reason-fields";
import { activeStages, stageName } from "@/shared/prospects/stage-labels";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { SelectField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";
import { LookedBefore } from "./looked-before";

/** Puts companies into the pipeline; those that somebody looked at before are shown with what was found then. */
export default function AddDialog({ companies, onClose, onDone }: CompanyActionProps) {
  const { t } = useI18n();
  const id = useId();
  const queries = useQueryClient();
  const pipeline = useQuery(stagesQuery);
  const [stage, setStage] = useState("");
  const [scope, setScope] = useState<"team" | "private">("team");
  const [reason, setReason] = useState({ reason: "", note: "" });
  const [result, setResult] = useState<AddResult | null>(null);
  const stages = activeStages(pipeline.data?.stages);
  const chosen = stages.find((one) => one.key === stage) ?? stages.find((one) => one.outcome === "open");
  const passing = chosen?.outcome === "passed";
  const what = countCompanies(companies, t);
  const body: AddBody = {
    orgnrs: companies.map((company) => company.orgnr),
    stage: chosen?.key,
    scope,
    ...(passing ? { pass_reason: reason.reason, pass_note: reason.note || undefined } : {}),
  };
  const add = useMutation({
    mutationFn: addProspects,
    onSuccess: (done, sent) => {
      void refreshPipeline(queries);
      const count = done.added.length + done.restored.length + done.reopened.length;
      const told = count === companies.length ? what : t("prospects.companies", { count });
      const words = { what: told, stage: stageName(chosen?.key ?? "", pipeline.data?.stages, t) };
      if (count > 0) {
        showToast({
          text: { key: sent.reopen ? "prospects.reopened" : "prospects.added", values: words },
          undo: async () => {
            await takeBack(done);
            await refreshPipeline(queries);
          },
        });
      }
      if (done.already_count > 0) setResult(done);
      else {
        onDone?.();
        if (count === 0)
          showToast({ text: { key: "prospects.unknownLeft", values: { count: done.unknown.length } } });
        onClose();
      }
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!passing || isComplete(reason)) add.mutate(body);
  };
  if (result) {
    return (
      <LookedBefore
        result={result}
        stages={pipeline.data?.stages}
        busy={add.isPending}
        error={add.error}
        onClose={onClose}
        onTakeUp={() => {
          // Of many only some are told of; all of them are meant.
          const done = new Set([...result.added, ...result.restored].map((prospect) => prospect.orgnr));
          add.mutate({ ...body, orgnrs: body.orgnrs?.filter((orgnr) => !done.has(orgnr)), reopen: true });
        }}
      />
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("prospects.add")}
      description={nameCompanies(companies, t)}
      className="w-[min(26rem,calc(100vw-1.5rem))]"
    >
      {pipeline.isPending ? (
        <LoadingBlock lines={3} className="px-0" />
      ) : pipeline.isError ? (
        <ErrorState compact error={pipeline.error} onRetry={() => void pipeline.refetch()} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <div className="flex flex-col gap-1">
            <label htmlFor={`${id}-stage`} className="font-medium text-xs">
              {t("prospects.addStage")}
            </label>
            <SelectField
              id={`${id}-stage`}
              value={chosen?.key ?? ""}
              onChange={(event) => setStage(event.target.value)}
              className="w-full"
            >
              {stages.map((one) => (
                <option key={one.key} value={one.key}>
                  {stageName(one.key, stages, t)}
                </option>
              ))}
            </SelectField>
          </div>
          {passing && (
            <ReasonFields reasons={pipeline.data.pass_reasons} value={reason} onChange={setReason} />
          )}
          <div className="flex items-center gap-2 text-ink-2 text-xs">
            {t("prospects.addFor")}
            <Segmented
              size="sm"
              label={t("prospects.addFor")}
              value={scope}
              onChange={setScope}
              options={[
                { value: "team", label: t("prospects.scope.team") },
                { value: "private", label: t("prospects.scope.private") },
              ]}
            />
          </div>
          {add.error && <ErrorState compact error={add.error} />}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button
              autoFocus
              type="submit"
              look="primary"
              disabled={add.isPending || (passing && !isComplete(reason))}
            >
              {t("prospects.addSubmit")}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
