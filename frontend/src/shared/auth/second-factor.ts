import { apiFetch, asksForSecondFactor } from "@/shared/api/fetch";
import { AccountError, type AuthenticatorApp, type NewApp } from "./account-service";
import { accountService, currentSession, type Session } from "./session";

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
  return (await accountService()).listApps();
}

/** Proves the second factor by a code of the app, or by a recovery code. */
export async function proveFactor(app: string, code: string): Promise<void> {
  await (await accountService()).proveFactor(app, code.trim());
}

/** Adds an app; it counts once `proveFactor` took its first code. */
export async function addApp(name: string): Promise<NewApp> {
  return (await accountService()).addApp(name.trim());
}

export async function removeApp(id: string): Promise<void> {
  await (await accountService()).removeApp(id);
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
