import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileDown, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/shared/auth/me";
import {
  ExportAction,
  ExportProgress,
  ExportStatusBadge,
  QueueHint,
  useExportTitle,
} from "@/shared/exports/export-parts";
import {
  type Export,
  type ExportList,
  exportsQuery,
  isOpen,
  useExportActions,
} from "@/shared/exports/queries";
import { formatAgo, formatDate, formatDateTime } from "@/shared/format/date";
import { formatBytes, formatNumber, MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { IconButton } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { PlainTable } from "@/shared/ui/plain-table";
import { PageBar, Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";

/** One's own exports that jobs write: how far they are, the files, and what can be done with them. */
export function ExportsPage() {
  const { t } = useI18n();
  const may = useMay("export");
  const list = useQuery({ ...exportsQuery, enabled: may });
  return (
    <>
      <PageBar title={t("exports.title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-3 p-4 max-sm:p-3">
          {!may ? (
            <EmptyState title={t("exports.notAllowed")} icon={<FileDown size={20} aria-hidden />}>
              {t("exports.notAllowedText")}
            </EmptyState>
          ) : (
            <>
              {list.data && <QueueHint list={list.data} />}
              <Section
                title={t("exports.own")}
                note={list.data && t("exports.kept", { count: list.data.kept_days })}
                flush
              >
                {list.isPending ? (
                  <LoadingBlock lines={5} />
                ) : list.isError && !list.data ? (
                  <ErrorState error={list.error} onRetry={() => void list.refetch()} />
                ) : list.data && list.data.items.length > 0 ? (
                  <ExportTable items={list.data.items} />
                ) : (
                  <EmptyState title={t("exports.empty")} icon={<FileDown size={20} aria-hidden />}>
                    <p>{t("exports.emptyText")}</p>
                    <Link
                      to="/universe"
                      className="mt-2 inline-block font-medium text-accent hover:underline"
                    >
                      {t("exports.toUniverse")}
                    </Link>
                  </EmptyState>
                )}
              </Section>
            </>
          )}
        </div>
      </div>
    </>
  );
}

function ExportTable({ items }: { items: ExportList["items"] }) {
  const { t, locale } = useI18n();
  const titleOf = useExportTitle();
  const { remove } = useExportActions();
  const [asked, setAsked] = useState<Export | null>(null);
  return (
    <>
      <PlainTable
        label={t("exports.own")}
        rows={items}
        keyOf={(item) => item.id}
        columns={[
          {
            key: "title",
            header: t("exports.what"),
            className: "max-w-80 max-sm:max-w-36",
            cell: (item) => (
              <div className="min-w-24 py-1">
                <span className="block truncate font-medium" title={titleOf(item)}>
                  {titleOf(item)}
                </span>
                {item.error && (
                  <span className="block break-words text-bad text-xs" title={item.error}>
                    {item.error}
                  </span>
                )}
              </div>
            ),
          },
          {
            key: "format",
            header: t("exports.format"),
            wide: true,
            cell: (item) => item.format.toUpperCase(),
          },
          {
            key: "status",
            header: t("exports.status"),
            className: "sm:min-w-44",
            cell: (item) => (
              <div className="flex flex-col gap-1 py-1">
                <span>
                  <ExportStatusBadge item={item} />
                </span>
                {isOpen(item.status) && (
                  <ExportProgress item={item} label={t("exports.progressOf", { name: titleOf(item) })} />
                )}
              </div>
            ),
          },
          {
            key: "rows",
            wide: true,
            header: t("exports.companies"),
            align: "right",
            cell: (item) =>
              item.rows_total === null || item.rows_total === undefined
                ? MISSING
                : formatNumber(item.rows_total, locale),
          },
          {
            key: "size",
            wide: true,
            header: t("exports.size"),
            align: "right",
            className: "whitespace-nowrap",
            cell: (item) => (item.bytes ? formatBytes(item.bytes, locale) : MISSING),
          },
          {
            key: "created",
            wide: true,
            header: t("exports.created"),
            className: "whitespace-nowrap text-ink-2",
            cell: (item) => (
              <span title={formatDateTime(item.created_at)}>{formatAgo(item.created_at, locale)}</span>
            ),
          },
          {
            key: "expires",
            wide: true,
            header: t("exports.until"),
            className: "whitespace-nowrap text-ink-2",
            cell: (item) => (
              <span title={formatDateTime(item.expires_at)}>{formatDate(item.expires_at)}</span>
            ),
          },
          {
            key: "actions",
            header: <span className="sr-only">{t("exports.actions")}</span>,
            align: "right",
            className: "whitespace-nowrap",
            cell: (item) => (
              <span className="inline-flex items-center justify-end gap-1">
                <ExportAction item={item} name={titleOf(item)} />
                <IconButton
                  size="sm"
                  label={t("exports.removeOf", { name: titleOf(item) })}
                  disabled={remove.isPending}
                  onClick={() =>
                    item.status === "ready" || isOpen(item.status) ? setAsked(item) : remove.mutate(item.id)
                  }
                >
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              </span>
            ),
          },
        ]}
      />
      {asked && (
        <ConfirmDialog
          title={t("exports.removeAsk")}
          text={t(isOpen(asked.status) ? "exports.removeOpenText" : "exports.removeText")}
          action={t("exports.remove")}
          onConfirm={() => remove.mutate(asked.id)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
