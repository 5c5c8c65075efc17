-- The jobs that a person asked for, newest first, without reading everybody's.
CREATE INDEX jobs_requested_by ON jobs (requested_by, id DESC) WHERE requested_by IS NOT NULL;

INSERT INTO schema_requirements VALUES (231, 170);
