-- The pipeline: stages, one prospect per company, how long each stood where, and notes with their earlier texts.

-- One row, locked by whoever changes the stages and shared by whoever moves a prospect, so that nobody moves into a stage
-- that is going away.
CREATE TABLE pipeline (
    is_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_only_row),
    version integer NOT NULL DEFAULT 1
);
INSERT INTO pipeline DEFAULT VALUES;

CREATE TABLE prospect_stages (
    key text PRIMARY KEY CHECK (key ~ '^[a-z0-9_]{1,60}$'),
    -- Null: the name that the web app has for the key.
    name text CHECK (length(name) BETWEEN 1 AND 60),
    position integer NOT NULL,
    -- open: being worked. closed: ended by the other side or done. passed: we said no, with a reason.
    outcome text NOT NULL CHECK (outcome IN ('open', 'closed', 'passed')),
    -- A prospect that nobody touched for longer is stale; null for never.
    stale_after_days integer CHECK (stale_after_days BETWEEN 1 AND 3650),
    retired_at timestamptz
);
INSERT INTO prospect_stages (key, position, outcome, stale_after_days) VALUES
    ('new', 0, 'open', 14),
    ('researching', 1, 'open', 14),
    ('contacted', 2, 'open', 14),
    ('in_discussion', 3, 'open', 21),
    ('meeting_scheduled', 4, 'open', 21),
    ('interested', 5, 'open', 30),
    ('deal_in_progress', 6, 'open', 30),
    ('not_interested', 7, 'closed', NULL),
    ('passed', 8, 'passed', NULL);

CREATE TABLE prospects (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    orgnr bigint NOT NULL REFERENCES companies,
    scope text NOT NULL DEFAULT 'team' CHECK (scope IN ('private', 'team')),
    stage text NOT NULL REFERENCES prospect_stages,
    stage_since timestamptz NOT NULL DEFAULT now(),
    owner_id uuid REFERENCES users ON DELETE SET NULL,
    next_action text CHECK (length(next_action) BETWEEN 1 AND 500),
    next_action_on date,
    last_contact_on date,
    -- Whole SEK.
    value_sek bigint CHECK (value_sek >= 0),
    pass_reason text,
    pass_note text CHECK (length(pass_note) BETWEEN 1 AND 2000),
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_by uuid REFERENCES users ON DELETE SET NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- The last change or note by anybody: staleness counts from here.
    touched_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    -- Taken out of the pipeline; comes back with its history when it is added again.
    removed_at timestamptz
);
-- One prospect per company: the team's, and each person's own.
CREATE UNIQUE INDEX prospects_team ON prospects (orgnr) WHERE scope = 'team';
CREATE UNIQUE INDEX prospects_private ON prospects (created_by, orgnr) WHERE scope = 'private';
CREATE INDEX prospects_stage ON prospects (stage) WHERE removed_at IS NULL;
CREATE INDEX prospects_owner ON prospects (owner_id, next_action_on) WHERE removed_at IS NULL;
CREATE INDEX prospects_due ON prospects (next_action_on) WHERE removed_at IS NULL;

CREATE TABLE prospect_moves (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    prospect_id uuid NOT NULL REFERENCES prospects ON DELETE CASCADE,
    stage text NOT NULL REFERENCES prospect_stages,
    entered_at timestamptz NOT NULL DEFAULT now(),
    left_at timestamptz,
    moved_by uuid REFERENCES users ON DELETE SET NULL,
    pass_reason text,
    pass_note text
);
CREATE INDEX prospect_moves_prospect ON prospect_moves (prospect_id, id);
CREATE UNIQUE INDEX prospect_moves_present ON prospect_moves (prospect_id) WHERE left_at IS NULL;

CREATE TABLE notes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    orgnr bigint NOT NULL REFERENCES companies,
    scope text NOT NULL DEFAULT 'team' CHECK (scope IN ('private', 'team')),
    kind text NOT NULL DEFAULT 'note' CHECK (kind IN ('note', 'call', 'email', 'meeting')),
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 20000),
    -- Null: an account that is gone.
    author_id uuid REFERENCES users ON DELETE SET NULL,
    mentions uuid[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz
);
CREATE INDEX notes_company ON notes (orgnr, created_at DESC);
CREATE INDEX notes_author ON notes (author_id);

-- The texts that a note had before.
CREATE TABLE note_revisions (
    note_id uuid NOT NULL REFERENCES notes ON DELETE CASCADE,
    version integer NOT NULL,
    body text NOT NULL,
    kind text NOT NULL,
    -- Who replaced this text, and when.
    replaced_by uuid REFERENCES users ON DELETE SET NULL,
    replaced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (note_id, version)
);
