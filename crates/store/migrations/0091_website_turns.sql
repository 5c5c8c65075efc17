-- Whose turn it is to ask a website: one request at a time per host, with a pause after each, whatever number of processes visit it.
-- Unlogged, for a crash of the server costs nobody more than a pause.

CREATE UNLOGGED TABLE website_turns (
    -- In lower case, without a leading www.
    host text PRIMARY KEY,
    -- Whoever asks it, or asked it last.
    holder uuid NOT NULL,
    -- Until then nobody else asks: the end of the pause, or of a request whose process died.
    busy_until timestamptz NOT NULL
);
CREATE INDEX website_turns_busy_until ON website_turns (busy_until);
