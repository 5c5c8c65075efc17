CREATE TABLE facts AS SELECT orgnr::BIGINT AS orgnr, name, revenue::BIGINT AS revenue, ebitda_margin::DOUBLE AS ebitda_margin,
    ebit_margin::DOUBLE AS ebit_margin, cagr_3y::DOUBLE AS cagr_3y, sni, county, equity_ratio::DOUBLE AS equity_ratio,
    employees::DOUBLE AS employees, total_assets::BIGINT AS total_assets, legal_form, size_class, growth_class, data_quality
FROM companies;
DROP TABLE companies;
CREATE MACRO steps(value, least) AS CASE WHEN value >= least THEN floor(ln(value / least) / ln(1.8))::INTEGER END;
/* A view is the condition written once; DuckDB plans it as if it stood in the query. */
CREATE VIEW two_filters AS SELECT * FROM facts WHERE revenue >= 50000000 AND ebitda_margin >= 0.10;
CREATE VIEW five_filters AS SELECT * FROM facts WHERE revenue >= 2000000 AND (ebit_margin >= 0.15 OR cagr_3y >= 0.20) AND left(sni, 2) IN ('28', '43', '46', '62', '71') AND county IN ('01', '12', '14') AND equity_ratio IS NOT NULL;
CREATE VIEW text_hits AS SELECT * FROM facts WHERE contains(name, 'tekn') AND revenue >= 1000000;
CREATE VIEW wide AS SELECT * FROM facts WHERE revenue >= 100000;
CREATE TABLE found AS SELECT * FROM facts LIMIT 0;

-- sort_all
SELECT count(*) FROM facts;
CREATE OR REPLACE TABLE found AS SELECT * FROM facts ORDER BY revenue DESC NULLS LAST, orgnr LIMIT 50;

-- two_filters
SELECT count(*) FROM two_filters;
CREATE OR REPLACE TABLE found AS SELECT * FROM two_filters ORDER BY cagr_3y DESC NULLS LAST, orgnr LIMIT 50;

-- five_filters_offset
SELECT count(*) FROM five_filters;
CREATE OR REPLACE TABLE found AS SELECT * FROM five_filters ORDER BY revenue DESC NULLS LAST, orgnr LIMIT 50 OFFSET 5000;

-- text_contains
SELECT count(*) FROM text_hits;
CREATE OR REPLACE TABLE found AS SELECT * FROM text_hits ORDER BY revenue DESC NULLS LAST, orgnr LIMIT 50;

-- facets_selective
SELECT count(*) FROM two_filters;
CREATE OR REPLACE TABLE found AS SELECT * FROM two_filters ORDER BY cagr_3y DESC NULLS LAST, orgnr LIMIT 50;
CREATE OR REPLACE TABLE facet AS SELECT left(sni, 2), count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT county, count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT legal_form, count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT size_class, count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT growth_class, count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT data_quality, count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(revenue, 1e4) AS step, count(*) FROM facts WHERE ebitda_margin >= 0.10 GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(ebitda_margin, 0.01) AS step, count(*) FROM facts WHERE revenue >= 50000000 GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(cagr_3y, 0.01) AS step, count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(equity_ratio, 0.01) AS step, count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(employees, 1) AS step, count(*) FROM two_filters GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(total_assets, 1e4) AS step, count(*) FROM two_filters GROUP BY 1;

-- facets_wide
SELECT count(*) FROM wide;
CREATE OR REPLACE TABLE found AS SELECT * FROM wide ORDER BY cagr_3y DESC NULLS LAST, orgnr LIMIT 50;
CREATE OR REPLACE TABLE facet AS SELECT left(sni, 2), count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT county, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT legal_form, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT size_class, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT growth_class, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT data_quality, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(revenue, 1e4) AS step, count(*) FROM facts GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(ebitda_margin, 0.01) AS step, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(cagr_3y, 0.01) AS step, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(equity_ratio, 0.01) AS step, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(employees, 1) AS step, count(*) FROM wide GROUP BY 1;
CREATE OR REPLACE TABLE facet AS SELECT steps(total_assets, 1e4) AS step, count(*) FROM wide GROUP BY 1;

-- deep_offset
SELECT count(*) FROM facts;
CREATE OR REPLACE TABLE found AS SELECT * FROM facts ORDER BY revenue DESC NULLS LAST, orgnr LIMIT 50 OFFSET (SELECT least(1000000, count(*) // 2) FROM facts);

-- export_50k
SELECT count(*) FROM two_filters;
CREATE OR REPLACE TABLE numbers AS SELECT orgnr FROM two_filters ORDER BY orgnr;
