import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrapEmpty } from "@/shared/api/client";
import { downloadFile } from "@/shared/api/fetch";
import { meQuery } from "@/shared/auth/me";
import { useSession } from "@/shared/auth/session";
import { formatDate } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { Section } from "@/shared/ui/section";
import { showFailure, showToast } from "@/shared/ui/toast-store";

/** What is kept of oneself: a copy of it all, and the request that it is erased, which an administrator carries out. */
export function MyDataSection() {
  const { t } = useI18n();
  const session = useSession();
  const queries = useQueryClient();
  const me = useQuery(meQuery);
  const [isAsking, setIsAsking] = useState(false);
  const copy = useMutation({
    mutationFn: () => downloadFile("/api/me/export", "lode-my-data.json"),
    onError: (error) => showFailure("myData.copyFailed", error),
  });
  const erasure = useMutation({
    mutationFn: (isWanted: boolean) =>
      unwrapEmpty(isWanted ? api.POST("/api/me/erasure") : api.DELETE("/api/me/erasure")),
    onSuccess: (_, isWanted) => showToast({ text: { key: isWanted ? "myData.asked" : "myData.withdrawn" } }),
    onError: (error) => showFailure("myData.askFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  if (!session || session.kind === "none") return null;
  const askedAt = me.data?.erasure_asked_at;
  return (
    <Section title={t("myData.title")}>
      <p className="text-ink-2 text-xs">{t("myData.note")}</p>
      {askedAt && (
        <p role="status" className="mt-2">
          {t("myData.askedAt", { date: formatDate(askedAt) })}
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => copy.mutate()} disabled={copy.isPending}>
          {t("myData.copy")}
        </Button>
        <Button
          look="ghost"
          disabled={!me.data || erasure.isPending}
          onClick={() => (askedAt ? erasure.mutate(false) : setIsAsking(true))}
        >
          {t(askedAt ? "myData.withdraw" : "myData.ask")}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t("myData.ask")}
          text={t("myData.askNote")}
          action={t("myData.ask")}
          onConfirm={() => erasure.mutate(true)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Section>
  );
}
