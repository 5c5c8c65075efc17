-- Lists that follow the data, archived and deleted ones, notes on their companies; labels; companies that screens hide;
-- and what each change of membership did, so that it can be taken back.

ALTER TABLE lists
    -- 'static': the companies in list_items. 'dynamic': whatever passes `filter` when it is asked.
    ADD COLUMN kind text NOT NULL DEFAULT 'static' CHECK (kind IN ('static', 'dynamic')),
    ADD COLUMN archived_at timestamptz,
    -- Deleted lists can be brought back for a while.
    ADD COLUMN deleted_at timestamptz,
    ADD CONSTRAINT lists_dynamic_filter CHECK (kind = 'static' OR filter IS NOT NULL);
CREATE INDEX lists_deleted ON lists (deleted_at) WHERE deleted_at IS NOT NULL;

ALTER TABLE list_items
    -- Why the company is on the list.
    ADD COLUMN note text CHECK (length(note) BETWEEN 1 AND 4000);

ALTER TABLE views ADD COLUMN deleted_at timestamptz;
CREATE INDEX views_deleted ON views (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE labels (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    -- The name of a colour that the web app draws in both themes; the text carries the meaning.
    color text NOT NULL CHECK (color IN ('grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple')),
    scope text NOT NULL CHECK (scope IN ('private', 'team')),
    owner_id uuid NOT NULL REFERENCES users,
    item_count integer NOT NULL DEFAULT 0,
    membership_version bigint NOT NULL DEFAULT 1,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
CREATE UNIQUE INDEX labels_team_name ON labels (lower(name)) WHERE scope = 'team' AND deleted_at IS NULL;
CREATE UNIQUE INDEX labels_own_name ON labels (owner_id, lower(name)) WHERE scope = 'private' AND deleted_at IS NULL;

CREATE TABLE label_items (
    label_id uuid NOT NULL REFERENCES labels ON DELETE CASCADE,
    orgnr bigint NOT NULL REFERENCES companies,
    added_by uuid REFERENCES users ON DELETE SET NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (label_id, orgnr)
);
CREATE INDEX label_items_orgnr ON label_items (orgnr);

-- Companies that every screen leaves out unless it is asked not to.
CREATE TABLE exclusions (
    orgnr bigint PRIMARY KEY REFERENCES companies,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    added_by uuid REFERENCES users ON DELETE SET NULL,
    added_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX exclusions_added ON exclusions (added_at DESC, orgnr);

-- One row, changed with every change of the exclusions: whoever caches them compares it.
CREATE TABLE exclusions_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version bigint NOT NULL DEFAULT 1,
    item_count integer NOT NULL DEFAULT 0
);
INSERT INTO exclusions_version DEFAULT VALUES;

-- What one request did to the members of a list, a label or the exclusions: enough to take it back exactly.
CREATE TABLE membership_changes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('list', 'label', 'exclusion')),
    -- The list or the label; null for the exclusions.
    subject uuid,
    actor uuid REFERENCES users ON DELETE SET NULL,
    direction text NOT NULL CHECK (direction IN ('added', 'removed')),
    orgnrs bigint[] NOT NULL,
    -- Of removed members, in the order of orgnrs, so that they come back as they were; empty when they were added.
    added_by uuid[] NOT NULL DEFAULT '{}',
    added_at timestamptz[] NOT NULL DEFAULT '{}',
    -- The note on a list, the reason of an exclusion.
    notes text[] NOT NULL DEFAULT '{}',
    made_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
);
CREATE INDEX membership_changes_subject ON membership_changes (subject, made_at DESC);
CREATE INDEX membership_changes_made ON membership_changes (made_at);
