import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass, RefreshCw } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/states";

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useI18n();
  return (
    <div className="pt-[12vh]">
      <EmptyState isPage title={t("notFound.title")} icon={<Compass size={22} aria-hidden />}>
        <p>{t("notFound.text")}</p>
        <p className="mt-3">
          <Link to="/universe" className="font-medium text-accent underline underline-offset-2">
            {t("notFound.link")}
          </Link>
        </p>
      </EmptyState>
    </div>
  );
}

/** A page that threw, e.g. because its chunk is gone after a deployment: reloading usually mends it. */
export function RouteErrorPage({ error }: ErrorComponentProps) {
  const { t } = useI18n();
  const router = useRouter();
  return (
    <div className="pt-[12vh]" role="alert">
      <EmptyState isPage title={t("crash.title")}>
        <p>{t("crash.text")}</p>
        <pre className="mt-2 overflow-x-auto rounded-md bg-sunken p-2 text-left font-mono text-2xs">
          {String((error as Error).message)}
        </pre>
        <p className="mt-3 flex justify-center gap-2">
          <Button look="primary" onClick={() => window.location.reload()}>
            <RefreshCw size={14} aria-hidden /> {t("crash.reload")}
          </Button>
          <Button onClick={() => void router.navigate({ to: "/" })}>{t("crash.home")}</Button>
        </p>
      </EmptyState>
    </div>
  );
}
