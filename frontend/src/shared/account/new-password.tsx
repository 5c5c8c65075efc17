import { useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { LabelledField } from "@/shared/ui/field";

/** The least that the server takes. */
const MIN_LENGTH = 12;

export type NewPassword = {
  password: string;
  again: string;
  /** It was typed twice, and not the same. */
  differs: boolean;
  setPassword: (password: string) => void;
  setAgain: (again: string) => void;
};

/** A password that is being chosen, typed twice. */
export function useNewPassword(): NewPassword {
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  return { password, again, differs: again !== "" && again !== password, setPassword, setAgain };
}

/** The two fields that a new password is typed into. */
export function NewPasswordFields({ chosen, tall }: { chosen: NewPassword; tall?: boolean }) {
  const { t } = useI18n();
  return (
    <>
      <LabelledField
        tall={tall}
        label={t("account.newPassword")}
        type="password"
        autoComplete="new-password"
        required
        minLength={MIN_LENGTH}
        hint={t("account.passwordHint", { count: MIN_LENGTH })}
        value={chosen.password}
        onChange={(event) => chosen.setPassword(event.target.value)}
      />
      <LabelledField
        tall={tall}
        label={t("account.passwordAgain")}
        type="password"
        autoComplete="new-password"
        required
        aria-invalid={chosen.differs}
        hint={chosen.differs ? t("account.passwordDiffers") : undefined}
        value={chosen.again}
        onChange={(event) => chosen.setAgain(event.target.value)}
      />
    </>
  );
}
