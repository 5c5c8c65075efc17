import { apiFetch } from "@/shared/api/fetch";
import { AccountError } from "./account-service";
import { accountService } from "./session";

/** An identity provider that people may sign in with. */
export type Provider = { key: string; name: string };

/** A provider that the own account is signed in to by. */
export type LinkedProvider = {
  id: string;
  provider: string;
  email: string | null;
  created_at: string;
  last_sign_in_at: string | null;
};

/** A sign-in that is on its way. The provider never sees its secret, and another tab has none. */
type Kept = { provider: string; secret: string; isLink: boolean; to?: string };

/** What came back in the address. */
export type ProviderReturn = { code: string; state: string; iss?: string };

const KEPT_KEY = "lode.provider";

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await apiFetch(`/auth/v1${path}`, {
    method,
    headers: body && { "content-type": "application/json" },
    body: body && JSON.stringify(body),
    cache: "no-store",
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const failure = (answer ?? {}) as { error_code?: string; msg?: string };
  throw new AccountError(failure.error_code ?? "unknown", failure.msg ?? `HTTP ${response.status}`);
}

/** Leads the browser to the provider, to sign in or to add it to the own account; it comes back to `/login/<key>`. */
export async function goToProvider(
  key: string,
  { isLink, to }: { isLink: boolean; to?: string },
): Promise<void> {
  const name = encodeURIComponent(key);
  const step = isLink ? "begin_link" : "begin";
  const { url, secret } = await ask<{ url: string; secret: string }>("POST", `/providers/${name}/${step}`);
  const kept: Kept = { provider: key, secret, isLink, to };
  sessionStorage.setItem(KEPT_KEY, JSON.stringify(kept));
  location.assign(url);
}

/** The sign-in that this tab began with the provider; it is forgotten with that, because it works once. */
export function takeKept(key: string): Kept | null {
  const text = sessionStorage.getItem(KEPT_KEY);
  sessionStorage.removeItem(KEPT_KEY);
  try {
    const kept = JSON.parse(text ?? "null") as Kept | null;
    return kept?.provider === key ? kept : null;
  } catch {
    return null;
  }
}

/** Signs in with what the provider sent back, or adds it to the account, as it was begun. */
export async function finishProvider(kept: Kept, returned: ProviderReturn): Promise<void> {
  const body = { secret: kept.secret, ...returned };
  if (!kept.isLink) return (await accountService()).finishProvider(kept.provider, body);
  await ask("POST", `/providers/${encodeURIComponent(kept.provider)}/finish_link`, body);
}

export function listProviders(): Promise<LinkedProvider[]> {
  return ask("GET", "/identities");
}

export async function removeProvider(id: string): Promise<void> {
  await ask("DELETE", `/identities/${encodeURIComponent(id)}`);
}
