import { useQuery } from "@tanstack/react-query";
import { statusQuery } from "@/shared/api/queries";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";

/** Whether the server answers and how many companies it holds, asked for again every half minute. */
export function DataStatus({ collapsed }: { collapsed: boolean }) {
  const { t } = useI18n();
  const status = useQuery(statusQuery);
  const ok = status.data?.db_ok === true;
  const companies = status.data?.counts?.companies;
  const text = status.isPending
    ? t("state.loading")
    : status.isError
      ? t("status.unreachable")
      : ok
        ? typeof companies === "number"
          ? t("status.companies", { count: companies })
          : t("status.ok")
        : t("status.degraded");
  return (
    <p className="flex items-center gap-2 text-ink-3 text-xs" title={text} role="status">
      <span
        aria-hidden
        className={cx(
          "size-1.5 shrink-0 rounded-full",
          status.isPending ? "bg-line-strong" : status.isError || !ok ? "bg-bad" : "bg-good",
        )}
      />
      <span className={cx("truncate tabular", collapsed && "sr-only")}>{text}</span>
    </p>
  );
}
