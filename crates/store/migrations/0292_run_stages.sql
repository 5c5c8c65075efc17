-- Runs in stages: a screening by rules, websites, the analysis, and the report for other programs.
ALTER TABLE runs
    -- {"min_points", "research", "report"}; null where a run is one stage.
    ADD COLUMN stages jsonb;

INSERT INTO schema_requirements VALUES (292, 170);
