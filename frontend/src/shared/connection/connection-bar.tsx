import { RefreshCw, WifiOff } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { tryAgain, useConnection } from "./connection";

/** A bar above the page that says that the server is away, or that a newer version of the app can be loaded. */
export function ConnectionBar() {
  const { t } = useI18n();
  const { reachable, isOutdated } = useConnection();
  return (
    <div role="status" className="contents">
      {!reachable ? (
        <p className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-warn-soft px-4 py-1 text-sm text-warn print:hidden">
          <WifiOff size={15} aria-hidden className="shrink-0" />
          <span className="min-w-0 flex-1">{t("connection.away")}</span>
          <Button size="sm" onClick={() => void tryAgain()}>
            {t("action.retry")}
          </Button>
        </p>
      ) : isOutdated ? (
        <p className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-accent-soft px-4 py-1 text-accent-strong text-sm print:hidden">
          <RefreshCw size={15} aria-hidden className="shrink-0" />
          <span className="min-w-0 flex-1">{t("connection.newVersion")}</span>
          <Button size="sm" look="primary" onClick={() => window.location.reload()}>
            {t("connection.reload")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
