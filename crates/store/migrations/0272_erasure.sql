-- People who asked that what is kept of them is erased, and of whom it was.
ALTER TABLE users ADD COLUMN erasure_asked_at timestamptz;
ALTER TABLE users ADD COLUMN erased_at timestamptz;

INSERT INTO schema_requirements VALUES (272, 170);
