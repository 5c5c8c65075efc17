-- What is learnt from companies' own websites, what the rules say of companies, and the runs that find it out.

ALTER TABLE company_facts ADD COLUMN enriched_on date;

-- Where a company's website is, and what proves that it is theirs.
CREATE TABLE homepages (
    orgnr bigint PRIMARY KEY REFERENCES companies ON DELETE CASCADE,
    -- verified: the page prints the company's number or address, or the register names it and it answers. unverified: a
    -- candidate answers but proves nothing; it is shown as such and never used. none: no candidate answers.
    status text NOT NULL CHECK (status IN ('verified', 'unverified', 'none')),
    url text,
    -- orgnr, address or register.
    proof text,
    -- The words that prove it, and the page they stand on.
    proof_quote text,
    proof_url text,
    -- What was tried: [{"url", "source", "outcome"}].
    candidates jsonb NOT NULL DEFAULT '[]',
    checked_at timestamptz NOT NULL,
    CHECK (status <> 'verified' OR (url IS NOT NULL AND proof IS NOT NULL))
);

-- Pages as they were read last; their texts are in the artifact store under their hash, older ones too.
CREATE TABLE web_pages (
    orgnr bigint NOT NULL REFERENCES companies ON DELETE CASCADE,
    url text NOT NULL,
    title text,
    language text,
    sha256 text NOT NULL,
    markers text[] NOT NULL DEFAULT '{}',
    etag text,
    last_modified text,
    -- When this text was read, and when the server last said that it still stands.
    fetched_at timestamptz NOT NULL,
    checked_at timestamptz NOT NULL,
    PRIMARY KEY (orgnr, url)
);
-- Hashes of the texts that were ever kept: what a quote of an older reading can be checked against.
CREATE TABLE page_texts (
    sha256 text PRIMARY KEY,
    kept_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE runs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('enrichment', 'analysis')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    owner_id uuid NOT NULL REFERENCES users,
    -- A run over a private list is private: its companies would tell what is on the list.
    scope text NOT NULL CHECK (scope IN ('private', 'team')),
    -- What is found out: kinds of enrichment, or rules_analysis.
    parts text[] NOT NULL CHECK (cardinality(parts) > 0),
    -- Also what is still fresh.
    is_forced boolean NOT NULL DEFAULT false,
    -- {"orgnrs": n}, {"list_id": id} or {"filter": tree}: where the companies came from.
    selection jsonb NOT NULL,
    template_id uuid,
    template_version integer,
    -- The template as it was, so that a run can be read when its template has changed.
    template jsonb,
    company_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    cancelled_at timestamptz,
    -- When the last part was settled, with the counts of then.
    finished_at timestamptz,
    counts jsonb
);
CREATE INDEX runs_created ON runs (created_at DESC);
CREATE INDEX runs_open ON runs (created_at) WHERE finished_at IS NULL;

CREATE TABLE run_items (
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    orgnr bigint NOT NULL REFERENCES companies,
    part text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'skipped', 'cancelled')),
    -- A stable word for why it failed or was skipped, and the story.
    reason text,
    detail text,
    job_id bigint,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, orgnr, part)
);
CREATE INDEX run_items_open ON run_items (run_id) WHERE state IN ('queued', 'running');
CREATE INDEX run_items_company ON run_items (orgnr);

-- What was found on a company's website, by kind: the newest.
CREATE TABLE enrichments (
    orgnr bigint NOT NULL REFERENCES companies ON DELETE CASCADE,
    kind text NOT NULL,
    -- As domain::website writes it; every passage carries its page, the page's hash and time.
    data jsonb NOT NULL,
    -- rules, or the name of a model.
    method text NOT NULL,
    method_version integer NOT NULL,
    run_id uuid REFERENCES runs ON DELETE SET NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (orgnr, kind)
);

CREATE TABLE analysis_templates (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    version integer NOT NULL CHECK (version >= 1),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    body jsonb NOT NULL,
    made_by uuid REFERENCES users,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, version)
);

-- What an analysis run says about a company.
CREATE TABLE analyses (
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    orgnr bigint NOT NULL REFERENCES companies ON DELETE CASCADE,
    -- As domain::analysis writes it, each figure with the filing it came from.
    result jsonb NOT NULL,
    points smallint CHECK (points BETWEEN 0 AND 100),
    method text NOT NULL,
    made_at timestamptz NOT NULL,
    verdict text CHECK (verdict IN ('approved', 'rejected')),
    verdict_by uuid REFERENCES users,
    verdict_at timestamptz,
    PRIMARY KEY (run_id, orgnr)
);
CREATE INDEX analyses_company ON analyses (orgnr, made_at DESC);
CREATE INDEX analyses_points ON analyses (run_id, points DESC NULLS LAST, orgnr);
