-- Watched screens, what changed on them, and the letters and calls that tell of it.

-- What a watched screen is compared with; not among the snapshots that people take.
ALTER TABLE screen_snapshots ADD COLUMN is_baseline boolean NOT NULL DEFAULT false;

CREATE TABLE webhooks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    url text NOT NULL,
    -- Signs every call; shown once, when it is made.
    secret text NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE monitors (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    view_id uuid NOT NULL REFERENCES views ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    -- import: told after each import that changed the screen. daily: told once a day.
    rhythm text NOT NULL DEFAULT 'import' CHECK (rhythm IN ('import', 'daily')),
    by_email boolean NOT NULL DEFAULT false,
    webhook_id uuid REFERENCES webhooks ON DELETE SET NULL,
    is_active boolean NOT NULL DEFAULT true,
    snapshot_id uuid REFERENCES screen_snapshots ON DELETE SET NULL,
    checked_at timestamptz,
    -- Why the last check failed; null when it did not.
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (view_id, user_id)
);
CREATE INDEX monitors_user ON monitors (user_id);

CREATE TABLE monitor_changes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    monitor_id uuid NOT NULL REFERENCES monitors ON DELETE CASCADE,
    found_at timestamptz NOT NULL DEFAULT now(),
    filter_text text NOT NULL,
    data_version text NOT NULL,
    -- Companies on the screen now.
    total bigint NOT NULL,
    entered_count bigint NOT NULL,
    left_count bigint NOT NULL,
    -- The first of them, each with the figures that caused it.
    entered jsonb NOT NULL,
    went jsonb NOT NULL,
    -- Null while the change waits for the daily message.
    told_at timestamptz
);
CREATE INDEX monitor_changes_monitor ON monitor_changes (monitor_id, found_at DESC);
CREATE INDEX monitor_changes_waiting ON monitor_changes (monitor_id) WHERE told_at IS NULL;

CREATE TABLE deliveries (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    channel text NOT NULL CHECK (channel IN ('webhook', 'email')),
    webhook_id uuid REFERENCES webhooks ON DELETE CASCADE,
    -- Of a letter: to whom.
    user_id uuid REFERENCES users ON DELETE CASCADE,
    address text,
    -- What it tells of, such as screen.changed.
    event text NOT NULL,
    -- Of a call: the JSON that is sent. Of a letter: {"subject", "text"}.
    body jsonb NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    -- What the other side said last: HTTP or SMTP status, and the error in words.
    status integer,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    attempted_at timestamptz,
    CHECK ((channel = 'webhook') = (webhook_id IS NOT NULL))
);
CREATE INDEX deliveries_webhook ON deliveries (webhook_id, created_at DESC);
CREATE INDEX deliveries_created ON deliveries (created_at);
