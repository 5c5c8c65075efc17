import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { Suspense } from "react";
import { meQuery } from "@/shared/auth/me";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";
import { PageBar } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { ADMIN_TABS } from "./tabs";

/** The installation's own page: one tab per concern, each with its own address. */
export function AdminPage() {
  const { t } = useI18n();
  const { tab } = useSearch({ from: "/admin" });
  const me = useQuery(meQuery);
  const tabs = ADMIN_TABS.filter((entry) =>
    (me.data?.permissions as readonly string[] | undefined)?.includes(entry.permission),
  );
  const current = tabs.find((entry) => entry.key === tab) ?? tabs[0];
  return (
    <>
      <PageBar title={t("admin.title")} />
      {tabs.length > 0 && (
        <nav
          aria-label={t("admin.title")}
          className="relative flex shrink-0 gap-1 overflow-x-auto border-line border-b bg-surface px-3"
        >
          {tabs.map((entry) => (
            <Link
              key={entry.key}
              // On a phone the strip is wider than the screen: the open tab is brought into view.
              ref={
                entry === current
                  ? (tab) => tab?.scrollIntoView({ block: "nearest", inline: "nearest" })
                  : undefined
              }
              to="/admin"
              search={{ tab: entry.key }}
              aria-current={entry === current ? "page" : undefined}
              className={cx(
                "-mb-px flex h-9 items-center border-b-2 px-2 font-medium whitespace-nowrap",
                entry === current ? "border-accent text-ink" : "border-transparent text-ink-2 hover:text-ink",
              )}
            >
              {t(entry.label)}
            </Link>
          ))}
        </nav>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 max-sm:p-3">
          {me.isPending ? (
            <LoadingBlock />
          ) : me.isError ? (
            <ErrorState error={me.error} onRetry={() => void me.refetch()} />
          ) : current ? (
            <Suspense fallback={<LoadingBlock />}>
              <current.Content />
            </Suspense>
          ) : (
            <EmptyState title={t("admin.refused")} icon={<Lock size={20} aria-hidden />}>
              {t("admin.refusedText")}
            </EmptyState>
          )}
        </div>
      </div>
    </>
  );
}
