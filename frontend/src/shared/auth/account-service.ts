/** Whom a sign-in named, and whether a code of their authenticator app is still asked for in this session. */
export type SignedIn = { email: string; name: string; awaitsCode: boolean };

/** An authenticator app of the signed-in person. */
export type AuthenticatorApp = { id: string; name: string; addedAt: string };

/** An app that waits for its first code: what its camera reads, and the same to be typed. */
export type NewApp = { id: string; picture: string; secret: string };

export type LinkKind = "invite" | "recovery";

export type AccountChange = { password?: string; presentPassword?: string; name?: string };

/** What goes out with a request: a token in its header, or nothing because the browser sends the session's cookie by itself. */
export type Sent = { token: string | null };

/** People signing in, by whichever way their session is held in this browser. Failures are `AccountError`s. */
export type AccountService = {
  /** Who is signed in now. */
  current: () => Promise<SignedIn | null>;
  /** Tells of every change that happens by itself or in another window. */
  follow: (tell: (now: SignedIn | null) => void) => void;
  /** What proves a request to this address. */
  proof: (url: string) => Promise<Sent>;
  /** The same after the server refused the request; null when the session is over. Throws when that cannot be found out. */
  renew: (url: string) => Promise<Sent | null>;
  signIn: (email: string, password: string) => Promise<void>;
  /** Signs in with what an identity provider sent back. */
  finishProvider: (provider: string, returned: object) => Promise<void>;
  /** Ends the session; an address where the provider that it began by ends its own, if there is one. */
  signOut: () => Promise<string | null>;
  /** Drops what this browser holds of a session that is over. */
  forget: () => void;
  /** Uses a one-time link up. */
  acceptLink: (kind: LinkKind, secret: string) => Promise<void>;
  change: (change: AccountChange) => Promise<void>;
  /** Asks for a new password. The answer is the same for every address. */
  askRecovery: (email: string) => Promise<void>;
  listApps: () => Promise<AuthenticatorApp[]>;
  addApp: (name: string) => Promise<NewApp>;
  removeApp: (id: string) => Promise<void>;
  /** Proves the second factor by a code of the app, or by a recovery code. */
  proveFactor: (app: string, code: string) => Promise<void>;
};

/** Why something about the account failed: a stable code of the protocol, and its sentence. */
export class AccountError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "AccountError";
    this.code = code;
  }
}
