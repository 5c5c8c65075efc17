-- A template that was deleted stays, for runs say what they were made with, and can be brought back. All versions of one are
-- deleted together.
ALTER TABLE analysis_templates ADD COLUMN deleted_at timestamptz;
