-- Counts that pages show, kept instead of counted: every change of a table adds what it changed, in its own transaction.
-- Rows are only added, so writers never wait for one another; a job sums them up (store::kept_counts::compact).
CREATE TABLE kept_counts (
    -- table: rows of a table; facts: companies with a flag; year: by the calendar year of a period's end; filings: by kind and framework.
    subject text NOT NULL,
    key text NOT NULL,
    rows bigint NOT NULL DEFAULT 0,
    -- Different companies among them.
    companies bigint NOT NULL DEFAULT 0,
    -- Of these, with a period that breaks an identity.
    suspect bigint NOT NULL DEFAULT 0,
    latest_at timestamptz
);

CREATE FUNCTION keep_row_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    change bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT count(*) INTO change FROM new_rows;
    ELSE
        SELECT -count(*) INTO change FROM old_rows;
    END IF;
    IF change <> 0 THEN
        INSERT INTO kept_counts (subject, key, rows) VALUES ('table', TG_TABLE_NAME, change);
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    counted text;
BEGIN
    FOREACH counted IN ARRAY ARRAY['companies', 'filings', 'financial_periods', 'company_facts', 'change_feed', 'imports'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_rows_added AFTER INSERT ON %1$s
            REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_row_count()', counted);
        EXECUTE format('CREATE TRIGGER %1$s_rows_removed AFTER DELETE ON %1$s
            REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_row_count()', counted);
    END LOOP;
END $$;

-- Companies with a flag: the sum over the new rows less the sum over the old ones.
CREATE FUNCTION keep_fact_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    flags constant text := 'LATERAL (VALUES (''has_financials'', r.has_financials), (''has_3y_financials'', r.has_3y_financials),
        (''has_group_accounts'', r.has_group_accounts), (''is_stale'', r.is_stale), (''is_demo'', r.is_demo)) AS flag(key, is_set)';
    added constant text := 'SELECT key, 1 AS change FROM new_rows AS r, ' || flags || ' WHERE is_set';
    removed constant text := 'SELECT key, -1 AS change FROM old_rows AS r, ' || flags || ' WHERE is_set';
BEGIN
    EXECUTE 'INSERT INTO kept_counts (subject, key, companies) SELECT ''facts'', key, sum(change) FROM ('
        || CASE TG_OP WHEN 'INSERT' THEN added WHEN 'DELETE' THEN removed ELSE added || ' UNION ALL ' || removed END
        || ') AS changes GROUP BY key HAVING sum(change) <> 0';
    RETURN NULL;
END $$;
CREATE TRIGGER company_facts_flags_added AFTER INSERT ON company_facts
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_fact_counts();
CREATE TRIGGER company_facts_flags_changed AFTER UPDATE ON company_facts
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_fact_counts();
CREATE TRIGGER company_facts_flags_removed AFTER DELETE ON company_facts
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_fact_counts();

-- Companies per year: what the company has in the year now, against what it had before this statement. Writers hold the
-- company's lock, so no other transaction changes the same company's rows meanwhile.
CREATE FUNCTION keep_year_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    columns constant text := 'orgnr, extract(year FROM period_end)::integer AS year, (quality = ''suspect'')::integer AS suspect';
    added constant text := 'SELECT 1 AS change, ' || columns || ' FROM new_rows';
    removed constant text := 'SELECT -1 AS change, ' || columns || ' FROM old_rows';
BEGIN
    EXECUTE 'WITH changes AS ('
        || CASE TG_OP WHEN 'INSERT' THEN added WHEN 'DELETE' THEN removed ELSE added || ' UNION ALL ' || removed END
        || '), touched AS (
            SELECT orgnr, year, sum(change) AS rows, sum(change * suspect) AS suspect FROM changes GROUP BY orgnr, year
        ), compared AS (
            SELECT touched.year,
                   (present.rows > 0)::integer - (present.rows - touched.rows > 0)::integer AS companies,
                   (present.suspect > 0)::integer - (present.suspect - touched.suspect > 0)::integer AS suspect
            FROM touched CROSS JOIN LATERAL (
                SELECT count(*) AS rows, count(*) FILTER (WHERE p.quality = ''suspect'') AS suspect FROM financial_periods AS p
                WHERE p.orgnr = touched.orgnr
                  AND p.period_end BETWEEN make_date(touched.year, 1, 1) AND make_date(touched.year, 12, 31)) AS present
        )
        INSERT INTO kept_counts (subject, key, companies, suspect)
        SELECT ''year'', year::text, sum(companies), sum(suspect) FROM compared
        GROUP BY year HAVING sum(companies) <> 0 OR sum(suspect) <> 0';
    RETURN NULL;
