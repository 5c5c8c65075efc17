import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleAlert, Info, Upload } from "lucide-react";
import { useId, useRef, useState } from "react";
import { apiFetch } from "@/shared/api/fetch";
import { problemFrom } from "@/shared/api/problem";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { SelectField } from "@/shared/ui/field";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { corrected, enoughOf, type ImportPreview, optionsOf } from "./mapping-text";
import { PreviewColumns } from "./preview-columns";
import { PreviewRows } from "./preview-rows";
import { SavedMappings } from "./saved-mappings";

export type TableKind = "accounts" | "companies";

async function fetchPreview(kind: TableKind, file: File, mapping: string | null, signal: AbortSignal) {
  const form = new FormData();
  form.append("file", enoughOf(file), file.name);
  if (mapping !== null) form.append("mapping", new Blob([mapping], { type: "text/plain" }), "mapping.txt");
  const response = await apiFetch(`/api/imports/preview?kind=${kind}`, {
    method: "POST",
    body: form,
    signal,
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemFrom(response, body);
  return body as ImportPreview;
}

/**
 * What a table will be read as, before anything is written: columns, units, what is left out, and the first rows. The person
 * corrects it here, keeps the mapping by name, and then imports with it.
 */
export function ImportPreviewPanel({
  kind,
  files,
  given,
  isSending,
  onImport,
}: {
  kind: TableKind;
  files: readonly File[];
  /** The text of a mapping file that was chosen. */
  given: string | null;
  isSending: boolean;
  /** Imports with this mapping, or as Lode finds it out. */
  onImport: (mapping: string | null, isDryRun: boolean) => void;
}) {
  const { t } = useI18n();
  const [mapping, setMapping] = useState<string | null>(given);
  const draft = useRef<ImportPreview | null>(null);
  const file = files[0];
  const query = useQuery({
    queryKey: ["import-preview", kind, file?.name, file?.size, file?.lastModified, mapping],
    queryFn: ({ signal }) => {
      if (!file) throw new Error("no file");
      return fetchPreview(kind, file, mapping, signal);
    },
    enabled: file !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isPending) return <LoadingBlock lines={6} className="p-0" />;
  if (query.isError) {
    return (
      <div className="flex flex-col gap-2">
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
        {mapping !== null && (
          <div>
            <Button onClick={() => setMapping(null)}>{t("preview.forget")}</Button>
          </div>
        )}
      </div>
    );
  }
  // While the answer to a correction is on its way, what was corrected is shown, and corrected further.
  const preview = query.isPlaceholderData ? (draft.current ?? query.data) : query.data;
  const correct = (next: ImportPreview) => {
    draft.current = next;
    setMapping(next.mapping);
  };
  const choose = (chosen: string | null) => {
    draft.current = null;
    setMapping(chosen);
  };
  const canImport = preview.problems.length === 0 && !isSending && !query.isPlaceholderData;
  return (
    <div
      className={cx("flex flex-col gap-4", query.isPlaceholderData && "opacity-70")}
      aria-busy={query.isPlaceholderData}
    >
      <div className="flex flex-col gap-1">
        <h3 className="font-semibold text-sm">{t("preview.title", { file: file?.name ?? "" })}</h3>
        <p className="text-ink-2 text-xs">
          <Place preview={preview} />
          {files.length > 1 && ` · ${t("preview.others", { count: files.length - 1 })}`}
        </p>
      </div>
      <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
        <SavedMappings kind={kind} mapping={mapping} current={preview.mapping} onChoose={choose} />
        {kind === "accounts" && <PreviewOptions preview={preview} onChange={correct} />}
      </div>
      <Told preview={preview} />
      <PreviewColumns
        preview={preview}
        onChoose={(column, choice) => correct(corrected(preview, { column, choice }))}
      />
      {preview.problems.length === 0 && <PreviewRows preview={preview} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" disabled={!canImport} onClick={() => onImport(mapping, false)}>
          <Upload size={14} aria-hidden />
          {t(isSending ? "upload.sending" : "preview.import")}
        </Button>
        <Button disabled={!canImport} onClick={() => onImport(mapping, true)}>
          {t("upload.dryRun")}
        </Button>
        {preview.problems.length > 0 && <span className="text-ink-2 text-xs">{t("preview.first")}</span>}
      </div>
    </div>
  );
}

function Place({ preview }: { preview: ImportPreview }) {
  const { t } = useI18n();
  const parts = [
    preview.sheet ? t("preview.sheet", { sheet: preview.sheet }) : null,
    t("preview.headings", { line: preview.header_line }),
    preview.delimiter
      ? t("preview.delimiter", { delimiter: preview.delimiter === "tab" ? "TAB" : preview.delimiter })
      : null,
    preview.encoding ? preview.encoding.toUpperCase() : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function PreviewOptions({
  preview,
  onChange,
}: {
  preview: ImportPreview;
  onChange: (next: ImportPreview) => void;
}) {
  const { t } = useI18n();
  const ids = { costs: useId(), decimal: useId() };
  const options = optionsOf(preview.mapping);
  return (
    <>
      <div className="flex flex-col gap-1">
        <label htmlFor={ids.costs} className="eyebrow">
          {t("preview.costs")}
        </label>
        <SelectField
          id={ids.costs}
          value={options.costs ?? ""}
          onChange={(event) => onChange(corrected(preview, null, { costs: event.target.value }))}
        >
          <option value="">{t("preview.costs.auto")}</option>
          <option value="positive">{t("preview.costs.positive")}</option>
          <option value="negative">{t("preview.costs.negative")}</option>
        </SelectField>
      </div>
      <div className="flex flex-col gap-1">
        <label htmlFor={ids.decimal} className="eyebrow">
          {t("preview.decimal")}
        </label>
        <SelectField
          id={ids.decimal}
          value={options.decimal ?? ""}
          onChange={(event) => onChange(corrected(preview, null, { decimal: event.target.value }))}
        >
          <option value="">{t("preview.decimal.auto")}</option>
          <option value=",">{t("preview.decimal.comma")}</option>
          <option value=".">{t("preview.decimal.point")}</option>
        </SelectField>
      </div>
    </>
  );
}

/** Why the table cannot be read as it is, and what is told of it. */
function Told({ preview }: { preview: ImportPreview }) {
  const { t } = useI18n();
  return (
    <>
      {preview.problems.length > 0 && (
        <ul role="alert" aria-label={t("preview.problems")} className="flex flex-col gap-1.5">
          {preview.problems.map((problem) => (
            <li
              key={problem.reason}
              className="flex items-start gap-2 rounded-md bg-bad-soft px-3 py-2 text-sm"
            >
              <CircleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-bad" />
              <span className="min-w-0 break-words">
                <span className="font-medium">{problem.reason}.</span>
                {problem.remedy && ` ${problem.remedy}.`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {preview.told.length > 0 && (
        <ul aria-label={t("preview.told")} className="flex flex-col gap-1">
          {preview.told.map((told) => (
            <li key={told} className="flex items-start gap-2 text-ink-2 text-sm">
              <Info size={14} aria-hidden className="mt-0.5 shrink-0" />
              <span className="min-w-0 break-words">{told}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
