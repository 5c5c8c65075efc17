-- What processes found when they compared their screening index with Postgres.
CREATE TABLE index_checks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Host and process.
    process text NOT NULL,
    checked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    data_version text,
    companies bigint NOT NULL,
    -- One sentence each; none when all is well.
    differences text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX index_checks_at ON index_checks (checked_at);
