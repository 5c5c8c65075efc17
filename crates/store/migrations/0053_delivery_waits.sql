-- When a delivery that waits is tried next; whoever tries it moves this ahead, so that nobody else does meanwhile.
ALTER TABLE deliveries ADD COLUMN next_attempt_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX deliveries_due ON deliveries (next_attempt_at) WHERE state = 'waiting';
