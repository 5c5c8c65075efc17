-- The audit log: who did what, when and from where. Rows are written in the transaction of what they tell about, and
-- sealed into a chain of hashes soon after, so that a row that is changed, removed or put in later is found.

CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    -- No foreign key: what a person did stays when the person goes.
    actor uuid,
    action text NOT NULL,
    subject text,
    orgnr bigint,
    detail jsonb NOT NULL DEFAULT '{}',
    address text,
    request_id text,
    -- Place in the chain, from 1; null until the row is sealed.
    position bigint UNIQUE,
    previous_hash bytea,
    hash bytea,
    CHECK ((position IS NULL) = (hash IS NULL) AND (position IS NULL) = (previous_hash IS NULL))
);
CREATE INDEX audit_log_unsealed ON audit_log (id) WHERE position IS NULL;
CREATE INDEX audit_log_at ON audit_log (at DESC, id DESC);
CREATE INDEX audit_log_actor ON audit_log (actor, id DESC);
CREATE INDEX audit_log_orgnr ON audit_log (orgnr, id DESC) WHERE orgnr IS NOT NULL;

-- The end of the chain, so that rows cut off there are missed too. Its row is also the lock of whoever seals.
CREATE TABLE audit_chain_end (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    position bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO audit_chain_end (position, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Against accident and ordinary SQL. Whoever owns the database can take the trigger away; the chain then tells.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
        AND (NEW.id, NEW.at, NEW.actor, NEW.action, NEW.subject, NEW.orgnr, NEW.detail, NEW.address, NEW.request_id)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.at, OLD.actor, OLD.action, OLD.subject, OLD.orgnr, OLD.detail, OLD.address, OLD.request_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log is only ever added to';
END $$;
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
