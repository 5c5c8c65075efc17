-- Which reader read a filed package, and what a later reader read otherwise.

-- Null: before versions were noted, or a source that no reader of packages reads.
ALTER TABLE filings ADD COLUMN reader_version integer;

-- One row per filing that was read again with another result.
CREATE TABLE filing_readings (
    filing_id uuid NOT NULL REFERENCES filings ON DELETE CASCADE,
    read_at timestamptz NOT NULL DEFAULT now(),
    reader_version integer NOT NULL,
    previous_version integer,
    -- [{period_end, scope, what, old, new}]: what was, and what is read now.
    changes jsonb NOT NULL,
    PRIMARY KEY (filing_id, read_at)
);
