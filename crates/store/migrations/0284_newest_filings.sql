-- The newest filings of all, so that those of companies that somebody cares about are found by walking a few of them.
CREATE INDEX IF NOT EXISTS filings_imported ON filings (imported_at DESC, id);

INSERT INTO schema_requirements VALUES (284, 170);
