import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { SecretBox } from "@/shared/account/secret-box";
import { type ApiToken, TokenTable } from "@/shared/account/token-table";
import { api, unwrap, unwrapEmpty } from "@/shared/api/client";
import { useSession } from "@/shared/auth/session";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField, SelectField } from "@/shared/ui/field";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";

const SCOPES = ["read", "write", "export", "run", "import", "admin"] as const;
const LIFETIMES = [30, 90, 365] as const;
const KEY = ["tokens"];

/** One's own API tokens. Where there is no sign-in no program needs one. */
export function TokensSection() {
  const { t } = useI18n();
  const session = useSession();
  const queries = useQueryClient();
  const [isMaking, setIsMaking] = useState(false);
  const isNeeded = session !== null && session.kind !== "none";
  const tokens = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => unwrap(api.GET("/api/tokens", { signal })),
    enabled: isNeeded,
  });
  const revoke = useMutation({
    mutationFn: ({ id }: ApiToken) =>
      unwrapEmpty(api.DELETE("/api/tokens/{id}", { params: { path: { id } } })),
    onSuccess: () => showToast({ text: { key: "tokens.revoked" } }),
    onError: (error) => showFailure("tokens.revokeFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  if (!isNeeded) return null;
  return (
    <Section
      title={t("tokens.title")}
      note={t("tokens.note")}
      flush
      actions={
        <Button onClick={() => setIsMaking(true)}>
          <Plus size={14} aria-hidden /> {t("tokens.new")}
        </Button>
      }
    >
      {tokens.isPending ? (
        <LoadingBlock lines={2} />
      ) : tokens.isError ? (
        <ErrorState compact error={tokens.error} onRetry={() => void tokens.refetch()} />
      ) : tokens.data.items.length === 0 ? (
        <EmptyState title={t("tokens.none")} icon={<KeyRound size={20} aria-hidden />}>
          {t("tokens.noneText")}
        </EmptyState>
      ) : (
        <TokenTable tokens={tokens.data.items} onRevoke={(token) => revoke.mutate(token)} />
      )}
      {isMaking && <NewToken onClose={() => setIsMaking(false)} />}
    </Section>
  );
}

function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const lifetime = useId();
  const [name, setName] = useState("");
  const [days, setDays] = useState<number>(90);
  const [scopes, setScopes] = useState<ReadonlySet<string>>(new Set(["read"]));
  const make = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/tokens", {
          body: {
            name: name.trim(),
            scopes: SCOPES.filter((scope) => scopes.has(scope)),
            expires_in_days: days,
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const toggle = (scope: string, on: boolean) => {
    const next = new Set(scopes);
    if (on) next.add(scope);
    else next.delete(scope);
    setScopes(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  if (make.data) {
    return (
      <Dialog open onOpenChange={onClose} title={t("tokens.new")} description={t("tokens.once")}>
        <SecretBox label={t("tokens.new")} value={make.data.token} />
        <div className="mt-4 flex justify-end">
          <Button look="primary" onClick={onClose}>
            {t("tokens.done")}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={onClose} title={t("tokens.new")} description={t("tokens.note")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <LabelledField
          label={t("tokens.name")}
          hint={t("tokens.nameHint")}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 font-medium text-xs">{t("tokens.scopes")}</legend>
          {SCOPES.map((scope) => (
            <label key={scope} className="flex items-baseline gap-2">
              <input
                type="checkbox"
                className="accent-accent"
                checked={scopes.has(scope)}
                onChange={(event) => toggle(scope, event.target.checked)}
              />
              <span>
                <span className="font-medium">{t(`scope.${scope}` as MessageKey)}</span>{" "}
                <span className="text-ink-2 text-xs">{t(`scope.${scope}.note` as MessageKey)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="flex flex-col items-start gap-1">
          <label htmlFor={lifetime} className="font-medium text-xs">
            {t("tokens.expires")}
          </label>
          <SelectField id={lifetime} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {LIFETIMES.map((count) => (
              <option key={count} value={count}>
                {t("tokens.days", { count })}
              </option>
            ))}
          </SelectField>
        </div>
        {make.isError && <ErrorState compact error={make.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("account.cancel")}</Button>
          <Button look="primary" type="submit" disabled={make.isPending || scopes.size === 0}>
            {t("tokens.create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
