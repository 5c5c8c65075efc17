import { useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useId, useState } from "react";
import { formatDateTime, formatDuration } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import type { RunKind } from "@/shared/runs/queries";
import { partLabel } from "@/shared/runs/run-status";
import { Button } from "@/shared/ui/button";
import { TextField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState, Skeleton } from "@/shared/ui/states";
import { type Analyst, AnalystFields, budgetOf } from "./analyst-fields";
import { ApprovalFields, type ApprovalFieldsValue, approvalOf, NO_APPROVAL } from "./approval-fields";
import { CostLine } from "./cost-line";
import { modelsQuery } from "./model-queries";
import { PreviewDialog } from "./preview-dialog";
import { templatesQuery } from "./run-queries";
import { NO_STAGES, StagesFields, type StagesFieldsValue, stagesOf } from "./stages-fields";
import {
  askedOf,
  isComplete,
  PARTS,
  type RunDraft,
  type RunSelection,
  useEstimate,
  useStartRun,
} from "./start-run";
import { type TemplateChoice, TemplateField, templateChoiceName } from "./template-field";

/** What is to be found out of the chosen companies, what that costs in time, and the button that begins it. */
export function RunForm({
  selection,
  kind: firstKind = "enrichment",
  template: firstTemplate,
  children,
  onStarted,
}: {
  selection: RunSelection;
  kind?: RunKind;
  /** The template that is chosen at first; the built-in one when not given. */
  template?: string;
  /** Where the companies are chosen, when they are not chosen yet. */
  children?: React.ReactNode;
  onStarted: (runId: string) => void;
}) {
  const { t, locale } = useI18n();
  const [kind, setKind] = useState<RunKind>(firstKind);
  const [parts, setParts] = useState<readonly string[]>(PARTS);
  const [isForced, setForced] = useState(false);
  const [template, setTemplate] = useState<TemplateChoice>({ id: firstTemplate ?? null, key: "full" });
  const [analyst, setAnalyst] = useState<Analyst>({ provider: null, language: locale, budget: "" });
  const [approval, setApproval] = useState<ApprovalFieldsValue>(NO_APPROVAL);
  const [staging, setStaging] = useState<StagesFieldsValue>(NO_STAGES);
  const [isPreviewed, setPreviewed] = useState(false);
  const [name, setName] = useState("");
  const templates = useQuery({ ...templatesQuery, enabled: kind === "analysis" });
  const models = useQuery({ ...modelsQuery, enabled: kind === "analysis" });
  const start = useStartRun();
  const nameId = useId();
  const { provider } = analyst;
  const draft: RunDraft = {
    kind,
    selection,
    parts,
    isForced,
    templateId: template.id,
    templateKey: template.key,
    provider,
    language: analyst.language,
    budget: budgetOf(analyst),
    approval: approvalOf(approval),
    keepsApproved: approval.keepsApproved,
    stages: stagesOf(staging),
    name,
  };
  const estimate = useEstimate(draft);
  const nothingDue = estimate.data?.due === 0;
  const model = models.data?.items.find((one) => one.name === provider);
  // The name is kept as it is, so it is made here, in the language of whoever starts the run.
  const dayName = () => {
    const what =
      kind === "enrichment"
        ? t("runs.kind.enrichment")
        : (templateChoiceName(templates.data, template, provider !== null, t) ?? t("runs.kind.analysis"));
    return `${what} ${formatDateTime(new Date().toISOString())}`;
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(
          { ...draft, name: name.trim() || dayName() },
          { onSuccess: (run) => onStarted(run.run_id) },
        );
      }}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="eyebrow mb-1">{t("runs.what")}</legend>
        <Segmented
          label={t("runs.what")}
          value={kind}
          options={[
            { value: "enrichment", label: t("runs.kind.enrichment") },
            { value: "analysis", label: t("runs.kind.analysis") },
          ]}
          onChange={setKind}
        />
        <p className="text-ink-2 text-xs">
          {t(kind === "enrichment" ? "runs.enrichmentHelp" : "runs.analysisHelp")}
        </p>
      </fieldset>
      {children}
      {kind === "enrichment" ? (
        <fieldset className="flex flex-col gap-1.5">
          <legend className="eyebrow mb-1">{t("runs.kinds")}</legend>
          {PARTS.map((part) => (
            <label key={part} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={parts.includes(part)}
                onChange={(event) =>
                  setParts(PARTS.filter((one) => (one === part ? event.target.checked : parts.includes(one))))
                }
              />
              {partLabel(part, t)}
            </label>
          ))}
          <label className="mt-1 flex items-center gap-2 border-line border-t pt-2">
            <input type="checkbox" checked={isForced} onChange={(event) => setForced(event.target.checked)} />
            {t("runs.force")}
          </label>
        </fieldset>
      ) : (
        <>
          <AnalystFields
            analyst={analyst}
            onChange={(next) => {
              setAnalyst(next);
              // A template for rules alone asks a model nothing.
              const saved = templates.data?.items.find((one) => one.id === template.id);
              if (next.provider && !saved?.template.questions) setTemplate({ id: null, key: "full" });
            }}
          />
          <TemplateField choice={template} forModel={provider !== null} onChange={setTemplate} />
          <StagesFields value={staging} onChange={setStaging} />
          <ApprovalFields value={approval} onChange={setApproval} />
          {provider && model && (
            <div>
              <Button onClick={() => setPreviewed(true)}>
                <Eye size={13} aria-hidden /> {t("ai.preview")}
              </Button>
            </div>
          )}
        </>
      )}
      <div>
        <label htmlFor={nameId} className="eyebrow mb-1 block">
          {t("runs.runName")}
        </label>
        <TextField
          id={nameId}
          value={name}
          maxLength={200}
          placeholder={t("runs.namePlaceholder")}
          onChange={(event) => setName(event.target.value)}
          className="w-full"
        />
      </div>
      <EstimateLine draft={draft} estimate={estimate} model={model?.model ?? null} />
      {start.isError && <ErrorState compact error={start.error} />}
      <div className="flex justify-end">
        <Button
          type="submit"
          look="primary"
          disabled={
            !isComplete(draft) ||
            start.isPending ||
            estimate.isError ||
            nothingDue ||
            // The run is named after its template.
            (kind === "analysis" && templates.isPending)
          }
        >
          {t("runs.start")}
        </Button>
      </div>
      {isPreviewed && provider && model && (
        <PreviewDialog
          asked={askedOf(draft, provider)}
          model={model.model}
          first={
            selection.type === "companies" && selection.orgnrs[0]
              ? { orgnr: selection.orgnrs[0], name: null }
              : null
          }
          onClose={() => setPreviewed(false)}
        />
      )}
    </form>
  );
}

