-- Transaction ids mean something on one server only, and only on one line of its history. The feed says which one its
-- ids belong to; a process that finds another server starts the feed anew (see store::change_feed::recognise).
ALTER TABLE change_feed_state
    -- Null until a process has looked.
    ADD COLUMN system_identifier bigint,
    ADD COLUMN database_oid bigint,
    ADD COLUMN timeline bigint,
    -- Rises with every new start of the feed. Versions of the data are made of it and a transaction id, so that a version
    -- is never given twice although ids start over.
    ADD COLUMN epoch integer NOT NULL DEFAULT 0;

-- The server that answers: a restored dump has another identifier or database, a promoted standby another timeline.
CREATE VIEW server_incarnation AS
SELECT (SELECT system_identifier FROM pg_control_system()) AS system_identifier,
       (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database_oid,
       CASE WHEN pg_is_in_recovery() THEN NULL
            ELSE ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint END AS timeline;

CREATE FUNCTION change_feed_epoch() RETURNS integer LANGUAGE sql STABLE
    RETURN (SELECT epoch FROM change_feed_state);

-- Snapshots of the database and the history that is compared with them hold transaction ids too: those of an earlier
-- epoch came before all of a later one, whatever their numbers.
ALTER TABLE screen_snapshots ADD COLUMN epoch integer NOT NULL DEFAULT 0;
ALTER TABLE screen_snapshots ALTER COLUMN epoch SET DEFAULT change_feed_epoch();
ALTER TABLE company_facts_history ADD COLUMN epoch integer NOT NULL DEFAULT 0;
ALTER TABLE company_facts_history ALTER COLUMN epoch SET DEFAULT change_feed_epoch();

-- How far a comparison of an index with Postgres came: a process answers at once that it compares, and later what it found.
ALTER TABLE index_checks
    ADD COLUMN is_running boolean NOT NULL DEFAULT false,
    -- Why not everything was compared; null when it was.
    ADD COLUMN problem text;
