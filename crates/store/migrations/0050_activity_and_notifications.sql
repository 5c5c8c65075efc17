-- What people did with a company, and what a person is told.

-- One row per thing that was done, however many companies it touched.
CREATE TABLE activity_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Null: the program itself, or somebody whose account is gone.
    actor_id uuid REFERENCES users ON DELETE SET NULL,
    -- noun.verb, such as list.added or prospect.moved.
    kind text NOT NULL,
    -- Seen by the actor alone, because the object it is about is private.
    is_private boolean NOT NULL DEFAULT false,
    detail jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX activity_events_actor ON activity_events (actor_id, id DESC);

-- No reference to companies: a lookup per row would double the price of logging thousands, and the log outlives a company.
CREATE TABLE activity_companies (
    orgnr bigint NOT NULL,
    event_id bigint NOT NULL REFERENCES activity_events ON DELETE CASCADE,
    PRIMARY KEY (orgnr, event_id)
);
CREATE INDEX activity_companies_event ON activity_companies (event_id);

CREATE TABLE notifications (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    -- mention, assigned, screen_changed, …
    kind text NOT NULL,
    actor_id uuid REFERENCES users ON DELETE SET NULL,
    orgnr bigint,
    -- What it is about, such as note:<id>.
    subject text,
    detail jsonb NOT NULL DEFAULT '{}',
    -- Set where the sender may run twice: the second message is dropped.
    unique_key text,
    created_at timestamptz NOT NULL DEFAULT now(),
    read_at timestamptz
);
CREATE INDEX notifications_user ON notifications (user_id, id DESC);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;
CREATE UNIQUE INDEX notifications_once ON notifications (user_id, unique_key) WHERE unique_key IS NOT NULL;
