import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";

/** Turns the pages of a list; not there when everything fits on one. */
export function Pager({
  offset,
  limit,
  total,
  onOffset,
}: {
  offset: number;
  limit: number;
  total: number;
  onOffset: (offset: number) => void;
}) {
  const { t } = useI18n();
  if (total <= limit) return null;
  return (
    <div className="flex items-center justify-end gap-2 border-line border-t px-3.5 py-2 text-xs">
      <span className="tabular text-ink-2">
        {t("sources.pageOf", { from: offset + 1, to: Math.min(total, offset + limit), total })}
      </span>
      <Button size="sm" disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - limit))}>
        {t("sources.previous")}
      </Button>
      <Button size="sm" disabled={offset + limit >= total} onClick={() => onOffset(offset + limit)}>
        {t("sources.next")}
      </Button>
    </div>
  );
}
