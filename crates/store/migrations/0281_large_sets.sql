-- What it costs to put tens of thousands of companies into a list, a label or the exclusions, and to tell it on their pages.

-- A look-up and a lock per company for the reference to the list took a third of the time. Whoever writes items locks the list's row
-- first, so that it cannot go meanwhile; items of a list that is deleted permanently go with it, by these triggers.
ALTER TABLE list_items DROP CONSTRAINT IF EXISTS list_items_list_id_fkey;
ALTER TABLE label_items DROP CONSTRAINT IF EXISTS label_items_label_id_fkey;

CREATE FUNCTION delete_items_of_lists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM list_items USING gone WHERE list_items.list_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER lists_items_deleted AFTER DELETE ON lists
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION delete_items_of_lists();

CREATE FUNCTION delete_items_of_labels() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM label_items USING gone WHERE label_items.label_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER labels_items_deleted AFTER DELETE ON labels
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION delete_items_of_labels();

-- The companies of an event that is about very many, as a set: a row holds those of its companies whose numbers differ in the last
-- sixteen bits alone. Events about few companies stay in activity_companies. A program of an earlier level shows events of
-- before and of few companies until it is replaced; nothing is lost.
CREATE TABLE activity_blocks (
    -- The number without its last sixteen bits.
    block integer NOT NULL,
    event_id bigint NOT NULL,
    -- The last sixteen bits less 32768, ascending.
    members smallint[] NOT NULL,
    PRIMARY KEY (block, event_id)
);

-- Numbers compress fast or not at all: the slow method took longer than everything else that is done with a row of 50 000.
DO $$
DECLARE
    counted record;
BEGIN
    FOR counted IN SELECT * FROM (VALUES ('membership_changes', 'orgnrs'), ('membership_changes', 'added_by'),
        ('membership_changes', 'added_at'), ('screen_snapshots', 'orgnrs')) AS t (of_table, of_column)
    LOOP
        BEGIN
            EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET COMPRESSION lz4', counted.of_table, counted.of_column);
        EXCEPTION WHEN OTHERS THEN
            -- A Postgres that was built without it.
            EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET STORAGE EXTERNAL', counted.of_table, counted.of_column);
        END;
    END LOOP;
END $$;

INSERT INTO schema_requirements VALUES (281, 170);
