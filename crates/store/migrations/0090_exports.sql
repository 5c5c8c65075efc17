-- Files that people asked for and that a job writes: which companies, how far the job is, and where the file is.

CREATE TABLE exports (
    id uuid PRIMARY KEY,
    -- Nobody else sees it.
    owner_id uuid NOT NULL REFERENCES users,
    what text NOT NULL CHECK (what IN ('screen', 'list', 'prospects')),
    format text NOT NULL CHECK (format IN ('csv', 'xlsx')),
    -- As actions::exports::Settings writes it: filter with its lists by id, order, columns, language.
    settings jsonb NOT NULL,
    -- The same for people: the filter as it was asked for, or the name of the list.
    title text NOT NULL,
    -- The newest job that writes it. Where the job stands and how far it has come is said in `jobs` alone, so that the two never
    -- disagree. No reference: finished jobs are removed before the rows here are.
    job_id bigint NOT NULL,
    -- Companies as they were counted when the file was asked for; null when nobody could count yet.
    rows_expected bigint,
    -- The hash stands here before the artifact store has the file, so that a file whose job died is found and removed.
    sha256 text,
    -- Known once the file is written.
    file_name text,
    bytes bigint,
    rows_written bigint,
    data_version text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    -- From then on the file is gone; the row stays a while to say so.
    expires_at timestamptz,
    CHECK (finished_at IS NULL
        OR (file_name IS NOT NULL AND bytes IS NOT NULL AND rows_written IS NOT NULL AND expires_at IS NOT NULL))
);
CREATE INDEX exports_owner ON exports (owner_id, created_at DESC, id);
CREATE INDEX exports_sha256 ON exports (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX exports_kept ON exports ((coalesce(expires_at, created_at)));
