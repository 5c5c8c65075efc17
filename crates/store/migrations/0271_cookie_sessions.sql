-- Sessions that a browser holds in a cookie: what is kept of its secret. Such a session has no refresh tokens.
ALTER TABLE sessions ADD COLUMN cookie_hash bytea;
CREATE UNIQUE INDEX sessions_cookie_hash ON sessions (cookie_hash) WHERE cookie_hash IS NOT NULL;

INSERT INTO schema_requirements VALUES (271, 170);