END $$;
CREATE TRIGGER financial_periods_years_added AFTER INSERT ON financial_periods
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_year_counts();
CREATE TRIGGER financial_periods_years_changed AFTER UPDATE ON financial_periods
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_year_counts();
CREATE TRIGGER financial_periods_years_removed AFTER DELETE ON financial_periods
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_year_counts();

-- Filings per kind and framework, in the same way.
CREATE FUNCTION keep_filing_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    added constant text := 'SELECT 1 AS change, orgnr, kind, framework, imported_at FROM new_rows';
    removed constant text := 'SELECT -1, orgnr, kind, framework, NULL::timestamptz FROM old_rows';
BEGIN
    -- Most updates only note that the package is stored.
    IF TG_OP = 'UPDATE' THEN
        IF NOT EXISTS (
            SELECT FROM new_rows AS n JOIN old_rows AS o USING (id)
            WHERE (n.orgnr, n.kind, n.framework, n.imported_at) IS DISTINCT FROM (o.orgnr, o.kind, o.framework, o.imported_at))
        THEN
            RETURN NULL;
        END IF;
    END IF;
    EXECUTE 'WITH changes (change, orgnr, kind, framework, imported_at) AS ('
        || CASE TG_OP WHEN 'INSERT' THEN added WHEN 'DELETE' THEN removed ELSE added || ' UNION ALL ' || removed END
        || '), touched AS (
            SELECT orgnr, kind, framework, sum(change) AS rows, max(imported_at) AS latest_at FROM changes GROUP BY orgnr, kind, framework
        ), compared AS (
            SELECT touched.kind, touched.framework, touched.rows, touched.latest_at,
                   (present.rows > 0)::integer - (present.rows - touched.rows > 0)::integer AS companies
            FROM touched CROSS JOIN LATERAL (
                SELECT count(*) AS rows FROM filings AS f
                WHERE f.orgnr = touched.orgnr AND f.kind = touched.kind AND f.framework = touched.framework) AS present
        )
        INSERT INTO kept_counts (subject, key, rows, companies, latest_at)
        SELECT ''filings'', kind || '' '' || framework, sum(rows), sum(companies), max(latest_at) FROM compared
        GROUP BY kind, framework HAVING sum(rows) <> 0 OR sum(companies) <> 0 OR max(latest_at) IS NOT NULL';
    RETURN NULL;
END $$;
CREATE TRIGGER filings_kinds_added AFTER INSERT ON filings
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_filing_counts();
CREATE TRIGGER filings_kinds_changed AFTER UPDATE ON filings
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_filing_counts();
CREATE TRIGGER filings_kinds_removed AFTER DELETE ON filings
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_filing_counts();

-- What is there now. The triggers hold writers back until this transaction ends, so nothing is counted twice or missed.
INSERT INTO kept_counts (subject, key, rows)
SELECT 'table', 'companies', count(*) FROM companies
UNION ALL SELECT 'table', 'filings', count(*) FROM filings
UNION ALL SELECT 'table', 'financial_periods', count(*) FROM financial_periods
UNION ALL SELECT 'table', 'company_facts', count(*) FROM company_facts
UNION ALL SELECT 'table', 'change_feed', count(*) FROM change_feed
UNION ALL SELECT 'table', 'imports', count(*) FROM imports;
INSERT INTO kept_counts (subject, key, companies)
SELECT 'facts', flag.key, flag.companies
FROM (SELECT count(*) FILTER (WHERE has_financials) AS a, count(*) FILTER (WHERE has_3y_financials) AS b,
             count(*) FILTER (WHERE has_group_accounts) AS c, count(*) FILTER (WHERE is_stale) AS d, count(*) FILTER (WHERE is_demo) AS e
      FROM company_facts) AS counted,
     LATERAL (VALUES ('has_financials', a), ('has_3y_financials', b), ('has_group_accounts', c), ('is_stale', d), ('is_demo', e)) AS flag(key, companies);
INSERT INTO kept_counts (subject, key, companies, suspect)
SELECT 'year', year::text, count(*), count(*) FILTER (WHERE is_suspect)
FROM (SELECT orgnr, extract(year FROM period_end)::integer AS year, bool_or(quality = 'suspect') AS is_suspect
      FROM financial_periods GROUP BY 1, 2) AS years GROUP BY year;
INSERT INTO kept_counts (subject, key, rows, companies, latest_at)
SELECT 'filings', kind || ' ' || framework, sum(rows), count(*), max(latest_at)
FROM (SELECT orgnr, kind, framework, count(*) AS rows, max(imported_at) AS latest_at FROM filings GROUP BY 1, 2, 3) AS kinds
GROUP BY kind, framework;
