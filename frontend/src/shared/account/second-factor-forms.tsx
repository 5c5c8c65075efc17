import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { AccountFailure } from "@/shared/account/form-parts";
import { SecretBox } from "@/shared/account/secret-box";
import type { NewApp } from "@/shared/auth/account-service";
import { addApp, listApps, makeRecoveryCodes, proveFactor } from "@/shared/auth/second-factor";
import { signIn, useSession } from "@/shared/auth/session";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { LabelledField, SelectField } from "@/shared/ui/field";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { useCopy } from "@/shared/ui/use-copy";

/** Where the person's authenticator apps are kept by the page. */
export const APPS_KEY = ["me", "apps"];

/** Asks for a code of one of the person's apps, or a recovery code. */
export function CodeForm({ onDone }: { onDone: () => void }) {
  const { t } = useI18n();
  const select = useId();
  const apps = useQuery({ queryKey: APPS_KEY, queryFn: listApps });
  const [chosen, setChosen] = useState<string | null>(null);
  const [code, setCode] = useState("");
  const app = chosen ?? apps.data?.[0]?.id;
  const prove = useMutation({
    mutationFn: () => proveFactor(app ?? "", code),
    onSuccess: onDone,
    onError: () => setCode(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate();
  };
  if (apps.isPending) return <LoadingBlock lines={2} className="p-0" />;
  if (apps.isError) return <ErrorState compact error={apps.error} onRetry={() => void apps.refetch()} />;
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {apps.data.length > 1 && (
        <div className="flex flex-col gap-1">
          <label htmlFor={select} className="font-medium text-xs">
            {t("factor.app")}
          </label>
          <SelectField id={select} value={app} onChange={(event) => setChosen(event.target.value)}>
            {apps.data.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      <LabelledField
        tall
        label={t("factor.codeOrRecovery")}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={40}
        required
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      {prove.isError && <AccountFailure error={prove.error} />}
      <Button look="primary" type="submit" className="mt-1 h-9" disabled={prove.isPending}>
        {t("factor.check")}
      </Button>
      <p className="text-ink-2 text-xs">{t("factor.lost")}</p>
    </form>
  );
}

/** Adds an app: its picture, its first code, then the recovery codes. */
export function AddAppForm({ onDone }: { onDone: () => void }) {
  const { t } = useI18n();
  const session = useSession();
  const [name, setName] = useState("");
  const [app, setApp] = useState<NewApp | null>(null);
  const [code, setCode] = useState("");
  const add = useMutation({ mutationFn: () => addApp(name), onSuccess: setApp });
  const confirm = useMutation({
    mutationFn: async () => {
      await proveFactor(app?.id ?? "", code);
      // A Supabase project has apps alone.
      return session?.kind === "builtin" ? makeRecoveryCodes() : null;
    },
    onSuccess: (codes) => {
      if (!codes) onDone();
    },
    onError: () => setCode(""),
  });
  if (confirm.data) return <RecoveryCodes codes={confirm.data} onDone={onDone} />;
  if (!app) {
    const submit = (event: FormEvent) => {
      event.preventDefault();
      add.mutate();
    };
    return (
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LabelledField
          label={t("factor.appName")}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {add.isError && <AccountFailure error={add.error} />}
        <Button look="primary" type="submit" className="h-9" disabled={add.isPending}>
          {t("factor.begin")}
        </Button>
      </form>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <p className="text-ink-2">{t("factor.scan")}</p>
      <img
        src={app.picture}
        alt={t("factor.picture")}
        className="size-48 self-center rounded-md bg-white p-1"
      />
      <div className="flex flex-col gap-1">
        <p className="font-medium text-xs">{t("factor.secret")}</p>
        <SecretBox label={t("factor.secret")} value={app.secret} />
      </div>
      <LabelledField
        label={t("factor.code")}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        required
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      {confirm.isError && <AccountFailure error={confirm.error} />}
      <Button look="primary" type="submit" className="h-9" disabled={confirm.isPending}>
        {t("factor.check")}
      </Button>
    </form>
  );
}

/** Recovery codes, shown once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useI18n();
  const [copied, copy] = useCopy();
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2">{t("factor.codesNote")}</p>
      <ol aria-label={t("factor.codes")} className="grid gap-1 font-mono text-xs sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Button onClick={() => copy(codes.join("\n"))}>{t(copied ? "action.copied" : "tokens.copy")}</Button>
      <Button look="primary" className="h-9" onClick={onDone}>
        {t("factor.codesSaved")}
      </Button>
    </div>
  );
}

/** Proves anew that it is the person: by a code where they have an app, else by their password. */
export function ProveAgainForm({ hasApp, onDone }: { hasApp: boolean; onDone: () => void }) {
  const { t } = useI18n();
  const session = useSession();
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: () => signIn(session?.kind === "builtin" ? (session.person?.email ?? "") : "", password),
    onSuccess: onDone,
    onError: () => setPassword(""),
  });
  if (hasApp) return <CodeForm onDone={onDone} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <LabelledField
        label={t("account.presentPassword")}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {enter.isError && <AccountFailure error={enter.error} />}
      <Button look="primary" type="submit" className="h-9" disabled={enter.isPending}>
        {t("factor.check")}
      </Button>
    </form>
  );
}
