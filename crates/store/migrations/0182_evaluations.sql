-- How well an analyst did on a golden set with a version of a template (lode eval), and which template a run takes when none is named.
CREATE TABLE evaluations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    set_name text NOT NULL CHECK (length(set_name) BETWEEN 1 AND 100),
    -- Of the set's file: another file of the same name is another set.
    set_sha256 text NOT NULL,
    -- Null for the built-in template, and for one that is not saved.
    template_id uuid,
    template_version integer,
    template_name text NOT NULL,
    -- rules, or the name of a provider and its model.
    method text NOT NULL,
    -- As domain::analysis::evaluation writes it, with cost and latency.
    result jsonb NOT NULL,
    made_at timestamptz NOT NULL,
    FOREIGN KEY (template_id, template_version) REFERENCES analysis_templates (id, version)
);
CREATE INDEX evaluations_template ON evaluations (template_id, template_version, set_name, made_at DESC);
CREATE INDEX evaluations_made_at ON evaluations (made_at DESC);

-- One row at most: the template that a run takes when none is named, and the evaluation that allowed it.
CREATE TABLE default_template (
    is_default boolean PRIMARY KEY DEFAULT true CHECK (is_default),
    template_id uuid NOT NULL,
    template_version integer NOT NULL,
    evaluation_id uuid NOT NULL REFERENCES evaluations,
    made_by uuid REFERENCES users ON DELETE SET NULL,
    made_at timestamptz NOT NULL,
    FOREIGN KEY (template_id, template_version) REFERENCES analysis_templates (id, version)
);
CREATE INDEX default_template_template ON default_template (template_id, template_version);
CREATE INDEX default_template_evaluation ON default_template (evaluation_id);
CREATE INDEX default_template_made_by ON default_template (made_by) WHERE made_by IS NOT NULL;

INSERT INTO schema_requirements VALUES (182, 130);
