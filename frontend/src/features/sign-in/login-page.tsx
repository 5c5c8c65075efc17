import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { AccountFailure, FormCard } from "@/shared/account/form-parts";
import { AddAppForm, CodeForm } from "@/shared/account/second-factor-forms";
import { type MissingFactor, missingFactor } from "@/shared/auth/second-factor";
import { askRecovery, signIn, signOut, useSession } from "@/shared/auth/session";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { LabelledField } from "@/shared/ui/field";
import { ProviderButtons } from "./provider-buttons";

/** Signs in, then goes on to the page that was wanted. */
export function LoginPage() {
  const { t } = useI18n();
  const router = useRouter();
  const queries = useQueryClient();
  const session = useSession();
  const { to } = useSearch({ from: "/login" });
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [forgot, setForgot] = useState(false);
  const [missing, setMissing] = useState<MissingFactor>(null);
  const goOn = () => {
    // Nothing of an earlier person is shown to the next.
    queries.clear();
    router.history.push(to ?? "/");
  };
  const next = async () => {
    const found = await missingFactor();
    setMissing(found);
    if (!found) goOn();
  };
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: next,
    onError: () => setPassword(""),
  });
  // Whoever is signed in comes here when a second factor is missing.
  const isHalfway = session !== null && session.kind !== "none" && session.person !== null;
  useEffect(() => {
    if (isHalfway) void missingFactor().then(setMissing);
  }, [isHalfway]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  if (missing === "code") {
    return (
      <FormCard title={t("factor.codeTitle")} note={t("factor.codeNote")}>
        <CodeForm onDone={() => void next()} />
        <LeaveSession onLeft={() => setMissing(null)} />
      </FormCard>
    );
  }
  if (missing === "app") {
    return (
      <FormCard title={t("factor.addTitle")} note={t("factor.required")}>
        <AddAppForm onDone={goOn} />
        <LeaveSession onLeft={() => setMissing(null)} />
      </FormCard>
    );
  }
  if (forgot) return <ForgotPassword email={email} onBack={() => setForgot(false)} />;
  return (
    <FormCard title={t("account.signIn")} note={to ? t("account.signInToGoOn") : undefined}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LabelledField
          tall
          label={t("account.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <LabelledField
          tall
          label={t("account.password")}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {enter.isError && <AccountFailure error={enter.error} />}
        <Button look="primary" type="submit" className="mt-1 h-9" disabled={enter.isPending}>
          {t(enter.isPending ? "account.signingIn" : "account.signIn")}
        </Button>
      </form>
      {session && session.kind !== "none" && <ProviderButtons providers={session.providers} to={to} />}
      <p className="mt-4 flex flex-wrap items-center justify-between gap-2 text-ink-2 text-xs">
        <span>{t("account.byInvitation")}</span>
        {session?.kind !== "none" && (
          <Button look="ghost" size="sm" onClick={() => setForgot(true)}>
            {t("account.forgot")}
          </Button>
        )}
      </p>
    </FormCard>
  );
}

/** Gives the sign-in up, e.g. to begin as somebody else. */
function LeaveSession({ onLeft }: { onLeft: () => void }) {
  const { t } = useI18n();
  const leave = useMutation({ mutationFn: signOut, onSettled: onLeft });
  return (
    <Button look="ghost" size="sm" className="mt-4" onClick={() => leave.mutate()}>
      {t("account.signOut")}
    </Button>
  );
}

function ForgotPassword({ email: typed, onBack }: { email: string; onBack: () => void }) {
  const { t } = useI18n();
  const session = useSession();
  const [email, setEmail] = useState(typed);
  const ask = useMutation({ mutationFn: () => askRecovery(email.trim()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  const isMailed = session !== null && session.kind !== "none" && session.mailsLinks;
  const note = isMailed ? "account.forgotMailNote" : "account.forgotNote";
  return (
    <FormCard title={t("account.forgot")} note={t(note)}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LabelledField
          tall
          label={t("account.email")}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        {ask.isError && <AccountFailure error={ask.error} />}
        {ask.isSuccess && (
          <p role="status" className="rounded-md bg-good-soft px-2.5 py-2 text-good">
            {t(isMailed ? "account.forgotMailed" : "account.forgotDone")}
          </p>
        )}
        <div className="mt-1 flex gap-2">
          <Button
            look="primary"
            type="submit"
            className="h-9 flex-1"
            disabled={ask.isPending || ask.isSuccess}
          >
            {t("account.forgotAsk")}
          </Button>
          <Button className="h-9" onClick={onBack}>
            {t("account.back")}
          </Button>
        </div>
      </form>
    </FormCard>
  );
}
