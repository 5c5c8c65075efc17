import type { ActionContext, CompanyRef } from "@/shared/actions/company-actions";
import { countCompanies } from "@/shared/actions/company-labels";
import { formatAgo } from "@/shared/format/date";
import { personName } from "@/shared/people/person-name";
import { getPreferences } from "@/shared/preferences/preferences";
import {
  type AddBody,
  type AddResult,
  addProspects,
  refreshPipeline,
  stagesQuery,
  takeBack,
} from "@/shared/prospects/queries";
import type { Reason } from "@/shared/prospects/reason-fields";
import { reasonLabel, stageName } from "@/shared/prospects/stage-labels";
import { showFailure, showToast } from "@/shared/ui/toast-store";

/**
 * Puts one company into the first stage of the pipeline without asking anything; the message offers to take it back. A company
 * that somebody looked at before stays as it is: the message says who, how far and why, and offers to take it up again.
 */
export async function addAtOnce(company: CompanyRef, context: ActionContext, reopen = false): Promise<void> {
  const { queries, t } = context;
  const what = countCompanies([company], t);
  try {
    const pipeline = await queries.fetchQuery(stagesQuery);
    const stage = pipeline.stages.find((one) => !one.is_retired && one.outcome === "open");
    const body: AddBody = { orgnrs: [company.orgnr], stage: stage?.key, scope: "team", reopen };
    const done = await addProspects(body);
    void refreshPipeline(queries);
    const before = done.already[0];
    if (before) {
      const name = personName(before.updated_by_name ?? before.owner_name, t) ?? t("conflict.somebody");
      const ago = formatAgo(before.stage_since, getPreferences().locale);
      const told = before.pass_reason
        ? t("prospects.passedBecause", {
            name,
            ago,
            reason: reasonLabel(before.pass_reason, before.pass_note, t),
          })
        : t("prospects.lookedBy", { name, ago, stage: stageName(before.stage, pipeline.stages, t) });
      showToast({
        text: { key: "prospects.alreadyThere", values: { what, told } },
        action: {
          text: { key: "prospects.takeUp" },
          run: () => void addAtOnce(company, context, true),
        },
      });
      return;
    }
    if (done.added.length + done.restored.length + done.reopened.length === 0) {
      showToast({ text: { key: "prospects.unknownLeft", values: { count: done.unknown.length } } });
      return;
    }
    showToast({
      text: {
        key: reopen ? "prospects.reopened" : "prospects.added",
        values: { what, stage: stageName(stage?.key ?? "", pipeline.stages, t) },
      },
      undo: undoOf(done, context),
    });
  } catch (error) {
    showFailure("prospects.addFailed", error, {
      values: { what },
      retry: () => void addAtOnce(company, context, reopen),
    });
  }
}

/** Passes on companies. The window is gone by then, so a failure keeps what was written and offers to send it again. */
export async function passOn(
  companies: readonly CompanyRef[],
  stage: string,
  reason: Reason,
  context: ActionContext,
): Promise<void> {
  const what = countCompanies(companies, context.t);
  try {
    const done = await addProspects({
      orgnrs: companies.map((company) => company.orgnr),
      stage,
      reopen: true,
      pass_reason: reason.reason,
      pass_note: reason.note.trim() || undefined,
    });
    void refreshPipeline(context.queries);
    showToast({ text: { key: "prospects.passed", values: { what } }, undo: undoOf(done, context) });
  } catch (error) {
    showFailure("prospects.passFailed", error, {
      values: { what },
      retry: () => void passOn(companies, stage, reason, context),
    });
  }
}

function undoOf(done: AddResult, { queries }: ActionContext): () => Promise<void> {
  return async () => {
    await takeBack(done);
    await refreshPipeline(queries);
  };
}
