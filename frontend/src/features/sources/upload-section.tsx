import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ban, Eye, Upload } from "lucide-react";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { apiFetch } from "@/shared/api/fetch";
import { problemFrom } from "@/shared/api/problem";
import { useMay } from "@/shared/auth/me";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { JobProgressBar, JobStateBadge } from "@/shared/jobs/job-state";
import { isFinished, useJob } from "@/shared/jobs/queries";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { SelectField } from "@/shared/ui/field";
import { FileField } from "@/shared/ui/file-field";
import { ImportStatus } from "@/shared/ui/import-status";
import { Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure } from "@/shared/ui/toast-store";
import { useDroppedFiles } from "@/shared/ui/use-dropped-files";
import { ImportPreviewPanel, type TableKind } from "./import-preview";
import { importQuery } from "./import-query";

const KINDS = ["filings", "register", "scb", "accounts", "companies"] as const;
type Kind = (typeof KINDS)[number];

/** What file choosers offer; the server decides again. */
const ENDINGS: Record<Kind, string> = {
  filings: ".zip,.xhtml,.html",
  register: ".zip,.txt",
  scb: ".zip,.txt",
  accounts: ".xlsx,.xlsm,.csv,.tsv,.txt,.zip,.json,.jsonl,.gz",
  companies: ".xlsx,.xlsm,.csv,.tsv,.txt,.zip,.json,.jsonl,.gz",
};

const fits = (file: File, kind: Kind) =>
  ENDINGS[kind].split(",").some((ending) => file.name.toLowerCase().endsWith(ending));

type Wanted = { kind: Kind; files: File[]; mapping: File | null; isDryRun: boolean };
type Accepted = { job_id: number; is_repeated: boolean };

