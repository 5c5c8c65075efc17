import { Download, X } from "lucide-react";
import { useRef, useState } from "react";
import type { PostBody } from "@/shared/api/client";
import { type FetchedFile, fetchFile, saveFile } from "@/shared/api/fetch";
import { asApiError } from "@/shared/api/problem";
import { MOST_AT_ONCE, useExportActions } from "@/shared/exports/queries";
import { formatBytes, formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/shared/ui/menu";
import { showFailure, showToast } from "@/shared/ui/toast-store";

type ExportBody = PostBody<"/api/universe/export">;
type Format = "csv" | "xlsx" | "parquet";
type Progress = { format: Format; bytes: number; rows: number };

const FORMATS: readonly Format[] = ["csv", "xlsx", "parquet"];
const NEWLINE = 10;

/**
 * Exports the whole result in the order and with the columns of the screen. A small one is downloaded at once and can be cancelled at any
 * time; a large one is written by a job, whose progress is shown in the corner.
 */
export function ExportButton({
  body,
  total,
  onHandedOver,
}: {
  body: ExportBody;
  total: number | null;
  /** A job has it now, and the corner tells the rest. */
  onHandedOver?: () => void;
}) {
  const { t, locale } = useI18n();
  const [progress, setProgress] = useState<Progress | null>(null);
  const control = useRef<AbortController | null>(null);
  const { start } = useExportActions();

  const run = async (format: Format) => {
    const abort = new AbortController();
    control.current = abort;
    let rows = 0;
    let shownAt = 0;
    const onPiece = (piece: Uint8Array, bytes: number) => {
      if (format === "csv") for (const byte of piece) if (byte === NEWLINE) rows += 1;
      if (performance.now() - shownAt < 80) return;
      shownAt = performance.now();
      setProgress({ format, bytes, rows });
    };
    setProgress({ format, bytes: 0, rows: 0 });
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...body, format, language: locale } satisfies ExportBody),
      signal: abort.signal,
    };
    try {
      const file: FetchedFile = await fetchFile("/api/universe/export", init, onPiece);
      const name = file.name ?? `lode.${format}`;
      saveFile(file.blob, name);
      showToast({ text: { key: "universe.export.done", values: { name } } });
    } catch (error) {
      if (abort.signal.aborted) showToast({ text: { key: "universe.export.cancelled" } });
      else showFailure("universe.export.failed", asApiError(error));
    } finally {
      setProgress(null);
    }
  };

  if (progress) {
    const known = progress.format === "csv" && total !== null && total > 0;
    const done = Math.min(progress.rows, total ?? 0);
    return (
      <span className="flex items-center gap-2 rounded-md bg-accent-soft pl-2 text-accent-strong text-xs">
        <span
          role="progressbar"
          aria-label={t("universe.export")}
          aria-valuemin={0}
          aria-valuemax={known ? total : undefined}
          aria-valuenow={known ? done : undefined}
          className="h-1.5 w-16 overflow-hidden rounded-full bg-surface"
        >
          <span
            className="block h-full rounded-full bg-accent"
            style={{ width: known ? `${(done / total) * 100}%` : "100%", opacity: known ? 1 : 0.45 }}
          />
        </span>
        <span className="tabular">
          {known
            ? t("universe.export.rows", {
                done: formatNumber(done, locale),
                total: formatNumber(total, locale),
              })
            : t("universe.export.running", {
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
  const isLarge = (total ?? 0) > MOST_AT_ONCE;
  return (
    <Menu
      align="end"
      trigger={
        <Button look="ghost" disabled={start.isPending}>
          <Download size={14} aria-hidden /> <span className="max-sm:sr-only">{t("universe.export")}</span>
        </Button>
      }
    >
      {!isLarge && (
        <>
          <MenuLabel>{t("exports.now")}</MenuLabel>
          {FORMATS.map((format) => (
            <MenuItem key={format} onSelect={() => void run(format)}>
              {t(`universe.export.${format}`)}
            </MenuItem>
          ))}
          <MenuLine />
        </>
      )}
      <MenuLabel>
        {isLarge ? t("exports.backgroundNote", { count: MOST_AT_ONCE }) : t("exports.background")}
      </MenuLabel>
      {FORMATS.map((format) => (
        <MenuItem
          key={format}
          onSelect={() => {
            start.mutate({ ...body, format, language: locale });
            onHandedOver?.();
          }}
        >
          {t(`universe.export.${format}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
