import { CircleAlert, RefreshCw, SearchX, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { asApiError } from "@/shared/api/problem";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "./button";
import { cx } from "./class-names";

/** A grey bar in the place of text that is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("skeleton block h-3", className)} />;
}

/** Several skeleton lines with one spoken "loading". */
export function LoadingBlock({ lines = 6, className }: { lines?: number; className?: string }) {
  const { t } = useI18n();
  const widths = ["w-2/3", "w-1/2", "w-3/4", "w-5/12", "w-7/12", "w-1/3"];
  return (
    <div role="status" className={cx("flex flex-col gap-3 p-4", className)}>
      <span className="sr-only">{t("state.loading")}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity.
        <Skeleton key={line} className={widths[line % widths.length]} />
      ))}
    </div>
  );
}

/** Nothing to show, and what can be done about it. */
export function EmptyState({
  title,
  children,
  icon = <SearchX size={20} aria-hidden />,
  isPage = false,
  isLine = false,
}: {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  /** Whether it stands for the whole page; the title is then the page's heading. */
  isPage?: boolean;
  /** Whether it takes a line instead of a third of the page: for parts among others, where nothing to show is usual. */
  isLine?: boolean;
}) {
  const Title = isPage ? "h1" : "p";
  if (isLine) {
    return (
      <div className="flex items-start gap-2 px-3.5 py-2.5 text-ink-2">
        <span className="mt-0.5 shrink-0 text-ink-3 [&>svg]:size-3.5">{icon}</span>
        <p>
          {title}
          {children && (
            <span className="text-ink-3 text-xs">
              {/[.!?]$/.test(title) ? " " : ". "}
              {children}
            </span>
          )}
        </p>
      </div>
    );
  }
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-1.5 px-6 py-10 text-center">
      <span className="mb-1 text-ink-3">{icon}</span>
      <Title className="font-medium text-base">{title}</Title>
      {children && <div className="text-ink-2 text-sm">{children}</div>}
    </div>
  );
}

/** A call that failed: what happened in words, the request id to quote, and a way to try again. */
export function ErrorState({
  error,
  onRetry,
  compact = false,
}: {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}) {
  const { t } = useI18n();
  const problem = asApiError(error);
  const offline = problem.status === 0;
  const title = offline
    ? t("error.offline")
    : problem.isNotFound
      ? t("error.notFound")
      : problem.isTemporary
        ? t("error.server")
        : t("error.refused");
  const Icon = offline ? WifiOff : CircleAlert;
  return (
    <div
      role="alert"
      className={cx(
        "flex flex-col gap-1.5",
        compact ? "px-3 py-2.5" : "mx-auto max-w-md items-center px-6 py-10 text-center",
      )}
    >
      <Icon size={compact ? 16 : 20} aria-hidden className="text-bad" />
      <p className="font-medium text-base">{title}</p>
      {!offline && <p className="text-ink-2 text-sm">{problem.detail ?? problem.title}</p>}
      {problem.faults.map((fault) => (
        <p key={fault.pointer + fault.message} className="text-ink-2 text-sm">
          {fault.message} <code className="font-mono text-2xs">{fault.pointer}</code>
        </p>
      ))}
      {problem.requestId && (
        <p className="text-ink-3 text-xs">
          {t("error.requestId")} <code className="select-all font-mono">{problem.requestId}</code>
        </p>
      )}
      {onRetry && (
        <div className="mt-1">
          <Button onClick={onRetry}>
            <RefreshCw size={14} aria-hidden /> {t("action.retry")}
          </Button>
        </div>
      )}
    </div>
  );
}
