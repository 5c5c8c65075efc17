-- The free text of a saved screen, and what the web app keeps of its address, stand in columns of their own. Before, the web app kept
-- both in `sort`, as {"q": …, "f": …, "sort": …, "cols": …, "dist": …}, alone or first in a list.
ALTER TABLE views
    ADD COLUMN free_text text,
    -- {"f", "sort", "cols", "dist"}, each a text; null for a view that another program made.
    ADD COLUMN interface jsonb;

-- What an older program keeps in `sort` is read from there, so that both may write at the same time.
CREATE FUNCTION read_view_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept jsonb := CASE jsonb_typeof(NEW.sort) WHEN 'array' THEN NEW.sort -> 0 ELSE NEW.sort END;
BEGIN
    IF jsonb_typeof(kept) = 'object' AND kept ?| ARRAY['q', 'f', 'sort', 'cols', 'dist'] THEN
        NEW.free_text := CASE jsonb_typeof(kept -> 'q') WHEN 'string' THEN nullif(btrim(kept ->> 'q'), '') END;
        SELECT jsonb_object_agg(key, value) INTO NEW.interface FROM jsonb_each(kept)
        WHERE key IN ('f', 'sort', 'cols', 'dist') AND jsonb_typeof(value) = 'string';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER views_state_inserted BEFORE INSERT ON views FOR EACH ROW EXECUTE FUNCTION read_view_state();
CREATE TRIGGER views_state_updated BEFORE UPDATE OF sort ON views FOR EACH ROW
    WHEN (NEW.sort IS DISTINCT FROM OLD.sort) EXECUTE FUNCTION read_view_state();

-- The views of before, read by the same rule.
CREATE TRIGGER views_state_moved BEFORE UPDATE ON views FOR EACH ROW EXECUTE FUNCTION read_view_state();
UPDATE views SET sort = sort;
DROP TRIGGER views_state_moved ON views;

INSERT INTO schema_requirements VALUES (232, 170);
