-- What each migration asks of a program that runs on it. A program that is older than the newest migration looks here
-- whether it may still run; a migration without a row allows none that does not know it.
--
-- Every later migration adds its own row: INSERT INTO schema_requirements VALUES (<its number>, <oldest level allowed>);
-- the level of a program is the newest migration that it knows.
CREATE TABLE schema_requirements (
    migration bigint PRIMARY KEY,
    oldest_level bigint NOT NULL CHECK (oldest_level <= migration)
);
