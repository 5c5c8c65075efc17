import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { AccountFailure, FormCard } from "@/shared/account/form-parts";
import { NewPasswordFields, useNewPassword } from "@/shared/account/new-password";
import { CodeForm } from "@/shared/account/second-factor-forms";
import { AccountError, type LinkKind } from "@/shared/auth/account-service";
import { acceptLink, changeAccount } from "@/shared/auth/session";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { LabelledField } from "@/shared/ui/field";

type Invitation = { kind: LinkKind; secret: string };

/** The link's secret stands behind `#`, which no browser sends to a server. */
function readLink(hash: string): Invitation | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const [kind, secret] = [parts.get("type"), parts.get("token_hash")];
  return (kind === "invite" || kind === "recovery") && secret ? { kind, secret } : null;
}

/** Where a one-time link leads: choose a password, and for an invitation the name that colleagues see. */
export function AcceptPage() {
  const { t } = useI18n();
  const router = useRouter();
  const queries = useQueryClient();
  const [link] = useState(() => readLink(window.location.hash));
  const [isUsed, setIsUsed] = useState(false);
  const [name, setName] = useState("");
  const chosen = useNewPassword();

  // The address bar, the history and a screenshot shall not hold the secret.
  useEffect(() => {
    if (link) window.history.replaceState(window.history.state, "", "/accept");
  }, [link]);

  const accept = useMutation({
    mutationFn: async () => {
      if (!link) return;
      // The link works once: a password that is refused afterwards is chosen within the session it began.
      if (!isUsed) {
        await acceptLink(link.kind, link.secret);
        setIsUsed(true);
      }
      await changeAccount({ password: chosen.password, name: name.trim() || undefined });
    },
    onSuccess: () => {
      queries.clear();
      router.history.push("/");
    },
  });
  const isOver = !link || (accept.error instanceof AccountError && accept.error.code === "otp_expired");
  if (isOver) {
    return (
      <FormCard title={t("account.linkOver")} note={t("account.linkOverNote")}>
        <Link to="/login" search={{}} className="font-medium text-accent underline underline-offset-2">
          {t("account.signIn")}
        </Link>
      </FormCard>
    );
  }
  // A link stands for the password alone: who has a second factor proves it before the password is changed.
  if (accept.error instanceof AccountError && accept.error.code === "insufficient_aal") {
    return (
      <FormCard title={t("factor.codeTitle")} note={t("factor.codeNote")}>
        <CodeForm onDone={() => accept.mutate()} />
      </FormCard>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen.differs) accept.mutate();
  };
  const isInvite = link.kind === "invite";
  return (
    <FormCard
      title={t(isInvite ? "account.welcome" : "account.newPassword")}
      note={t(isInvite ? "account.welcomeNote" : "account.newPasswordNote")}
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        {isInvite && (
          <LabelledField
            tall
            label={t("account.name")}
            autoComplete="name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <NewPasswordFields chosen={chosen} tall />
        {accept.isError && <AccountFailure error={accept.error} />}
        <Button
          look="primary"
          type="submit"
          className="mt-1 h-9"
          disabled={accept.isPending || chosen.differs}
        >
          {t("account.begin")}
        </Button>
      </form>
    </FormCard>
  );
}
