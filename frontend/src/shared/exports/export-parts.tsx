import { Ban, Download, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useCatalogue } from "@/shared/catalogue/fields";
import { describeNode } from "@/shared/filter/describe";
import { formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { Badge, type Tone } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { ProgressBar } from "@/shared/ui/progress-bar";
import {
  type Export,
  type ExportList,
  type ExportStatus,
  isOpen,
  saveExport,
  useExportActions,
} from "./queries";

const TONES: Record<ExportStatus, Tone> = {
  queued: "neutral",
  running: "accent",
  ready: "good",
  expired: "neutral",
  cancelled: "neutral",
  failed: "bad",
};

/** Where an export stands, in a word. */
export function ExportStatusBadge({ item }: { item: Export }) {
  const { t } = useI18n();
  return (
    <Badge tone={TONES[item.status]}>
      {t(item.is_cancel_requested ? "exports.status.stopping" : `exports.status.${item.status}`)}
    </Badge>
  );
}

/** What is in the file, in words. */
export function useExportTitle(): (item: Export) => string {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { fields } = useCatalogue();
  return (item) => {
    if (item.what === "list") return t("exports.title.list", { name: item.title });
    if (item.what === "prospects") {
      return item.title ? t("exports.title.prospectsOf", { text: item.title }) : t("exports.title.prospects");
    }
    // Until the catalogue is there, and where its filter is not known, it is called as it was written.
    if (item.filter && fields.size > 0) return describeNode(item.filter, fields, { unit, locale, t });
    return item.title || t("exports.title.all");
  };
}

/** How far an export has come: a bar and, below it, rows of rows. */
export function ExportProgress({ item, label }: { item: Export; label: string }) {
  const { t, locale } = useI18n();
  const share =
    item.status === "running" && item.rows_total ? Math.min(1, item.rows_done / item.rows_total) : null;
  const words =
    item.status === "queued"
      ? t("exports.waits")
      : item.rows_total !== null && item.rows_total !== undefined && item.rows_done > 0
        ? t("exports.rows", {
            done: formatNumber(item.rows_done, locale),
            total: formatNumber(item.rows_total, locale),
          })
        : t("exports.reading");
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <ProgressBar share={share} label={label} text={words} />
      <span className="tabular truncate text-ink-2 text-xs">{words}</span>
    </div>
  );
}

/** Why nothing happens to what is queued, where that is so. */
export function QueueHint({ list }: { list: ExportList }) {
  const { t } = useI18n();
  if (!list.items.some((item) => isOpen(item.status))) return null;
  const text = list.is_paused ? "exports.paused" : list.workers === 0 ? "exports.noWorker" : null;
  if (!text) return null;
  return (
    <p role="status" className="rounded-md bg-warn-soft px-2.5 py-1.5 text-sm text-warn">
      {t(text)}
    </p>
  );
}

/** The one thing to do next with an export: stop it, fetch it, or ask again. */
export function ExportAction({ item, name }: { item: Export; name: string }) {
  const { t } = useI18n();
  const { cancel, retry } = useExportActions();
  const [isSaving, setSaving] = useState(false);
  if (isOpen(item.status)) {
    return (
      <Button
        size="sm"
        disabled={cancel.isPending || item.is_cancel_requested}
        aria-label={t("exports.cancelOf", { name })}
        onClick={() => cancel.mutate(item.id)}
      >
        <Ban size={13} aria-hidden /> {t("action.cancel")}
      </Button>
    );
  }
  if (item.status === "ready") {
    const save = () => {
      setSaving(true);
      void saveExport(item).finally(() => setSaving(false));
    };
    return (
      <Button
        size="sm"
        look="primary"
        disabled={isSaving}
        aria-label={t("exports.downloadOf", { name })}
        onClick={save}
      >
        <Download size={13} aria-hidden /> {t(isSaving ? "exports.saving" : "action.download")}
      </Button>
    );
  }
  return (
    <Button
      size="sm"
      disabled={retry.isPending}
      aria-label={t("exports.againOf", { name })}
      onClick={() => retry.mutate(item.id)}
    >
      <RefreshCw size={13} aria-hidden /> {t(item.status === "failed" ? "action.retry" : "exports.again")}
    </Button>
  );
}
