import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { useId, useState } from "react";
import { formatDateTime, formatDuration } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import type { RunKind } from "@/shared/runs/queries";
import { partLabel } from "@/shared/runs/run-status";
import { Button } from "@/shared/ui/button";
import { SelectField, TextField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState, Skeleton } from "@/shared/ui/states";
import { templatesQuery } from "./run-queries";
import { isComplete, PARTS, type RunDraft, type RunSelection, useEstimate, useStartRun } from "./start-run";
import { templateName } from "./template-labels";

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
  const { t } = useI18n();
  const [kind, setKind] = useState<RunKind>(firstKind);
  const [parts, setParts] = useState<readonly string[]>(PARTS);
  const [isForced, setForced] = useState(false);
  const [templateId, setTemplateId] = useState<string | null>(firstTemplate ?? null);
  const [name, setName] = useState("");
  const templates = useQuery({ ...templatesQuery, enabled: kind === "analysis" });
  const start = useStartRun();
  const nameId = useId();
  const templateField = useId();
  const draft: RunDraft = { kind, selection, parts, isForced, templateId, name };
  const estimate = useEstimate(draft);
  const nothingDue = estimate.data?.due === 0;
  const chosen = templates.data?.items.find((template) => template.id === templateId);
  // The name is kept as it is, so it is made here, in the language of whoever starts the run.
  const dayName = () => {
    const what =
      kind === "enrichment"
        ? t("runs.kind.enrichment")
        : chosen
          ? templateName(chosen, t)
          : t("runs.kind.analysis");
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
        <div>
          <div className="mb-1 flex items-baseline justify-between gap-3">
            <label htmlFor={templateField} className="eyebrow block">
              {t("runs.template")}
            </label>
            {/* Beside this page, so that what is chosen here is not lost. */}
            <Link
              to="/ai/templates"
              target="_blank"
              className="inline-flex items-center gap-1 text-accent text-xs hover:underline"
            >
              {t("templates.edit")} <ExternalLink size={11} aria-hidden />
            </Link>
          </div>
          <SelectField
            id={templateField}
            value={templateId ?? ""}
            onChange={(event) => setTemplateId(event.target.value || null)}
            className="w-full"
          >
            {templates.data?.items.map((template) => (
              <option key={template.id ?? "built-in"} value={template.id ?? ""}>
                {templateName(template, t)}
                {template.id && ` · ${t("templates.versionOf", { version: template.version })}`}
              </option>
            ))}
          </SelectField>
          {templates.isError && (
            <ErrorState compact error={templates.error} onRetry={() => void templates.refetch()} />
          )}
        </div>
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
      <EstimateLine draft={draft} estimate={estimate} />
      {start.isError && <ErrorState compact error={start.error} />}
      <div className="flex justify-end">
        <Button
          type="submit"
          look="primary"
          disabled={!isComplete(draft) || start.isPending || estimate.isError || nothingDue}
        >
          {t("runs.start")}
        </Button>
      </div>
    </form>
  );
}

function EstimateLine({ draft, estimate }: { draft: RunDraft; estimate: ReturnType<typeof useEstimate> }) {
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
      {data && data.at_once === 0 && <p className="mt-1 text-warn">{t("runs.noWorker")}</p>}
    </div>
  );
}
