import { useSyncExternalStore } from "react";
import { apiUrl, BASE_URL, setTokenSource } from "@/shared/api/fetch";
import {
  type AccountChange,
  AccountError,
  type AccountService,
  type LinkKind,
  type SignedIn,
} from "./account-service";

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
      /** Whether a link for a forgotten password comes by email; else an administrator makes one. */
      mailsLinks: boolean;
      /** Identity providers that people may sign in with. */
      providers: readonly { key: string; name: string }[];
    };

type SignIn = {
  kind: "none" | "builtin" | "supabase";
  supabase_url?: string | null;
  supabase_anon_key?: string | null;
  /** Whether links for forgotten passwords are mailed. */
  mails_links?: boolean;
  /** Identity providers beside passwords. */
  providers?: { key: string; name: string }[];
  /** Whether pages that come from the server itself hold their session in a cookie. */
  cookie?: boolean;
};

let current: Session | null = null;
let accounts: AccountService | null = null;
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
  const { kind } = signIn;
  const made = await openAccounts(signIn);
  const told = (now: SignedIn | null): Session => ({
    kind,
    person: now && { email: now.email, name: now.name },
    awaitsCode: now?.awaitsCode ?? false,
    // A Supabase project mails its links itself.
    mailsLinks: kind === "supabase" || signIn.mails_links === true,
    providers: kind === "builtin" ? (signIn.providers ?? []) : [],
  });
  const first = told(await made.current());
  accounts = made;
  publish(first);
  made.follow((now) => {
    const was = current?.kind !== "none" ? current?.person : null;
    publish(told(now));
    if (!was || was.email === now?.email) return;
    // Somebody else signed in, in another window: nothing of the earlier person stays on the screen.
    if (now) location.reload();
    // Ended elsewhere, e.g. in another tab, or its renewal was refused.
    else onLost?.();
  });
  return first;
}

/** A cookie that no script can read, where the page comes from the server that keeps the accounts; else tokens. */
async function openAccounts(signIn: SignIn): Promise<AccountService> {
  if (signIn.kind === "builtin" && signIn.cookie && BASE_URL === "") {
    return (await import("./cookie-accounts")).cookieAccounts();
  }
  const url = signIn.supabase_url ?? (apiUrl("") || location.origin);
  return (await import("./token-accounts")).tokenAccounts(url, signIn.supabase_anon_key || "lode");
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

/** Makes every call of the API prove whose it is, and says what happens when the session is over. */
export function followSession(whenLost: () => void): void {
  onLost = whenLost;
  setTokenSource({
    proof: async (url) => {
      await loadSession().catch(() => null);
      return accounts ? accounts.proof(url) : { token: null };
    },
    renew: async (url) => (accounts ? accounts.renew(url) : null),
    onSignedOut: () => {
      // Many calls may learn it at the same time; the first one tells.
      if (current === null || current.kind === "none" || !current.person) return;
      publish({ ...current, person: null, awaitsCode: false });
      accounts?.forget();
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

/** What accounts can do, once the session is known. */
export async function accountService(): Promise<AccountService> {
  await loadSession();
  if (!accounts) throw new AccountError("unknown", "there is no sign-in here");
  return accounts;
}

export async function signIn(email: string, password: string): Promise<void> {
  await (await accountService()).signIn(email, password);
}

/** Ends this session; an address where the identity provider that it began by ends its own, if there is one. */
export async function signOut(): Promise<string | null> {
  return (await accountService()).signOut();
}

/** Uses a one-time link up: the person is signed in afterwards and can choose a password. */
export async function acceptLink(kind: LinkKind, secret: string): Promise<void> {
  await (await accountService()).acceptLink(kind, secret);
}

/** Changes the own account; a new password needs the present one, except just after a link. */
export async function changeAccount(change: AccountChange): Promise<void> {
  await (await accountService()).change(change);
}

/** Asks for a new password. The answer is the same for every address. */
export async function askRecovery(email: string): Promise<void> {
  await (await accountService()).askRecovery(email);
}
