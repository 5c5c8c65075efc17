-- Runs with a model: who is asked, what it may cost, each call with what it cost, and what providers were seen to be able to do.
-- Money is in millionths of the currency unit that the settings name.

ALTER TABLE runs
    -- The provider's name in the settings and the model; null for a run by rules.
    ADD COLUMN provider text,
    ADD COLUMN model text,
    -- Language of what is written: sv or en.
    ADD COLUMN language text,
    -- What the calls of the run may cost together; null is no limit of its own.
    ADD COLUMN budget bigint CHECK (budget >= 0),
    -- Name of a shipped template; null for a saved one.
    ADD COLUMN template_key text;

-- What is spent and set aside, by what is limited: 'month:2026-11', 'run:<id>'. Always the sum of the calls' costs.
CREATE TABLE model_spending (
    name text PRIMARY KEY,
    spent bigint NOT NULL DEFAULT 0 CHECK (spent >= 0)
);

-- Every call. A row is written before its call with what is set aside as its cost, so a call whose worker died counts with that.
CREATE TABLE model_calls (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- What the money is kept for: 'run:<id>', 'probe', ...
    purpose text NOT NULL,
    month text NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    -- What it was about, such as a company's number.
    subject text,
    prompt_version text,
    dossier_sha256 text,
    structure text,
    input_tokens bigint,
    output_tokens bigint,
    reserved bigint NOT NULL CHECK (reserved >= 0),
    cost bigint NOT NULL CHECK (cost >= 0),
    -- Whether cost rests on what was set aside.
    is_estimated boolean NOT NULL DEFAULT true,
    latency_ms bigint,
    finish_reason text,
    status integer,
    -- As llm::Outcome; null while it runs, or when its worker died.
    outcome text,
    -- What was sent and what came, in the artifact store.
    prompt_sha256 text,
    answer_sha256 text,
    begun_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    ended_at timestamptz
);
CREATE INDEX model_calls_purpose ON model_calls (purpose, subject, id);
CREATE INDEX model_calls_begun ON model_calls (begun_at);
-- An answer that is there is not asked for again.
CREATE INDEX model_calls_answered ON model_calls (purpose, dossier_sha256, prompt_version) WHERE outcome = 'answered';
-- Who names an object of the artifact store.
CREATE INDEX model_calls_prompt ON model_calls (prompt_sha256);
CREATE INDEX model_calls_answer ON model_calls (answer_sha256);
CREATE INDEX model_calls_dossier ON model_calls (dossier_sha256);

-- What a provider was seen to be able to do; a row for another address or model than the settings' says nothing.
CREATE TABLE model_providers (
    name text PRIMARY KEY,
    base_url text NOT NULL,
    model text NOT NULL,
    -- As llm::Abilities; null where it could not be asked.
    abilities jsonb,
    error text,
    probed_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO schema_requirements VALUES (171, 170);
