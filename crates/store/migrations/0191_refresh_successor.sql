-- A refresh token that is used twice within its grace gets the same successor: token and key together make it, neither alone does.
ALTER TABLE refresh_tokens ADD COLUMN successor_key bytea;

INSERT INTO schema_requirements VALUES (191, 170);
