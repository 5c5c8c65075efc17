import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useMay } from "@/shared/auth/me";
import { formatBytes, formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { ExportAction, ExportProgress, ExportStatusBadge, QueueHint, useExportTitle } from "./export-parts";
import { unfollowExports, useFollowedExports } from "./followed";
import { type Export, exportsQuery, isOpen } from "./queries";

/** Tells the messages how much of the bottom the tray takes, so that they stand above it where there is no room beside it. */
function keepSpace(tray: HTMLElement | null) {
  if (!tray) return;
  const root = document.documentElement;
  const watch = new ResizeObserver(() =>
    root.style.setProperty("--tray-space", `${tray.offsetHeight + 8}px`),
  );
  watch.observe(tray);
  return () => {
    watch.disconnect();
    root.style.removeProperty("--tray-space");
  };
}

/** The corner where exports that were asked for in this tab tell how far they are; it stays while one goes from page to page. */
export function ExportTray() {
  const { t } = useI18n();
  const followed = useFollowedExports();
  const may = useMay("export");
  const list = useQuery({ ...exportsQuery, enabled: may && followed.length > 0 });
  const [isFolded, setFolded] = useState(false);
  const items = list.data?.items;
  const shown = items?.filter((item) => followed.includes(item.id)) ?? [];
  useEffect(() => {
    // What was removed elsewhere is nothing to wait for; what has only just been asked for is not in the list yet.
    if (!items || list.isFetching) return;
    const known = new Set(items.map((item) => item.id));
    unfollowExports(followed.filter((id) => !known.has(id)));
  }, [items, followed, list.isFetching]);
  if (!list.data || shown.length === 0) return null;
  const open = shown.filter((item) => isOpen(item.status)).length;
  const summary = open > 0 ? t("exports.tray.open", { count: open }) : t("exports.tray.done");
  return (
    <section
      ref={keepSpace}
      aria-label={t("exports.tray")}
      data-own-keys
      className="popover-in fixed right-2 bottom-2 left-2 z-30 rounded-lg bg-raised text-sm shadow-popover sm:right-4 sm:bottom-4 sm:left-auto sm:w-[22rem]"
    >
      <header className={cx("flex items-center gap-1 py-1 pr-1.5 pl-3", !isFolded && "border-line border-b")}>
        <h2 className="min-w-0 flex-1 truncate font-semibold">{summary}</h2>
        <Link to="/exports" className="px-1.5 font-medium text-accent hover:underline">
          {t("exports.all")}
        </Link>
        <IconButton
          size="sm"
          label={t(isFolded ? "exports.tray.unfold" : "exports.tray.fold")}
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        >
          {isFolded ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
        </IconButton>
        {open === 0 && (
          <IconButton
            size="sm"
            label={t("action.close")}
            onClick={() => unfollowExports(shown.map((item) => item.id))}
          >
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </header>
      {/* Said once at each change, unlike the numbers, which change every second. */}
      <p className="sr-only" aria-live="polite">
        {shown.map((item) => `${t(`exports.status.${item.status}`)}`).join(", ")}
      </p>
      {!isFolded && (
        <div className="flex max-h-[40vh] flex-col gap-2 overflow-y-auto p-2.5">
          <QueueHint list={list.data} />
          <ul className="flex flex-col gap-2.5">
            {shown.map((item) => (
              <Followed key={item.id} item={item} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Followed({ item }: { item: Export }) {
  const { t, locale } = useI18n();
  const name = useExportTitle()(item);
  return (
    <li className="flex flex-col gap-1.5 px-0.5">
      <div className="flex min-w-0 items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium" title={name}>
          {name}
        </span>
        <span className="text-ink-3 text-xs uppercase">{item.format}</span>
        <ExportStatusBadge item={item} />
      </div>
      {isOpen(item.status) && <ExportProgress item={item} label={t("exports.progressOf", { name })} />}
      {item.status === "failed" && <p className="break-words text-bad text-xs">{item.error}</p>}
      <div className="flex items-center justify-between gap-2">
        <span className="tabular truncate text-ink-2 text-xs">
          {item.status === "ready" &&
            `${t("exports.rowCount", { count: item.rows_done, shown: formatNumber(item.rows_done, locale) })} · ${formatBytes(item.bytes, locale)}`}
        </span>
        <ExportAction item={item} name={name} />
      </div>
    </li>
  );
}
