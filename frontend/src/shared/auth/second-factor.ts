import { apiFetch, asksForSecondFactor } from "@/shared/api/fetch";
import { AccountError, accountClient, check, currentSession, type Session } from "./session";

/** An authenticator app of the signed-in person. */
export type AuthenticatorApp = { id: string; name: string; addedAt: string };

/** An app that waits for its first code: what its camera reads, and the same to be typed. */
export type NewApp = { id: string; picture: string; secret: string };

/** What a sign-in still lacks: a code of an app, or a first app. */
export type MissingFactor = "code" | "app" | null;

/** What the session lacks before the server answers it. */
export async function missingFactor(session: Session | null = currentSession()): Promise<MissingFactor> {
  if (!session || session.kind === "none" || !session.person) return null;
  if (session.awaitsCode) return "code";
  return (await asksForSecondFactor(await apiFetch("/api/me"))) ? "app" : null;
}

/** The apps that a code can come from. */
export async function listApps(): Promise<AuthenticatorApp[]> {
  const { data, error } = await (await accountClient()).mfa.listFactors();
  check(error);
  return (data?.totp ?? []).map((factor) => ({
    id: factor.id,
    name: factor.friendly_name ?? "",
    addedAt: factor.created_at,
  }));
}

/** Proves the second factor by a code of the app, or by a recovery code. */
export async function proveFactor(app: string, code: string): Promise<void> {
  const { error } = await (await accountClient()).mfa.challengeAndVerify({
    factorId: app,
    code: code.trim(),
  });
  check(error);
}

/** Adds an app; it counts once `proveFactor` took its first code. */
export async function addApp(name: string): Promise<NewApp> {
  const { data, error } = await (await accountClient()).mfa.enroll({
    factorType: "totp",
    friendlyName: name.trim(),
  });
  check(error);
  if (!data) throw new AccountError("unknown", "no answer");
  return { id: data.id, picture: data.totp.qr_code, secret: data.totp.secret };
}

export async function removeApp(id: string): Promise<void> {
  check((await (await accountClient()).mfa.unenroll({ factorId: id })).error);
}

/** Makes new recovery codes, which are shown once; the ones before are worth nothing. */
export async function makeRecoveryCodes(): Promise<string[]> {
  const response = await apiFetch("/auth/v1/recovery_codes", { method: "POST" });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const failure = (body ?? {}) as { error_code?: string; msg?: string };
    throw new AccountError(failure.error_code ?? "unknown", failure.msg ?? `HTTP ${response.status}`);
  }
  return (body as { codes: string[] }).codes;
}
