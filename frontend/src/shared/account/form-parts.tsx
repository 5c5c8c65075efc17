import type { ReactNode } from "react";
import { AccountError } from "@/shared/auth/account-service";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { LodeMark } from "@/shared/ui/mark";

/** The card in the middle that holds a form. */
export function FormCard({
  title,
  note,
  children,
}: {
  title: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-full items-center justify-center p-4">
      <div className="panel w-full max-w-sm p-6 shadow-popover">
        <LodeMark />
        <h1 className="mt-5 font-semibold text-xl">{title}</h1>
        {note && <p className="mt-1 text-ink-2">{note}</p>}
        <div className="mt-5">{children}</div>
      </div>
    </div>
  );
}

const WORDS: Record<string, MessageKey> = {
  invalid_credentials: "account.error.credentials",
  over_request_rate_limit: "account.error.tooMany",
  otp_expired: "account.error.link",
  weak_password: "account.error.weak",
  same_password: "account.error.same",
  current_password_required: "account.error.present",
  mfa_verification_failed: "factor.error.code",
  mfa_totp_enroll_not_enabled: "factor.error.noKey",
  too_many_enrolled_mfa_factors: "factor.error.tooMany",
  reauthentication_needed: "factor.error.stale",
  bad_oauth_state: "provider.error.state",
  bad_oauth_callback: "provider.error.answer",
  provider_refused: "provider.error.refused",
  provider_unavailable: "provider.error.away",
  provider_disabled: "provider.error.unknown",
  provider_email_needs_verification: "provider.error.address",
  signup_disabled: "provider.error.notInvited",
  no_role: "provider.error.role",
  email_exists: "provider.error.taken",
  identity_already_exists: "provider.error.linked",
  user_banned: "provider.error.closed",
  password_by_link_only: "provider.error.noPassword",
  offline: "error.offline",
};

/** What went wrong, in the reader's language where the code is known. */
export function AccountFailure({ error }: { error: unknown }) {
  const { t } = useI18n();
  const key = error instanceof AccountError ? WORDS[error.code] : undefined;
  return (
    <p role="alert" className="rounded-md bg-bad-soft px-2.5 py-2 text-bad">
      {key ? t(key) : error instanceof Error ? error.message : String(error)}
    </p>
  );
}
