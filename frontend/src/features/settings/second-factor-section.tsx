import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Smartphone } from "lucide-react";
import { useState } from "react";
import { AccountFailure } from "@/shared/account/form-parts";
import { AddAppForm, APPS_KEY, ProveAgainForm, RecoveryCodes } from "@/shared/account/second-factor-forms";
import { AccountError, type AuthenticatorApp } from "@/shared/auth/account-service";
import { listApps, makeRecoveryCodes, removeApp } from "@/shared/auth/second-factor";
import { useSession } from "@/shared/auth/session";
import { formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

/** What the person is about to do, which may need a proof that it is them. */
type Task = { kind: "add" } | { kind: "codes" } | { kind: "remove"; app: AuthenticatorApp };

/** One's own authenticator apps and recovery codes. Only where accounts are kept here. */
export function SecondFactorSection() {
  const { t } = useI18n();
  const session = useSession();
  const queries = useQueryClient();
  const [task, setTask] = useState<Task | null>(null);
  const isBuiltin = session?.kind === "builtin";
  const apps = useQuery({ queryKey: APPS_KEY, queryFn: listApps, enabled: isBuiltin });
  if (!isBuiltin) return null;
  const hasApp = (apps.data?.length ?? 0) > 0;
  const close = () => {
    setTask(null);
    void queries.invalidateQueries({ queryKey: ["me"] });
  };
  return (
    <Section
      title={t("factor.title")}
      note={t("factor.note")}
      flush
      actions={
        <>
          {hasApp && <Button onClick={() => setTask({ kind: "codes" })}>{t("factor.codesNew")}</Button>}
          <Button onClick={() => setTask({ kind: "add" })}>{t("factor.add")}</Button>
        </>
      }
    >
      {apps.isPending ? (
        <LoadingBlock lines={2} />
      ) : apps.isError ? (
        <ErrorState compact error={apps.error} onRetry={() => void apps.refetch()} />
      ) : hasApp ? (
        <PlainTable<AuthenticatorApp>
          label={t("factor.title")}
          rows={apps.data}
          keyOf={(app) => app.id}
          columns={[
            { key: "name", header: t("factor.app"), cell: (app) => app.name },
            { key: "added", header: t("factor.added"), cell: (app) => formatDateTime(app.addedAt) },
            {
              key: "remove",
              header: "",
              cell: (app) => (
                <Button size="sm" look="ghost" onClick={() => setTask({ kind: "remove", app })}>
                  {t("factor.remove")}
                </Button>
              ),
            },
          ]}
        />
      ) : (
        <EmptyState title={t("factor.none")} icon={<Smartphone size={20} aria-hidden />}>
          {t("factor.noneText")}
        </EmptyState>
      )}
      {task && <TaskDialog task={task} hasApp={hasApp} onClose={close} />}
    </Section>
  );
}

function TaskDialog({ task, hasApp, onClose }: { task: Task; hasApp: boolean; onClose: () => void }) {
  const { t } = useI18n();
  // Whoever finds an open browser changes nothing: each change begins with a proof.
  const [isProved, setIsProved] = useState(false);
  const title = t(
    task.kind === "add" ? "factor.addTitle" : task.kind === "codes" ? "factor.codesNew" : "factor.remove",
  );
  return (
    <Dialog open onOpenChange={onClose} title={title} description={isProved ? undefined : t("factor.again")}>
      {!isProved ? (
        <ProveAgainForm hasApp={hasApp} onDone={() => setIsProved(true)} />
      ) : task.kind === "add" ? (
        <AddAppForm
          onDone={() => {
            showToast({ text: { key: "factor.confirmed" } });
            onClose();
          }}
        />
      ) : task.kind === "codes" ? (
        <NewCodes onClose={onClose} />
      ) : (
        <Remove app={task.app} onClose={onClose} />
      )}
    </Dialog>
  );
}

function NewCodes({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const make = useMutation({ mutationFn: makeRecoveryCodes });
  if (make.data) return <RecoveryCodes codes={make.data} onDone={onClose} />;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2">{t("factor.codesNote")}</p>
      {make.isError && <AccountFailure error={make.error} />}
      <Button look="primary" disabled={make.isPending} onClick={() => make.mutate()}>
        {t("factor.codesNew")}
      </Button>
    </div>
  );
}

function Remove({ app, onClose }: { app: AuthenticatorApp; onClose: () => void }) {
  const { t } = useI18n();
  const remove = useMutation({
    mutationFn: () => removeApp(app.id),
    onSuccess: () => {
      showToast({ text: { key: "factor.removed" } });
      onClose();
    },
    onError: (error) => {
      // Somebody else removed it meanwhile.
      if (error instanceof AccountError && error.code === "mfa_factor_not_found") onClose();
    },
  });
  return (
    <div className="flex flex-col gap-3">
      <p>{app.name}</p>
      {remove.isError && <AccountFailure error={remove.error} />}
      <Button look="primary" disabled={remove.isPending} onClick={() => remove.mutate()}>
        {t("factor.remove")}
      </Button>
    </div>
  );
}
