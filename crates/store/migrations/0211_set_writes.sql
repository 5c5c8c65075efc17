-- Thousands of companies go into a set in one statement, which takes its members from the tables that it refers to. A look-up and
-- a lock per row and reference doubled its price, and nothing removes what is referred to: companies, people and activity events
-- are never deleted. The reference of a list's or label's items to their list or label stays, because those are.
ALTER TABLE list_items DROP CONSTRAINT IF EXISTS list_items_orgnr_fkey, DROP CONSTRAINT IF EXISTS list_items_added_by_fkey;
ALTER TABLE label_items DROP CONSTRAINT IF EXISTS label_items_orgnr_fkey, DROP CONSTRAINT IF EXISTS label_items_added_by_fkey;
ALTER TABLE exclusions DROP CONSTRAINT IF EXISTS exclusions_orgnr_fkey, DROP CONSTRAINT IF EXISTS exclusions_added_by_fkey;
ALTER TABLE activity_companies DROP CONSTRAINT IF EXISTS activity_companies_event_id_fkey;

-- A note touches the company's prospects, whoever sees them. People's own work: small tables, built at once.
CREATE INDEX prospects_orgnr ON prospects (orgnr);
-- The different actions of the log, one step of the index each.
CREATE INDEX audit_log_action ON audit_log (action);

INSERT INTO schema_requirements VALUES (211, 170);
