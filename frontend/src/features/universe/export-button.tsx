import { Download, X } from "lucide-react";
import { useRef, useState } from "react";
import type { PostBody } from "@/shared/api/client";
import { fetchFile, saveFile } from "@/shared/api/fetch";
import { type ApiError, asApiError } from "@/shared/api/problem";
import { formatBytes } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { Menu, MenuItem } from "@/shared/ui/menu";

type ExportBody = PostBody<"/api/universe/export">;
type Progress = { format: "csv" | "xlsx"; bytes: number };

/** Exports the whole result in the order and with the columns of the screen; it can be cancelled. */
export function ExportButton({ body }: { body: ExportBody }) {
  const { t, locale } = useI18n();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [outcome, setOutcome] = useState<{ text: string; error: ApiError | null } | null>(null);
  const control = useRef<AbortController | null>(null);

  const run = async (format: "csv" | "xlsx") => {
    control.current = new AbortController();
    setOutcome(null);
    setProgress({ format, bytes: 0 });
    try {
      const { blob, name } = await fetchFile(
        "/api/universe/export",
        {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...body, format, language: locale } satisfies ExportBody),
          signal: control.current.signal,
        },
        (bytes) => setProgress({ format, bytes }),
      );
      const file = name ?? `lode.${format}`;
      saveFile(blob, file);
      setOutcome({ text: t("universe.export.done", { name: file }), error: null });
    } catch (error) {
      if (!control.current.signal.aborted)
        setOutcome({ text: t("universe.export.failed"), error: asApiError(error) });
    } finally {
      setProgress(null);
    }
  };

  if (progress) {
    return (
      <span
        role="status"
        className="flex items-center gap-1 rounded-md bg-accent-soft pl-2 text-accent-strong text-xs"
      >
        <span className="tabular">
          {t("universe.export.running", {
            format: t(`universe.export.${progress.format}`),
            size: formatBytes(progress.bytes, locale),
          })}
        </span>
        <IconButton size="sm" label={t("universe.export.cancel")} onClick={() => control.current?.abort()}>
          <X size={12} aria-hidden />
        </IconButton>
      </span>
    );
  }
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button look="ghost">
            <Download size={14} aria-hidden /> <span className="max-sm:sr-only">{t("universe.export")}</span>
          </Button>
        }
      >
        <MenuItem onSelect={() => void run("csv")}>{t("universe.export.csv")}</MenuItem>
        <MenuItem onSelect={() => void run("xlsx")}>{t("universe.export.xlsx")}</MenuItem>
      </Menu>
      <span
        role="status"
        className={outcome?.error ? "text-bad text-xs" : "sr-only"}
        title={outcome?.error?.message}
      >
        {outcome?.text}
        {outcome?.error?.requestId && ` (${t("error.requestId")} ${outcome.error.requestId})`}
      </span>
    </>
  );
}
