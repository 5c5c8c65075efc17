import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { AccountFailure } from "@/shared/account/form-parts";
import { NewPasswordFields, useNewPassword } from "@/shared/account/new-password";
import { meQuery } from "@/shared/auth/me";
import { changeAccount, useSession } from "@/shared/auth/session";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField } from "@/shared/ui/field";
import { Fact, Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

/** Who one is here; name and password can be changed where accounts are kept here. */
export function AccountSection() {
  const { t } = useI18n();
  const session = useSession();
  const me = useQuery(meQuery);
  const [open, setOpen] = useState<"name" | "password" | null>(null);
  if (session?.kind === "none") {
    return (
      <Section title={t("account.title")}>
        <p className="font-medium">{t("account.local")}</p>
        <p className="text-ink-2 text-xs">{t("account.localNote")}</p>
      </Section>
    );
  }
  return (
    <Section
      title={t("account.title")}
      actions={
        <>
          <Button onClick={() => setOpen("name")}>{t("account.changeName")}</Button>
          <Button onClick={() => setOpen("password")}>{t("account.changePassword")}</Button>
        </>
      }
    >
      {me.isPending ? (
        <LoadingBlock lines={2} className="p-0" />
      ) : me.isError ? (
        <ErrorState compact error={me.error} onRetry={() => void me.refetch()} />
      ) : (
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          <Fact label={t("tokens.name")}>{personName(me.data.display_name, t)}</Fact>
          <Fact label={t("account.email")}>{me.data.email}</Fact>
          <Fact label={t("account.role")}>{t(`role.${me.data.role}` as MessageKey)}</Fact>
        </dl>
      )}
      {open === "name" && (
        <ChangeName present={personName(me.data?.display_name, t) ?? ""} onClose={() => setOpen(null)} />
      )}
      {open === "password" && <ChangePassword onClose={() => setOpen(null)} />}
    </Section>
  );
}

function ChangeName({ present, onClose }: { present: string; onClose: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [name, setName] = useState(present);
  const change = useMutation({
    mutationFn: () => changeAccount({ name: name.trim() }),
    onSuccess: async () => {
      onClose();
      showToast({ text: { key: "account.nameChanged" } });
      await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("account.changeName")}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LabelledField
          label={t("account.name")}
          autoComplete="name"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {change.isError && <AccountFailure error={change.error} />}
        <Submit isBusy={change.isPending} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [present, setPresent] = useState("");
  const chosen = useNewPassword();
  const change = useMutation({
    mutationFn: () => changeAccount({ password: chosen.password, presentPassword: present }),
    onSuccess: () => {
      onClose();
      showToast({ text: { key: "account.passwordChanged" } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen.differs) change.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("account.changePassword")}
      description={t("account.newPasswordNote")}
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LabelledField
          label={t("account.presentPassword")}
          type="password"
          autoComplete="current-password"
          required
          value={present}
          onChange={(event) => setPresent(event.target.value)}
        />
        <NewPasswordFields chosen={chosen} />
        {change.isError && <AccountFailure error={change.error} />}
        <Submit isBusy={change.isPending || chosen.differs} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function Submit({ isBusy, onClose }: { isBusy: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onClose}>{t("account.cancel")}</Button>
      <Button look="primary" type="submit" disabled={isBusy}>
        {t("account.save")}
      </Button>
    </div>
  );
}
