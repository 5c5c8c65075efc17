-- Who gets in: built-in accounts with their sessions, API tokens, one-time links. No secret is kept as it is: passwords as
-- argon2id, everything random as SHA-256. Signing keys are the exception; who reads them can also write the tables.

ALTER TABLE users
    -- local: the owner of an installation without sign-in; builtin: an account below; supabase: known by their token.
    ADD COLUMN origin text NOT NULL DEFAULT 'supabase' CHECK (origin IN ('local', 'builtin', 'supabase')),
    ADD COLUMN disabled_at timestamptz,
    ADD COLUMN last_seen_at timestamptz;
UPDATE users SET origin = 'local' WHERE id = '00000000-0000-4000-8000-000000000001';
CREATE UNIQUE INDEX users_builtin_email ON users (lower(email)) WHERE origin = 'builtin';

CREATE TABLE accounts (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    -- PHC string of argon2id; null until the invitation is accepted.
    password_hash text,
    password_changed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Counted by what was typed as address, whether such an account exists or not, so that a lock tells a stranger nothing.
CREATE TABLE sign_in_failures (
    address_hash bytea PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    locked_until timestamptz
);

CREATE TABLE sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    -- How it began.
    method text NOT NULL CHECK (method IN ('password', 'invite', 'recovery')),
    address text,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    refreshed_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_because text
);
CREATE INDEX sessions_user ON sessions (user_id);

-- Each is used once. One that is used again after a moment of grace was stolen, and ends its session.
CREATE TABLE refresh_tokens (
    hash bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE account_links (
    hash bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('invite', 'recovery')),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX account_links_user ON account_links (user_id);

CREATE TABLE api_tokens (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    hash bytea NOT NULL UNIQUE,
    -- The token's first characters, to tell tokens apart.
    hint text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);

-- HMAC keys of the access tokens of built-in accounts, shared by every process. The newest one signs.
CREATE TABLE signing_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    secret bytea NOT NULL CHECK (length(secret) >= 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz
);
