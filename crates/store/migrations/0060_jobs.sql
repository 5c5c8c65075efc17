-- Work outside requests: jobs, the state of their queues, the workers that are alive, and schedules.

CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue text NOT NULL,
    -- Stable name of the kind; it decides which handler runs the job.
    kind text NOT NULL,
    -- Identities and settings, never the data itself.
    payload jsonb NOT NULL,
    -- Among unfinished jobs a kind has each key once.
    unique_key text,
    -- What it is about, for people and logs: company:5560000001, list:<id>, import:<id>.
    subject text,
    -- 1 before 2 before 3, within a queue.
    priority smallint NOT NULL DEFAULT 2 CHECK (priority BETWEEN 1 AND 3),
    -- available: may run now. scheduled: waits for run_at. retryable: failed and waits for run_at. running: a worker holds
    -- its lease. completed. cancelled: by a person. discarded: dead, out of attempts or failed for good.
    state text NOT NULL DEFAULT 'available'
        CHECK (state IN ('available', 'scheduled', 'retryable', 'running', 'completed', 'cancelled', 'discarded')),
    run_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- How often it was started. Together with the id it names one run: who no longer has the newest may not settle it.
    attempt integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL CHECK (max_attempts >= 1),
    -- One object per failed attempt, oldest first: attempt, at, kind, reason, worker, duration_ms.
    errors jsonb NOT NULL DEFAULT '[]',
    -- When it was handed to Redis; null while it was not.
    published_at timestamptz,
    worker uuid,
    lease_until timestamptz,
    cancel_requested_at timestamptz,
    progress_done bigint,
    progress_total bigint,
    progress_note text,
    -- What it left behind for whoever asked, e.g. where the file is.
    result jsonb,
    -- The request or job that asked for it.
    trace_id text,
    requested_by uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

CREATE UNIQUE INDEX jobs_unique ON jobs (kind, unique_key)
    WHERE unique_key IS NOT NULL AND state IN ('available', 'scheduled', 'retryable', 'running');
CREATE INDEX jobs_waiting ON jobs (queue, priority, run_at, id) WHERE state IN ('available', 'scheduled', 'retryable');
CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_running_kind ON jobs (kind) WHERE state = 'running';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE state IN ('completed', 'cancelled', 'discarded');
CREATE INDEX jobs_dead ON jobs (queue, finished_at DESC) WHERE state = 'discarded';
CREATE INDEX jobs_subject ON jobs (subject, id DESC) WHERE subject IS NOT NULL;
CREATE INDEX jobs_kind ON jobs (kind, id DESC);

-- A queue that somebody paused: nothing of it is started until it is resumed.
CREATE TABLE job_pauses (
    queue text PRIMARY KEY,
    paused_at timestamptz NOT NULL DEFAULT now(),
    paused_by uuid
);

-- Processes that run jobs. One that was killed stops being seen.
CREATE TABLE job_workers (
    id uuid PRIMARY KEY,
    -- Host and process, for people.
    name text NOT NULL,
    version text NOT NULL,
    queues text[] NOT NULL,
    concurrency integer NOT NULL,
    running integer NOT NULL DEFAULT 0,
    dispatch text NOT NULL,
    is_stopping boolean NOT NULL DEFAULT false,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now()
);

-- The newest tick of each schedule that was enqueued; a tick is taken once by whoever moves this on.
CREATE TABLE job_schedules (
    name text PRIMARY KEY,
    last_tick timestamptz NOT NULL,
    job_id bigint
);

-- What test jobs (kind run_probe) left behind: proof that workers work, each effect once.
CREATE TABLE job_probes (
    batch uuid NOT NULL,
    number integer NOT NULL,
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    started_at timestamptz NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX job_probes_batch ON job_probes (batch, number);
