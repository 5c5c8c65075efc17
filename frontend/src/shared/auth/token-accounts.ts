import { type Session as AuthSession, createClient } from "@supabase/supabase-js";
import { AccountError, type AccountService, type SignedIn } from "./account-service";

/** Where the library keeps its tokens. */
export const TOKENS_KEY = "lode.session";

type Failure = { code?: string; message: string; name?: string } | null;

function check(error: Failure): void {
  if (!error) return;
  const isOffline = error.name === "AuthRetryableFetchError";
  throw new AccountError(error.code ?? (isOffline ? "offline" : "unknown"), error.message);
}

/** Whether the session's token says that the second factor, which its person has, was not proved. */
export function awaitsCode(session: Pick<AuthSession, "access_token" | "user"> | null): boolean {
  const hasApp = session?.user.factors?.some(({ status }) => status === "verified") ?? false;
  if (!session || !hasApp) return false;
  try {
    const claims = session.access_token.split(".")[1] ?? "";
    const { aal } = JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/"))) as { aal?: string };
    return aal !== "aal2";
  } catch {
    // A token of another shape says nothing; the server decides.
    return false;
  }
}

function told(session: AuthSession | null): SignedIn | null {
  if (!session) return null;
  const email = session.user.email ?? "";
  const name: unknown = session.user.user_metadata?.display_name;
  return {
    email,
    name: typeof name === "string" && name ? name : email,
    awaitsCode: awaitsCode(session),
  };
}

/**
 * Sessions held as tokens by the library of Supabase, in this browser's storage: for a Supabase project, and for a web app that comes
 * from another origin than its server.
 */
export function tokenAccounts(url: string, key: string): AccountService {
  const { auth } = createClient(url, key, {
    auth: { persistSession: true, autoRefreshToken: true, detectSessionInUrl: false, storageKey: TOKENS_KEY },
  });
  return {
    current: async () => told((await auth.getSession()).data.session),
    follow: (tell) => {
      auth.onAuthStateChange((_, session) => tell(told(session)));
    },
    proof: async () => ({ token: (await auth.getSession()).data.session?.access_token ?? null }),
    renew: async () => {
      const { data, error } = await auth.refreshSession();
      // A server that cannot be reached says nothing about the session.
      if (error?.name === "AuthRetryableFetchError") throw error;
      return data.session ? { token: data.session.access_token } : null;
    },
    signIn: async (email, password) => check((await auth.signInWithPassword({ email, password })).error),
    finishProvider: async (provider, returned) => {
      const path = `${url}/auth/v1/providers/${encodeURIComponent(provider)}/finish`;
      const headers = { "content-type": "application/json" };
      const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(returned) });
      const answer = await response.json();
      if (!response.ok) throw new AccountError(answer.error_code ?? "unknown", answer.msg ?? "");
      check((await auth.setSession(answer)).error);
    },
    // The browser forgets it even when the server does not answer.
    signOut: async () => {
      await auth.signOut({ scope: "local" });
      return null;
    },
    forget: () => void auth.signOut({ scope: "local" }),
    acceptLink: async (kind, secret) =>
      check((await auth.verifyOtp({ type: kind, token_hash: secret })).error),
    change: async (change) =>
      check(
        (
          await auth.updateUser({
            ...(change.password ? { password: change.password } : {}),
            ...(change.presentPassword ? { current_password: change.presentPassword } : {}),
            ...(change.name ? { data: { display_name: change.name } } : {}),
          })
        ).error,
      ),
    askRecovery: async (email) => check((await auth.resetPasswordForEmail(email)).error),
    listApps: async () => {
      const { data, error } = await auth.mfa.listFactors();
      check(error);
      return (data?.totp ?? []).map((factor) => ({
        id: factor.id,
        name: factor.friendly_name ?? "",
        addedAt: factor.created_at,
      }));
    },
    addApp: async (name) => {
      const { data, error } = await auth.mfa.enroll({ factorType: "totp", friendlyName: name });
      check(error);
      if (!data) throw new AccountError("unknown", "no answer");
      return { id: data.id, picture: data.totp.qr_code, secret: data.totp.secret };
    },
    removeApp: async (id) => check((await auth.mfa.unenroll({ factorId: id })).error),
    proveFactor: async (app, code) =>
      check((await auth.mfa.challengeAndVerify({ factorId: app, code })).error),
  };
}
