import type { Session as AuthSession, SupabaseClient } from "@supabase/supabase-js";
import { useSyncExternalStore } from "react";
import { apiUrl, setTokenSource } from "@/shared/api/fetch";

/**
 * Who is signed in. `none`: the server asks for no sign-in. `builtin` and `supabase`: people sign in by the protocol of Supabase
 * Auth, with accounts of the server or of a Supabase project; `person` is null until they have.
 */
export type Session =
  | { kind: "none" }
  | {
      kind: "builtin" | "supabase";
      person: { email: string; name: string } | null;
      /** The person has an authenticator app and has not typed its code in this session yet. */
      awaitsCode: boolean;
    };

type SignIn = {
  kind: "none" | "builtin" | "supabase";
  supabase_url?: string | null;
  supabase_anon_key?: string | null;
};

let current: Session | null = null;
let client: SupabaseClient | null = null;
let starting: Promise<Session> | null = null;
let onLost: (() => void) | null = null;
const listeners = new Set<() => void>();

function publish(next: Session): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Finds out once how people sign in here and whether somebody is. A server that cannot be reached is asked again later. */
export function loadSession(): Promise<Session> {
  starting ??= start().catch((error: unknown) => {
    starting = null;
    throw error;
  });
  return starting.then((first) => current ?? first);
}

async function start(): Promise<Session> {
  const signIn = await askHow();
  if (signIn.kind === "none") {
    publish({ kind: "none" });
    return { kind: "none" };
  }
  const kind = signIn.kind;
  const { createClient } = await import("@supabase/supabase-js");
  const url = signIn.supabase_url ?? (apiUrl("") || location.origin);
  const made = createClient(url, signIn.supabase_anon_key || "lode", {
    auth: {
      persistSession: true,
      autoRefreshToken: true,
      detectSessionInUrl: false,
      storageKey: "lode.session",
    },
  });
  client = made;
  const read = (user: { email?: string; user_metadata?: Record<string, unknown> } | null | undefined) => {
    if (!user) return null;
    const email = user.email ?? "";
    const name = user.user_metadata?.display_name;
    return { email, name: typeof name === "string" && name ? name : email };
  };
  const { data } = await made.auth.getSession();
  const told = (session: AuthSession | null): Session => ({
    kind,
    person: read(session?.user),
    awaitsCode: awaitsCode(session),
  });
  const first = told(data.session);
  publish(first);
  made.auth.onAuthStateChange((event, session) => {
    const was = current?.kind !== "none" && current?.person;
    publish(told(session));
    // Ended elsewhere, e.g. in another tab, or its refresh token was refused.
    if (event === "SIGNED_OUT" && was) onLost?.();
  });
  return first;
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

/** The web build's own settings come first, so that static files on any host can name a Supabase project. */
async function askHow(): Promise<SignIn> {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_ANON_KEY: key } = import.meta.env;
  if (url) return { kind: "supabase", supabase_url: url, supabase_anon_key: key ?? "" };
  const response = await globalThis.fetch(apiUrl("/api/status/capabilities"));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { sign_in } = (await response.json()) as { sign_in?: SignIn };
  return sign_in ?? { kind: "none" };
}

/** Makes every call of the API carry the session's token, and says what happens when the session is over. */
export function followSession(whenLost: () => void): void {
  onLost = whenLost;
  setTokenSource({
    token: async () => {
      await loadSession().catch(() => null);
      return (await client?.auth.getSession())?.data.session?.access_token ?? null;
    },
    renew: async () => {
      const outcome = await client?.auth.refreshSession();
      // A server that cannot be reached says nothing about the session.
      if (outcome?.error?.name === "AuthRetryableFetchError") throw outcome.error;
      return outcome?.data.session?.access_token ?? null;
    },
    onSignedOut: () => {
      // Many calls may learn it at the same time; the first one tells.
      if (current === null || current.kind === "none" || !current.person) return;
      publish({ kind: current.kind, person: null, awaitsCode: false });
      void client?.auth.signOut({ scope: "local" });
      onLost?.();
    },
    onSecondFactor: () => onLost?.(),
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The session as it is known now; null until it is. */
export function currentSession(): Session | null {
  return current;
}

/** The session, kept current; null until it is known. */
export function useSession(): Session | null {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => current,
  );
}

/** Why something about the account failed: a stable code of the protocol, and its sentence. */
export class AccountError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "AccountError";
    this.code = code;
  }
}

type Failure = { code?: string; message: string; name?: string } | null;

export function check(error: Failure): void {
  if (!error) return;
  const isOffline = error.name === "AuthRetryableFetchError";
  throw new AccountError(error.code ?? (isOffline ? "offline" : "unknown"), error.message);
}

/** The library's part for accounts, once the session is known. */
export async function accountClient() {
  await loadSession();
  if (!client) throw new AccountError("unknown", "there is no sign-in here");
  return client.auth;
}

export async function signIn(email: string, password: string): Promise<void> {
  check((await (await accountClient()).signInWithPassword({ email, password })).error);
}

/** Ends this session; the browser forgets it even when the server does not answer. */
export async function signOut(): Promise<void> {
  await (await accountClient()).signOut({ scope: "local" });
}

export type LinkKind = "invite" | "recovery";

/** Uses a one-time link up: the person is signed in afterwards and can choose a password. */
export async function acceptLink(kind: LinkKind, secret: string): Promise<void> {
  check((await (await accountClient()).verifyOtp({ type: kind, token_hash: secret })).error);
}

/** Changes the own account; a new password needs the present one, except just after a link. */
export async function changeAccount(change: {
  password?: string;
  presentPassword?: string;
  name?: string;
}): Promise<void> {
  const update = {
    ...(change.password ? { password: change.password } : {}),
    ...(change.presentPassword ? { current_password: change.presentPassword } : {}),
    ...(change.name ? { data: { display_name: change.name } } : {}),
  };
  check((await (await accountClient()).updateUser(update)).error);
}

/** Asks for a new password. The answer is the same for every address. */
export async function askRecovery(email: string): Promise<void> {
  check((await (await accountClient()).resetPasswordForEmail(email)).error);
}
