-- no-transaction
-- The newest filings of companies that somebody cares about, without reading every filing of the last weeks.
CREATE INDEX CONCURRENTLY IF NOT EXISTS filings_company_imported ON filings (orgnr, imported_at DESC);
