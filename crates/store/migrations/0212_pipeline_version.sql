-- How often the companies of the pipeline have changed, so that screens that name it need not read them each time. Rows are only
-- added, in the transaction of the change, and summed up later (store::kept_counts::compact).
CREATE FUNCTION keep_pipeline_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kept_counts (subject, key, rows) VALUES ('pipeline', 'version', 1);
    RETURN NULL;
END $$;
CREATE TRIGGER prospects_membership_changed
    AFTER INSERT OR DELETE OR UPDATE OF orgnr, scope, stage, created_by, removed_at ON prospects
    FOR EACH STATEMENT EXECUTE FUNCTION keep_pipeline_version();

INSERT INTO schema_requirements VALUES (212, 170);
