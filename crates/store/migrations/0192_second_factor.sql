-- Second factors of built-in accounts. Secrets are sealed with a key that is not in the database (store::sealing); recovery codes are kept
-- as SHA-256 with the person's id, each 120 random bits.
CREATE TABLE second_factors (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    secret bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Null until a first code was right; counts for nothing until then.
    confirmed_at timestamptz,
    -- The step of time of the last code that was taken, so that none is taken twice.
    last_step bigint NOT NULL DEFAULT 0
);
CREATE INDEX second_factors_user ON second_factors (user_id);

CREATE TABLE recovery_codes (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz,
    PRIMARY KEY (user_id, hash)
);

-- When the session's person last proved a second factor.
ALTER TABLE sessions ADD COLUMN second_factor_at timestamptz;

INSERT INTO schema_requirements VALUES (192, 170);
