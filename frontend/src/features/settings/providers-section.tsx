import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { ProveAgainForm } from "@/shared/account/second-factor-forms";
import { AccountError } from "@/shared/auth/account-service";
import { goToProvider, type LinkedProvider, listProviders, removeProvider } from "@/shared/auth/providers";
import { listApps } from "@/shared/auth/second-factor";
import { useSession } from "@/shared/auth/session";
import { formatDateTime } from "@/shared/format/date";
import { MISSING } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";

const KEY = ["me", "providers"];

/** What is done to the own ways to sign in. */
type Task = { kind: "add"; key: string } | { kind: "remove"; id: string };

/** The identity providers that one's own account is signed in to by. Only where the server knows some. */
export function ProvidersSection() {
  const { t } = useI18n();
  const session = useSession();
  const queries = useQueryClient();
  const [again, setAgain] = useState<{ task: Task; hasApp: boolean } | null>(null);
  const known = session?.kind === "builtin" ? session.providers : [];
  const linked = useQuery({ queryKey: KEY, queryFn: listProviders, enabled: known.length > 0 });
  const change = useMutation({
    mutationFn: (task: Task) =>
      task.kind === "add" ? goToProvider(task.key, { isLink: true }) : removeProvider(task.id),
    onSuccess: (_, task) => {
      if (task.kind === "remove") showToast({ text: { key: "provider.removed" } });
      void queries.invalidateQueries({ queryKey: KEY });
    },
    onError: async (error, task) => {
      // Who signed in a while ago proves it again, then goes on.
      if (error instanceof AccountError && error.code === "reauthentication_needed") {
        const apps = await listApps().catch(() => []);
        setAgain({ task, hasApp: apps.length > 0 });
        return;
      }
      const isOnlyWay = error instanceof AccountError && error.code === "single_identity_not_deletable";
      showFailure(isOnlyWay ? "provider.error.onlyWay" : "provider.changeFailed", error);
    },
  });
  if (known.length === 0) return null;
  const nameOf = (key: string) => known.find((one) => one.key === key)?.name ?? key;
  const missing = known.filter(({ key }) => !linked.data?.some((one) => one.provider === key));
  return (
    <Section
      title={t("provider.title")}
      note={t("provider.note")}
      flush
      actions={missing.map(({ key, name }) => (
        <Button key={key} disabled={change.isPending} onClick={() => change.mutate({ kind: "add", key })}>
          {t("provider.add", { name })}
        </Button>
      ))}
    >
      {linked.isPending ? (
        <LoadingBlock lines={2} />
      ) : linked.isError ? (
        <ErrorState compact error={linked.error} onRetry={() => void linked.refetch()} />
      ) : linked.data.length > 0 ? (
        <PlainTable<LinkedProvider>
          label={t("provider.title")}
          rows={linked.data}
          keyOf={(one) => one.id}
          columns={[
            { key: "name", header: t("provider.name"), cell: (one) => nameOf(one.provider) },
            { key: "email", header: t("account.email"), cell: (one) => one.email ?? MISSING },
            {
              key: "used",
              header: t("provider.lastUsed"),
              cell: (one) => (one.last_sign_in_at ? formatDateTime(one.last_sign_in_at) : MISSING),
            },
            {
              key: "remove",
              header: "",
              cell: (one) => (
                <Button
                  size="sm"
                  look="ghost"
                  disabled={change.isPending}
                  onClick={() => change.mutate({ kind: "remove", id: one.id })}
                >
                  {t("factor.remove")}
                </Button>
              ),
            },
          ]}
        />
      ) : (
        <EmptyState title={t("provider.none")} icon={<KeyRound size={20} aria-hidden />} />
      )}
      {again && (
        <Dialog
          open
          onOpenChange={() => setAgain(null)}
          title={t("provider.title")}
          description={t("factor.again")}
        >
          <ProveAgainForm
            hasApp={again.hasApp}
            onDone={() => {
              change.mutate(again.task);
              setAgain(null);
            }}
          />
        </Dialog>
      )}
    </Section>
  );
}
