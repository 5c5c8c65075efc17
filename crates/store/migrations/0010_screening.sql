-- Typo-tolerant words for screens answered by SQL, frozen screens, and what companies' facts were before they changed.

-- The least number of typos (a letter more, less, other, or two neighbours swapped) that turn `wanted` into some start of
-- `word`; at most `allowed` letters beyond its length are looked at. The same as domain::filter::fold::prefix_distance.
CREATE FUNCTION lode_prefix_distance(wanted text, word text, allowed integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    size integer := char_length(wanted);
    above integer[] := ARRAY(SELECT generate_series(0, size));
    before integer[] := above;
    line integer[];
    best integer := size;
    cost integer;
    letter text;
    previous text := '';
BEGIN
    FOR i IN 1 .. least(char_length(word), size + allowed) LOOP
        letter := substr(word, i, 1);
        line := ARRAY[i];
        FOR j IN 1 .. size LOOP
            cost := least(above[j] + (substr(wanted, j, 1) <> letter)::integer, above[j + 1] + 1, line[j] + 1);
            IF i > 1 AND j > 1 AND substr(wanted, j, 1) = previous AND substr(wanted, j - 1, 1) = letter THEN
                cost := least(cost, before[j - 1] + 1);
            END IF;
            line := line || cost;
        END LOOP;
        best := least(best, line[size + 1]);
        before := above;
        above := line;
        previous := letter;
    END LOOP;
    RETURN best;
END $$;

-- Whether every wanted word stands in the folded text as the start of a word, one typo allowed per five letters, at most
-- two. The same as domain::filter::fold::fuzzy.
CREATE FUNCTION lode_fuzzy(folded text, wanted text[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    separators CONSTANT text := E'\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f !"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~';
    words text[] := string_to_array(translate(folded, separators, repeat(' ', char_length(separators))), ' ');
    word text;
    want text;
    allowed integer;
    found boolean;
BEGIN
    IF cardinality(wanted) = 0 THEN
        RETURN false;
    END IF;
    FOREACH want IN ARRAY wanted LOOP
        allowed := least(char_length(want) / 5, 2);
        found := false;
        FOREACH word IN ARRAY words LOOP
            IF word <> '' AND (starts_with(word, want)
                OR allowed > 0 AND char_length(word) >= char_length(want) - allowed
                    AND lode_prefix_distance(want, word, allowed) <= allowed) THEN
                found := true;
                EXIT;
            END IF;
        END LOOP;
        IF NOT found THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END $$;

CREATE TABLE screen_snapshots (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text,
    -- The filter in its canonical text and JSON forms.
    filter_text text NOT NULL,
    filter jsonb NOT NULL,
    data_version text NOT NULL,
    -- What the database looked like: every later change is told from an earlier one by it.
    seen pg_snapshot NOT NULL,
    -- Ascending.
    orgnrs bigint[] NOT NULL,
    company_count bigint NOT NULL,
    -- SHA-256 over the filter text, a newline, and the numbers, one per line.
    hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX screen_snapshots_created ON screen_snapshots (created_at DESC);

-- Written only while a snapshot exists: the columns that changed with their former values, null for a company that had no
-- row. The former value of a column is that of the earliest entry after the snapshot that names it.
CREATE TABLE company_facts_history (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    orgnr bigint NOT NULL,
    was jsonb,
    noted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX company_facts_history_orgnr ON company_facts_history (orgnr, seq);

CREATE FUNCTION note_former_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM screen_snapshots) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO company_facts_history (orgnr, was) SELECT orgnr, NULL FROM new_rows;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO company_facts_history (orgnr, was) SELECT orgnr, to_jsonb(o) - 'orgnr' FROM old_rows AS o;
    ELSE
        INSERT INTO company_facts_history (orgnr, was)
        SELECT o.orgnr,
               (SELECT jsonb_object_agg(former.key, former.value)
                FROM jsonb_each(to_jsonb(o)) AS former JOIN jsonb_each(to_jsonb(n)) AS present USING (key)
                WHERE former.value IS DISTINCT FROM present.value)
        FROM old_rows AS o JOIN new_rows AS n USING (orgnr)
        WHERE o.* IS DISTINCT FROM n.*;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER company_facts_inserted AFTER INSERT ON company_facts
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_former_facts();
CREATE TRIGGER company_facts_updated AFTER UPDATE ON company_facts
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_former_facts();
CREATE TRIGGER company_facts_deleted AFTER DELETE ON company_facts
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_former_facts();
