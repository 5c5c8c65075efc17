-- What a filing needs beside its figures to tell which of several versions of a year is shown.

-- Every import asserts the documents that it holds. Among documents that no date puts in order, such as rows of tables, the
-- one that was asserted last is heard first, so that a correction which is taken back is taken back.
CREATE SEQUENCE filing_assertions AS bigint;

ALTER TABLE filings
    -- Null for what was imported before numbers were kept: ordered by imported_at and id, before every number.
    ADD COLUMN assertion bigint,
    -- Whose statements are in it: company, group or both; null where that was not noted.
    ADD COLUMN scope text,
    -- What known_on is: registered, archive, document, deadline or imported; null where that was not noted.
    ADD COLUMN known_by text;

-- A release that does not know the column asserts what it inserts all the same.
ALTER TABLE filings ALTER COLUMN assertion SET DEFAULT nextval('filing_assertions');

COMMENT ON VIEW current_financials IS
    'One whole filing per period, as releases before versions were merged line by line show it; kept for those.';
