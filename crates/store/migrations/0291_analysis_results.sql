-- Results of analysis runs are edited, approved by people or by a rule, and screened once they are approved.

-- What the newest approved analysis of a run of the team says.
ALTER TABLE company_facts
    ADD COLUMN fit_score integer,
    ADD COLUMN recommendation text,
    ADD COLUMN levers text[],
    ADD COLUMN analysed_on date;

ALTER TABLE analyses
    -- Raised whenever the report changes.
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    -- The run's rule approved it, no person.
    ADD COLUMN is_verdict_by_rule boolean NOT NULL DEFAULT false;
CREATE INDEX analyses_approved ON analyses (orgnr, made_at DESC) WHERE verdict = 'approved';

ALTER TABLE runs
    -- {"min_points", "only_verified"}: which results need no person to be approved; null where none.
    ADD COLUMN auto_approval jsonb,
    -- Companies that have an approved analysis already are left out.
    ADD COLUMN keeps_approved boolean NOT NULL DEFAULT false;

-- What people changed in a report.
CREATE TABLE analysis_changes (
    run_id uuid NOT NULL,
    orgnr bigint NOT NULL,
    -- The version of the analysis that the change made.
    version integer NOT NULL CHECK (version >= 2),
    made_by uuid REFERENCES users ON DELETE SET NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    -- [{"place", "before", "after"}].
    changes jsonb NOT NULL,
    -- The report as it was before, so that it can be put back.
    report jsonb NOT NULL,
    PRIMARY KEY (run_id, orgnr, version),
    FOREIGN KEY (run_id, orgnr) REFERENCES analyses ON DELETE CASCADE
);
CREATE INDEX analysis_changes_made_by ON analysis_changes (made_by) WHERE made_by IS NOT NULL;

-- What was approved before is screened from now on.
WITH approved AS (
    SELECT DISTINCT ON (a.orgnr) a.orgnr, a.points, a.result, (a.made_at AT TIME ZONE 'UTC')::date AS made_on
    FROM analyses a JOIN runs r ON r.id = a.run_id WHERE a.verdict = 'approved' AND r.scope = 'team'
    ORDER BY a.orgnr, a.made_at DESC, a.run_id
), written AS (
    UPDATE company_facts f SET fit_score = approved.points, analysed_on = approved.made_on,
        recommendation = approved.result #>> '{report,recommendation}',
        levers = (SELECT nullif(array_agg(DISTINCT view ->> 'lever'), '{}')
                  FROM jsonb_array_elements(coalesce(approved.result #> '{report,levers}', '[]')) AS view)
    FROM approved WHERE f.orgnr = approved.orgnr RETURNING f.orgnr)
INSERT INTO change_feed (orgnr) SELECT orgnr FROM written ORDER BY orgnr;

INSERT INTO schema_requirements VALUES (291, 170);
