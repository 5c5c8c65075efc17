-- Signing in by an identity provider (OpenID Connect): who somebody is there, and sign-ins that are on their way.
CREATE TABLE account_identities (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    -- A person there is the pair of issuer and subject; the address may change.
    issuer text NOT NULL,
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    -- The provider's name in the settings when it was linked, and the address that it told.
    provider text NOT NULL,
    email text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    UNIQUE (issuer, subject)
);
-- One person of a provider for each account.
CREATE UNIQUE INDEX account_identities_user ON account_identities (user_id, issuer);

-- A sign-in that was begun and not finished. The browser keeps a secret; of what is made of it the hash of the state alone is here.
CREATE TABLE sign_in_flows (
    state_hash bytea PRIMARY KEY,
    provider text NOT NULL,
    -- Who adds the provider to their account; null for signing in.
    user_id uuid REFERENCES users ON DELETE CASCADE,
    session_id uuid REFERENCES sessions ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_flows_expires ON sign_in_flows (expires_at);

-- The provider that a session began by.
ALTER TABLE sessions ADD COLUMN provider text;
ALTER TABLE sessions DROP CONSTRAINT sessions_method_check;
ALTER TABLE sessions ADD CONSTRAINT sessions_method_check CHECK (method IN ('password', 'invite', 'recovery', 'oidc')) NOT VALID;

INSERT INTO schema_requirements VALUES (311, 170);
