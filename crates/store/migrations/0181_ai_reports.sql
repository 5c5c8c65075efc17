-- Reports of single companies, newest first: what other programs ask for by POST /api/ai-reports/generate.
CREATE TABLE ai_reports (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    orgnr bigint NOT NULL REFERENCES companies ON DELETE CASCADE,
    language text NOT NULL CHECK (language IN ('sv', 'en')),
    -- As domain::analysis::uplift writes it.
    content jsonb NOT NULL,
    -- What it was made from: a report of other figures is not served from the cache.
    basis jsonb NOT NULL,
    -- rules, or the name of a model.
    method text NOT NULL,
    method_version integer NOT NULL,
    made_by uuid REFERENCES users ON DELETE SET NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX ai_reports_company ON ai_reports (orgnr, language, made_at DESC);
CREATE INDEX ai_reports_made_by ON ai_reports (made_by) WHERE made_by IS NOT NULL;

INSERT INTO schema_requirements VALUES (181, 130);
