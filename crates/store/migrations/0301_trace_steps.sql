-- The step of a trace that asked for the job (W3C Trace Context, 16 hexadecimal digits), so that the job's own step stands below it.
ALTER TABLE jobs ADD COLUMN trace_step text;

INSERT INTO schema_requirements VALUES (301, 170);