async function upload({ kind, files, mapping, isDryRun }: Wanted): Promise<Accepted> {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  if (mapping) form.append("mapping", mapping, mapping.name);
  const response = await apiFetch(`/api/imports?kind=${kind}&dry_run=${isDryRun}`, {
    method: "POST",
    body: form,
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemFrom(response, body);
  return body as Accepted;
}

/** Uploads files to be imported and shows how far the import has come; only for those who may import. */
export function UploadSection() {
  const { t } = useI18n();
  const may = useMay("import");
  const [accepted, setAccepted] = useState<Accepted | null>(null);
  if (!may) return null;
  return (
    <Section title={t("upload.title")}>
      {accepted ? (
        <RunningUpload accepted={accepted} onClose={() => setAccepted(null)} />
      ) : (
        <UploadForm onAccepted={setAccepted} />
      )}
    </Section>
  );
}

function UploadForm({ onAccepted }: { onAccepted: (accepted: Accepted) => void }) {
  const { t } = useI18n();
  const [kind, setKind] = useState<Kind>("filings");
  const [files, setFiles] = useState<File[]>([]);
  const [mapping, setMapping] = useState<File | null>(null);
  const [isDryRun, setDryRun] = useState(false);
  const ids = { kind: useId(), files: useId(), mapping: useId(), dry: useId() };
  const [previewed, setPreviewed] = useState<{ kind: TableKind; given: string | null } | null>(null);
  const send = useMutation({ mutationFn: upload, onSuccess: onAccepted });
  // Answers of registers need no mapping: what they say is fixed.
  const table = kind === "accounts" || kind === "companies" ? kind : null;
  const isTable =
    table !== null && files.length > 0 && !files.every((file) => /\.jsonl?(\.gz)?$/i.test(file.name));
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (files.length === 0) return;
    if (isTable && table) setPreviewed({ kind: table, given: mapping ? await mapping.text() : null });
    else send.mutate({ kind, files, mapping, isDryRun });
  };
  const form = useRef<HTMLDivElement>(null);
  const choose = (chosen: File[]) => {
    setFiles(chosen);
    setPreviewed(null);
  };
  const isOver = useDroppedFiles((dropped) => {
    choose(dropped);
    // A package and a table are told apart by their endings; which kind of table stays for the person to say.
    const fitting = KINDS.find((name) => dropped.every((file) => fits(file, name)));
    if (fitting && !dropped.every((file) => fits(file, kind))) setKind(fitting);
    form.current?.scrollIntoView({ block: "center" });
  });
  return (
    <div
      ref={form}
      className={cx(
        "flex flex-col gap-4",
        isOver && "rounded-md outline-2 outline-accent outline-dashed outline-offset-8",
      )}
    >
      <form onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-3">
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <div className="flex flex-col gap-1">
            <label htmlFor={ids.kind} className="eyebrow">
              {t("upload.kind")}
            </label>
            <SelectField
              id={ids.kind}
              value={kind}
              onChange={(event) => {
                setKind(event.target.value as Kind);
                setPreviewed(null);
              }}
            >
              {KINDS.map((name) => (
                <option key={name} value={name}>
                  {t(`upload.kind.${name}` as MessageKey)}
                </option>
              ))}
            </SelectField>
          </div>
          <div className="flex min-w-0 flex-col gap-1">
            <span aria-hidden className="eyebrow">
              {t("upload.files")}
            </span>
            <FileField
              id={ids.files}
              label={t("upload.files")}
              multiple
              accept={ENDINGS[kind]}
              files={files}
              onFiles={choose}
              hint={t("upload.dropAnywhere")}
            />
          </div>
          {table && (
            <div className="flex min-w-0 flex-col gap-1">
              <span aria-hidden className="eyebrow">
                {t("upload.mapping")}
              </span>
              <FileField
                id={ids.mapping}
                label={t("upload.mapping")}
                files={mapping ? [mapping] : []}
                onFiles={([file]) => {
                  setMapping(file ?? null);
                  setPreviewed(null);
                }}
              />
            </div>
          )}
          {!isTable && (
            <label htmlFor={ids.dry} className="flex h-7 items-center gap-1.5">
              <input
                id={ids.dry}
                type="checkbox"
                checked={isDryRun}
                onChange={(event) => setDryRun(event.target.checked)}
              />
              {t("upload.dryRun")}
            </label>
          )}
          <Button
            type="submit"
            look={previewed ? "plain" : "primary"}
            disabled={files.length === 0 || send.isPending}
          >
            {isTable ? <Eye size={14} aria-hidden /> : <Upload size={14} aria-hidden />}
            {t(isTable ? "preview.open" : send.isPending ? "upload.sending" : "upload.start")}
          </Button>
        </div>
      </form>
      {previewed && (
        <ImportPreviewPanel
          key={`${previewed.kind} ${files.map((file) => `${file.name} ${file.lastModified}`).join(" ")}`}
          kind={previewed.kind}
          files={files}
          given={previewed.given}
          isSending={send.isPending}
          onImport={(text, isTrial) =>
            send.mutate({
              kind,
              files,
              mapping: text === null ? null : new File([text], "mapping.txt", { type: "text/plain" }),
              isDryRun: isTrial,
            })
          }
        />
      )}
      {send.isError && <ErrorState compact error={send.error} onRetry={() => send.reset()} />}
    </div>
  );
}

/** How the import ended: that its job is done says nothing of rows that were left out. */
function ImportOutcome({ id }: { id: string }) {
  const run = useQuery(importQuery(id));
  if (!run.data) return null;
  return <ImportStatus status={run.data.status} rejected={run.data.report.rejected} />;
}

function RunningUpload({ accepted, onClose }: { accepted: Accepted; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const job = useJob(accepted.job_id);
  const cancel = useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/jobs/{id}/cancel", { params: { path: { id: accepted.job_id } } })),
    onSuccess: (data) => client.setQueryData(["job", accepted.job_id], data),
    onError: (error) => showFailure("jobs.failed", error),
  });
  const state = job.data?.state;
  const isOver = state !== undefined && isFinished(state);
  useEffect(() => {
    // What the import changed shows in the tables of this page, and in every screen.
    if (isOver) void client.invalidateQueries();
  }, [client, isOver]);
  if (job.isPending) return <LoadingBlock lines={2} className="p-0" />;
  if (job.isError && !job.data) {
    return <ErrorState compact error={job.error} onRetry={() => void job.refetch()} />;
  }
  const data = job.data;
  if (!data) return null;
  const result = data.result as { import_id?: string } | null | undefined;
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      <div className="flex flex-wrap items-center gap-2">
        {result?.import_id && isOver ? (
          <ImportOutcome id={result.import_id} />
        ) : (
          <JobStateBadge state={data.state} />
        )}
        <span className="min-w-0 truncate">{data.subject?.replace(/^upload:/, "")}</span>
        {accepted.is_repeated && <span className="text-ink-2 text-xs">{t("upload.repeated")}</span>}
        {data.state === "available" && <span className="text-ink-2 text-xs">{t("upload.waiting")}</span>}
        <span className="ml-auto flex gap-2">
          {result?.import_id && (
            <Link
              to="/sources/imports/$id"
              params={{ id: result.import_id }}
              className="font-medium text-accent hover:underline"
            >
              {t("upload.report")}
            </Link>
          )}
          {isOver ? (
            <Button size="sm" onClick={onClose}>
              {t("upload.close")}
            </Button>
          ) : (
            <Button
              size="sm"
              disabled={cancel.isPending || data.is_cancel_requested}
              onClick={() => cancel.mutate()}
            >
              <Ban size={13} aria-hidden />
              {t("jobs.cancelJob")}
            </Button>
          )}
        </span>
      </div>
      {!isOver && <JobProgressBar job={data} label={t("jobs.progress")} />}
      {data.state === "discarded" && <p className="break-words text-bad text-sm">{data.last_error}</p>}
    </div>
  );
}
