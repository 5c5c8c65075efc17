-- What people work on together tells on the channel lode_live that it has changed, when the change commits: whoever shows it
-- asks anew. The payload is the topic, and for what is one person's alone their id after a space. The database tells, not the
-- programs, so that no writer can forget to: a job, a command and another replica are heard alike.
--
-- Statements that changed no row say nothing; one transaction says the same thing once.
CREATE FUNCTION tell_live_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_NARGS = 1 THEN
        IF EXISTS (SELECT FROM changed) THEN
            PERFORM pg_notify('lode_live', TG_ARGV[0]);
        END IF;
    ELSE
        EXECUTE format(
            'SELECT pg_notify(''lode_live'', $1 || '' '' || person)
             FROM (SELECT DISTINCT %1$I AS person FROM changed WHERE %1$I IS NOT NULL) people', TG_ARGV[1])
        USING TG_ARGV[0];
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    told record;
    arguments text;
BEGIN
    FOR told IN SELECT * FROM (VALUES
        ('prospects', 'prospects', NULL),
        ('prospect_stages', 'prospects', NULL),
        ('notes', 'notes', NULL),
        ('lists', 'lists', NULL),
        ('list_items', 'lists', NULL),
        ('labels', 'labels', NULL),
        ('label_items', 'labels', NULL),
        ('exclusions', 'exclusions', NULL),
        ('views', 'views', NULL),
        ('monitors', 'monitors', NULL),
        ('monitor_changes', 'monitors', NULL),
        ('runs', 'runs', NULL),
        ('run_items', 'runs', NULL),
        ('analyses', 'runs', NULL),
        ('analysis_templates', 'templates', NULL),
        ('imports', 'imports', NULL),
        ('notifications', 'notifications', 'user_id')
    ) AS t (of_table, topic, person)
    LOOP
        arguments := quote_literal(told.topic) || coalesce(', ' || quote_literal(told.person), '');
        -- A transition table belongs to one kind of statement, so each has its own trigger.
        EXECUTE format('CREATE TRIGGER live_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION tell_live_change(%s)', told.of_table, arguments);
        EXECUTE format('CREATE TRIGGER live_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION tell_live_change(%s)', told.of_table, arguments);
        EXECUTE format('CREATE TRIGGER live_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION tell_live_change(%s)', told.of_table, arguments);
    END LOOP;
END
$$;

-- Programs that do not listen are not affected.
INSERT INTO schema_requirements VALUES (221, 170);
