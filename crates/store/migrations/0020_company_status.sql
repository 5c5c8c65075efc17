-- What the register of companies says and what the statistics office says of a company are kept apart, so that neither
-- hides the other whichever file is read last; companies.status stays what the two together say.
ALTER TABLE companies
    ADD COLUMN registered_status text,
    ADD COLUMN is_operating boolean;

UPDATE companies
SET is_operating = (status = 'active'),
    field_sources = field_sources - 'status' || '{"is_operating": "scb"}'
WHERE field_sources ->> 'status' = 'scb';

UPDATE companies SET registered_status = status WHERE field_sources ? 'status';
