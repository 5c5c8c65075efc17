-- What was last done to the installation from outside, so that its metrics and status can tell: the last backup.
CREATE TABLE maintenance_facts (
    name   text PRIMARY KEY,
    at     timestamptz NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
);

-- Nothing that an older program knows changes.
INSERT INTO schema_requirements VALUES (201, 170);
