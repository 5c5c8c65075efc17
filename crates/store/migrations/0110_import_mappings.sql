-- How the columns of tables are called, kept by name so that the next table of the same program is read in the same way. Shared by
-- everyone who may import.

CREATE TABLE import_mappings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    kind text NOT NULL CHECK (kind IN ('accounts', 'companies')),
    -- As docs/import-mapping.md describes it.
    mapping text NOT NULL CHECK (length(mapping) <= 200000),
    version integer NOT NULL DEFAULT 1,
    saved_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX import_mappings_name ON import_mappings (kind, lower(name));
