import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useId, useState } from "react";
import type { Posted } from "@/shared/api/client";
import { apiFetch } from "@/shared/api/fetch";
import { problemFrom } from "@/shared/api/problem";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { refreshPipeline, stagesQuery } from "@/shared/prospects/queries";
import { activeStages, stageName } from "@/shared/prospects/stage-labels";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { SelectField } from "@/shared/ui/field";
import { PlainTable } from "@/shared/ui/plain-table";
import { ErrorState } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

type Report = Posted<"/api/prospects/import">;

type Decisions = {
  columns: Record<string, string>;
  stages: Record<string, string>;
  update_existing: boolean;
};

const FIELDS: readonly { field: string; label: MessageKey }[] = [
  { field: "orgnr", label: "pipelineImport.field.orgnr" },
  { field: "name", label: "pipelineImport.field.name" },
  { field: "stage", label: "prospects.field.stage" },
  { field: "owner", label: "pipelineImport.field.owner" },
  { field: "next_action", label: "prospects.field.next_action" },
  { field: "next_action_on", label: "prospects.field.next_action_on" },
  { field: "last_contact_on", label: "prospects.field.last_contact_on" },
  { field: "value_sek", label: "prospects.field.value_sek" },
  { field: "pass_reason", label: "prospects.field.pass_reason" },
  { field: "pass_note", label: "prospects.field.pass_note" },
  { field: "note", label: "pipelineImport.field.note" },
];

async function send(file: File, decisions: Decisions, dryRun: boolean): Promise<Report> {
  const form = new FormData();
  form.append("file", file);
  form.append("decisions", JSON.stringify({ ...decisions, dry_run: dryRun }));
  const response = await apiFetch("/api/prospects/import", { method: "POST", body: form });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemFrom(response, body);
  return body as Report;
}

/** Takes over an existing pipeline: the file is tried first, and what would be left out is named before anything is kept. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const queries = useQueryClient();
  const pipeline = useQuery(stagesQuery);
  const [file, setFile] = useState<File | null>(null);
  const [decisions, setDecisions] = useState<Decisions>({ columns: {}, stages: {}, update_existing: false });
  const look = useMutation({
    mutationFn: ({ file, decisions }: { file: File; decisions: Decisions }) => send(file, decisions, true),
  });
  const apply = useMutation({
    mutationFn: (chosen: File) => send(chosen, decisions, false),
    onSuccess: async (report) => {
      await refreshPipeline(queries);
      showToast({ text: { key: "pipelineImport.done", values: { count: report.added + report.updated } } });
      onClose();
    },
  });
  const decide = (next: Partial<Decisions>, chosen = file) => {
    const all = { ...decisions, ...next };
    setDecisions(all);
    if (chosen) look.mutate({ file: chosen, decisions: all });
  };
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    decide({ columns: {}, stages: {} }, chosen);
  };
  const report = look.data;
  const stages = activeStages(pipeline.data?.stages);
  const taken = (report?.added ?? 0) + (report?.updated ?? 0);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("pipelineImport.title")}
      description={t("pipelineImport.text")}
      className="w-[min(52rem,calc(100vw-1.5rem))]"
    >
      <div className="flex flex-col gap-4">
        <label
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            choose(event.dataTransfer.files[0]);
          }}
          className="flex cursor-pointer items-center gap-2 rounded-md border border-line-strong border-dashed px-3 py-3 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <FileUp size={16} aria-hidden className="text-accent" />
          <span className="min-w-0 truncate font-medium">{file?.name ?? t("pipelineImport.choose")}</span>
          {look.isPending && (
            <span role="status" className="text-ink-2 text-xs">
              {t("pipelineImport.reading")}
            </span>
          )}
          <input
            type="file"
            accept=".xlsx,.csv,.txt,.tsv,text/csv,text/plain"
            className="sr-only"
            onChange={(event) => choose(event.target.files?.[0])}
          />
        </label>
        {look.error && <ErrorState compact error={look.error} />}
        {report && (
          <>
            <p role="status" className="font-medium">
              {t("pipelineImport.rows", { count: report.rows })}:{" "}
              {t("pipelineImport.report", {
                added: report.added,
                updated: report.updated,
                unchanged: report.unchanged,
                rejected: report.rejected_count,
              })}
            </p>
            <fieldset className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
              <legend className="mb-1.5 font-semibold text-xs">{t("pipelineImport.columns")}</legend>
              {FIELDS.map(({ field, label }) => (
                <div key={field} className="grid grid-cols-[8rem_minmax(0,1fr)] items-center gap-2">
                  <label htmlFor={`${id}-${field}`} className="text-ink-2 text-xs">
                    {t(label)}
                  </label>
                  <SelectField
                    id={`${id}-${field}`}
                    value={report.columns[field] ?? ""}
                    onChange={(event) =>
                      decide({ columns: { ...decisions.columns, [field]: event.target.value } })
                    }
                  >
                    <option value="">{t("pipelineImport.leaveOut")}</option>
                    {report.headings.filter(Boolean).map((heading) => (
                      <option key={heading} value={heading}>
                        {heading}
                      </option>
                    ))}
                  </SelectField>
                </div>
              ))}
            </fieldset>
            {report.stage_values.length > 0 && (
              <fieldset className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
                <legend className="mb-1.5 font-semibold text-xs">{t("pipelineImport.stages")}</legend>
                {report.stage_values.map(({ value, count, stage }) => (
                  <div key={value} className="grid grid-cols-[8rem_minmax(0,1fr)] items-center gap-2">
                    <span className="truncate text-xs" title={value}>
                      {value} <span className="tabular text-ink-2">({count})</span>
                    </span>
                    <SelectField
                      aria-label={`${t("pipelineImport.stages")}: ${value}`}
                      aria-invalid={!stage}
                      value={stage ?? ""}
                      onChange={(event) =>
                        decide({ stages: { ...decisions.stages, [value]: event.target.value } })
                      }
                    >
                      <option value="">{t("pipelineImport.stageChoose")}</option>
                      {stages.map((one) => (
                        <option key={one.key} value={one.key}>
                          {stageName(one.key, stages, t)}
                        </option>
                      ))}
                    </SelectField>
                  </div>
                ))}
              </fieldset>
            )}
            <label className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={decisions.update_existing}
                onChange={(event) => decide({ update_existing: event.target.checked })}
              />
              {t("pipelineImport.update")}
            </label>
            {report.rejected.length > 0 && (
              <div>
                <h3 className="mb-1.5 font-semibold text-xs">{t("pipelineImport.left")}</h3>
                <div className="max-h-56 overflow-y-auto rounded-md border border-line">
                  <PlainTable
                    label={t("pipelineImport.left")}
                    rows={report.rejected}
                    keyOf={(row, index) => `${row.line} ${index}`}
                    columns={[
                      {
                        key: "line",
                        header: t("pipelineImport.line"),
                        align: "right",
                        cell: (row) => row.line,
                      },
                      { key: "why", header: t("pipelineImport.why"), cell: (row) => row.reason },
                      {
                        key: "remedy",
                        header: t("pipelineImport.remedy"),
                        className: "text-ink-2",
                        cell: (row) =>
                          [row.remedy, row.candidates.length > 0 ? row.candidates.join(", ") : null]
                            .filter(Boolean)
                            .join(": "),
                      },
                    ]}
                  />
                </div>
              </div>
            )}
          </>
        )}
        {apply.error && <ErrorState compact error={apply.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            look="primary"
            disabled={!file || !report || taken === 0 || look.isPending || apply.isPending}
            onClick={() => file && apply.mutate(file)}
          >
            {t("pipelineImport.apply", { count: taken })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
