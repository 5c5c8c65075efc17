-- The scraper service: what it fetches, where it stands, and what waits to be taken over. A schema of its own, so that the
-- service can be given rights to it and to little else.
CREATE SCHEMA scraper;

CREATE TABLE scraper.sessions (
    id          uuid PRIMARY KEY,
    source      text NOT NULL CHECK (source IN ('bolagsverket_api', 'bulk_files', 'annual_reports', 'websites')),
    options     jsonb NOT NULL,
    phase       text NOT NULL DEFAULT 'fetch' CHECK (phase IN ('fetch', 'validate', 'promote')),
    state       text NOT NULL DEFAULT 'created' CHECK (state IN ('created', 'running', 'paused', 'done', 'failed', 'cancelled')),
    -- Whether every item is known; until then the listing goes on from `checkpoint`.
    is_planned  boolean NOT NULL DEFAULT false,
    checkpoint  jsonb NOT NULL DEFAULT '{}',
    report      jsonb NOT NULL DEFAULT '{}',
    error       text,
    requests    bigint NOT NULL DEFAULT 0,
    bytes       bigint NOT NULL DEFAULT 0,
    -- How many times a process took it up after another one had died.
    resumed     integer NOT NULL DEFAULT 0,
    lease       uuid,
    lease_until timestamptz,
    created_by  uuid,
    created_at  timestamptz NOT NULL DEFAULT now(),
    started_at  timestamptz,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX sessions_running ON scraper.sessions (updated_at) WHERE state = 'running';

CREATE TABLE scraper.items (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id  uuid NOT NULL REFERENCES scraper.sessions ON DELETE CASCADE,
    -- What is fetched: an organisation number, an address, the name of a file.
    key         text NOT NULL,
    options     jsonb NOT NULL DEFAULT '{}',
    state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
    attempts    integer NOT NULL DEFAULT 0,
    reason      text,
    due_at      timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    UNIQUE (session_id, key)
);
CREATE INDEX items_waiting ON scraper.items (session_id, due_at, id) WHERE state = 'waiting';

-- Where an item stands that takes several requests.
CREATE TABLE scraper.checkpoints (
    item_id    bigint PRIMARY KEY REFERENCES scraper.items ON DELETE CASCADE,
    data       jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE scraper.staged (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id   uuid NOT NULL REFERENCES scraper.sessions ON DELETE CASCADE,
    item_id      bigint NOT NULL REFERENCES scraper.items ON DELETE CASCADE,
    kind         text NOT NULL CHECK (kind IN ('organisation', 'package', 'register', 'scb', 'archive', 'page')),
    key          text NOT NULL,
    orgnr        bigint,
    file_name    text NOT NULL,
    sha256       text NOT NULL,
    bytes        bigint NOT NULL,
    detail       jsonb NOT NULL DEFAULT '{}',
    state        text NOT NULL DEFAULT 'staged' CHECK (state IN ('staged', 'valid', 'suspect', 'rejected', 'duplicate', 'promoted')),
    problems     jsonb NOT NULL DEFAULT '[]',
    staged_at    timestamptz NOT NULL DEFAULT now(),
    validated_at timestamptz,
    promoted_at  timestamptz,
    UNIQUE (session_id, kind, key)
);
CREATE INDEX staged_by_state ON scraper.staged (session_id, state, id);

-- When the next request to a source may be sent, over all processes and restarts.
CREATE TABLE scraper.budgets (
    name    text PRIMARY KEY,
    next_at timestamptz NOT NULL
);