function EstimateLine({
  draft,
  estimate,
  model,
}: {
  draft: RunDraft;
  estimate: ReturnType<typeof useEstimate>;
  model: string | null;
}) {
  const { t, locale } = useI18n();
  if (!isComplete(draft)) return null;
  if (estimate.isError) return <ErrorState compact error={estimate.error} />;
  const { data } = estimate;
  return (
    <div aria-live="polite" className="rounded-md bg-sunken px-3 py-2 text-sm">
      <h3 className="eyebrow mb-0.5">{t("runs.estimate")}</h3>
      {!data ? (
        <Skeleton className="w-40" />
      ) : data.due === 0 && data.companies > 0 ? (
        <p>{t("runs.estimateNone")}</p>
      ) : (
        <p>
          {[
            t("runs.estimateCompanies", { count: data.companies }),
            data.fresh > 0 && t("runs.estimateFresh", { count: data.fresh }),
            data.seconds !== null &&
              data.seconds !== undefined &&
              t("runs.estimateTime", {
                time: formatDuration(data.seconds, locale),
                count: Math.min(data.at_once, Math.max(1, data.due)),
              }),
          ]
            .filter(Boolean)
            .join(", ")}
        </p>
      )}
      {data?.cost && model && <CostLine cost={data.cost} model={model} />}
      {data && data.at_once === 0 && <p className="mt-1 text-warn">{t("runs.noWorker")}</p>}
    </div>
  );
}
