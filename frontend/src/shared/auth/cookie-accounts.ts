import { AccountError, type AccountService, type SignedIn } from "./account-service";

type Factor = { id: string; friendly_name: string; status: string; created_at: string };
type User = { email: string; user_metadata?: { display_name?: string }; factors?: Factor[] };
type CookieSession = { user: User | null; aal: "aal1" | "aal2" };

/** Asks the server to hold the session in a cookie; pages of other origins cannot send it unasked. */
const ASKED = { "x-lode-session": "cookie" };
/** Where tokens stood before sessions were held in cookies. */
const OLD_TOKENS_KEY = "lode.session";
/** Seconds before its end at which a token for the scraper service is renewed. */
const RENEW_BEFORE = 60;

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const headers = body ? { ...ASKED, "content-type": "application/json" } : ASKED;
  const sent = fetch(`/auth/v1${path}`, {
    method,
    headers,
    body: body && JSON.stringify(body),
    cache: "no-store",
  });
  const response = await sent.catch((error: unknown) => {
    throw new AccountError("offline", String(error));
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const failure = (answer ?? {}) as { error_code?: string; msg?: string };
  const isAway = [502, 503, 504].includes(response.status);
  throw new AccountError(
    isAway ? "offline" : (failure.error_code ?? "unknown"),
    failure.msg ?? `HTTP ${response.status}`,
  );
}

function told({ user, aal }: CookieSession): SignedIn | null {
  if (!user) return null;
  const hasApp = user.factors?.some(({ status }) => status === "verified") ?? false;
  return {
    email: user.email,
    name: user.user_metadata?.display_name || user.email,
    awaitsCode: hasApp && aal !== "aal2",
  };
}

/** Puts a session whose tokens an earlier version kept in storage into the cookie, and leaves no token there. */
async function takeOldTokens(): Promise<void> {
  const kept = localStorage.getItem(OLD_TOKENS_KEY);
  if (kept === null) return;
  localStorage.removeItem(OLD_TOKENS_KEY);
  try {
    const { refresh_token } = JSON.parse(kept) as { refresh_token?: string };
    await ask("POST", "/token?grant_type=refresh_token", { refresh_token });
  } catch {
    // Over, or not to be read: its person signs in again.
  }
}

/** Sessions of accounts that this server keeps, held in a cookie that no script can read. Windows tell one another of changes. */
export function cookieAccounts(): AccountService {
  const windows = new BroadcastChannel("lode.session");
  let tell: (now: SignedIn | null) => void = () => undefined;
  let forScraper: { token: string; until: number } | null = null;
  const current = async () => told(await ask<CookieSession>("GET", "/session"));
  const look = async () => {
    forScraper = null;
    tell(await current());
  };
  const changed = async () => {
    windows.postMessage("changed");
    await look();
  };
  windows.onmessage = () => void look().catch(() => undefined);
  const proof = async (url: string) => {
    if (new URL(url, location.origin).origin === location.origin) return { token: null };
    // Another origin is the scraper service's: the cookie does not go there.
    if (!forScraper || forScraper.until < Date.now()) {
      const made = await ask<{ access_token: string; expires_in: number }>("POST", "/scraper_token");
      forScraper = {
        token: made.access_token,
        until: Date.now() + (made.expires_in - RENEW_BEFORE) * 1000,
      };
    }
    return { token: forScraper.token };
  };
  return {
    current: async () => {
      await takeOldTokens();
      return current();
    },
    follow: (next) => {
      tell = next;
    },
    // Without a session the request goes out as nobody's, and its answer says so.
    proof: (url) => proof(url).catch(() => ({ token: null })),
    renew: async (url) => {
      forScraper = null;
      return (await current()) ? proof(url) : null;
    },
    signIn: async (email, password) => {
      await ask("POST", "/token?grant_type=password", { email, password });
      await changed();
    },
    finishProvider: async (provider, returned) => {
      await ask("POST", `/providers/${encodeURIComponent(provider)}/finish`, returned);
      await changed();
    },
    signOut: async () => {
      let leadsTo: string | null = null;
      try {
        const answer = await ask<{ sign_out_url?: string } | null>("POST", "/logout?scope=local");
        leadsTo = answer?.sign_out_url ?? null;
      } catch (error) {
        // Nobody is signed in then. A server that does not answer has not ended the session, and its cookie stays.
        if (!(error instanceof AccountError) || error.code === "offline") throw error;
      }
      await changed();
      return leadsTo;
    },
    forget: () => {
      forScraper = null;
    },
    acceptLink: async (kind, secret) => {
      await ask("POST", "/verify", { type: kind, token_hash: secret });
      await changed();
    },
    change: async ({ password, presentPassword, name }) => {
      await ask("PUT", "/user", {
        ...(password ? { password } : {}),
        ...(presentPassword ? { current_password: presentPassword } : {}),
        ...(name ? { data: { display_name: name } } : {}),
      });
      await changed();
    },
    askRecovery: async (email) => {
      await ask("POST", "/recover", { email });
    },
    listApps: async () => {
      const { factors } = await ask<User>("GET", "/user");
      const confirmed = (factors ?? []).filter(({ status }) => status === "verified");
      return confirmed.map(({ id, friendly_name, created_at }) => ({
        id,
        name: friendly_name,
        addedAt: created_at,
      }));
    },
    addApp: async (name) => {
      const body = { factor_type: "totp", friendly_name: name };
      const { id, totp } = await ask<{ id: string; totp: { qr_code: string; secret: string } }>(
        "POST",
        "/factors",
        body,
      );
      return {
        id,
        picture: `data:image/svg+xml;utf-8,${encodeURIComponent(totp.qr_code)}`,
        secret: totp.secret,
      };
    },
    removeApp: async (id) => {
      await ask("DELETE", `/factors/${encodeURIComponent(id)}`);
      await changed();
    },
    proveFactor: async (app, code) => {
      await ask("POST", `/factors/${encodeURIComponent(app)}/verify`, { code });
      await changed();
    },
  };
}
