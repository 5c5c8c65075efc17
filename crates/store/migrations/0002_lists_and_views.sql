-- What people keep: views (a screen with its columns) and lists of companies, private or shared with the team.

CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL,
    display_name text NOT NULL,
    role text NOT NULL CHECK (role IN ('viewer', 'analyst', 'partner', 'admin')),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX users_email ON users (lower(email));
-- Whoever reaches an installation that asks for no sign-in acts as this user.
INSERT INTO users (id, email, display_name, role)
VALUES ('00000000-0000-4000-8000-000000000001', 'owner@lode.invalid', 'Local owner', 'admin');

CREATE TABLE views (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    scope text NOT NULL CHECK (scope IN ('private', 'team')),
    owner_id uuid NOT NULL REFERENCES users,
    -- The filter tree (its JSON form), the columns in order, the sort keys: as the web app wrote them, filters checked.
    filter jsonb NOT NULL DEFAULT '{"all": []}',
    columns jsonb NOT NULL DEFAULT '[]',
    sort jsonb NOT NULL DEFAULT '[]',
    unit text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX views_owner ON views (owner_id);

CREATE TABLE lists (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    description text,
    scope text NOT NULL CHECK (scope IN ('private', 'team')),
    owner_id uuid NOT NULL REFERENCES users,
    -- The screen that the list was made from, where it was.
    filter jsonb,
    source_view_id uuid REFERENCES views ON DELETE SET NULL,
    -- Kept by the statements that change items, in their transaction, so that a page of lists needs no counting.
    item_count integer NOT NULL DEFAULT 0,
    -- Counts every change of membership: a screening index that caches the list compares it.
    membership_version bigint NOT NULL DEFAULT 1,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX lists_owner ON lists (owner_id);

CREATE TABLE list_items (
    list_id uuid NOT NULL REFERENCES lists ON DELETE CASCADE,
    orgnr bigint NOT NULL REFERENCES companies,
    added_by uuid REFERENCES users ON DELETE SET NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (list_id, orgnr)
);
CREATE INDEX list_items_orgnr ON list_items (orgnr);
