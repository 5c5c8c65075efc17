import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type ApiToken, TokenTable } from "@/shared/account/token-table";
import { api, unwrap, unwrapEmpty } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";

const KEY = ["admin", "tokens"];

/** Everybody's API tokens; any of them can be taken back. */
export function TokensTab() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const tokens = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => unwrap(api.GET("/api/admin/tokens", { signal })),
  });
  const revoke = useMutation({
    mutationFn: ({ id }: ApiToken) =>
      unwrapEmpty(api.DELETE("/api/admin/tokens/{id}", { params: { path: { id } } })),
    onSuccess: () => showToast({ text: { key: "tokens.revoked" } }),
    onError: (error) => showFailure("tokens.revokeFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <Section title={t("tokens.title")} flush>
      {tokens.isPending ? (
        <LoadingBlock lines={3} />
      ) : tokens.isError ? (
        <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />
      ) : tokens.data.items.length === 0 ? (
        <EmptyState title={t("tokens.none")} icon={<KeyRound size={20} aria-hidden />}>
          {t("tokens.noneText")}
        </EmptyState>
      ) : (
        <TokenTable withOwner tokens={tokens.data.items} onRevoke={(token) => revoke.mutate(token)} />
      )}
    </Section>
  );
}
