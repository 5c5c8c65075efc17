-- What is known of the search provider that finds candidates of companies' websites: one row for each address that was asked.
-- Every worker takes its questions of the day here, so that the limit holds for all of them together.
CREATE TABLE search_providers (
    place         text PRIMARY KEY,
    day           date NOT NULL,
    asked         integer NOT NULL CHECK (asked >= 0),
    -- It asked to be left alone until then (429).
    resting_until timestamptz,
    -- When an answer, or the lack of one, was last seen; the problem is null where it answered.
    seen_at       timestamptz,
    problem       text
);

INSERT INTO schema_requirements VALUES (305, 170);
