-- Companies, filings, fiscal periods with lineage, the wide facts row, its change feed, and imports.
-- Amounts are whole units of the period's currency; a missing amount is null, never 0; costs are negative.

CREATE TABLE companies (
    orgnr bigint PRIMARY KEY,
    name text,
    other_names jsonb NOT NULL DEFAULT '[]',
    legal_form text,
    status text NOT NULL DEFAULT 'unknown',
    registered_on date,
    deregistered_on date,
    deregistration_reason text,
    procedures jsonb NOT NULL DEFAULT '[]',
    activity_description text,
    -- [{"code": "62010", "edition": "sni2007"}], main one first.
    sni jsonb NOT NULL DEFAULT '[]',
    street text,
    care_of text,
    postcode text,
    city text,
    country text,
    advertising_block boolean,
    homepage text,
    is_demo boolean NOT NULL DEFAULT false,
    -- Which source last said what: {"bolagsverket_bulk": "2026-01-31T…", …}; decides who may overwrite.
    sources jsonb NOT NULL DEFAULT '{}',
    -- Which source each field's value comes from: {"name": "bolagsverket_bulk", …}.
    field_sources jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE filings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    orgnr bigint NOT NULL REFERENCES companies,
    kind text NOT NULL,
    framework text NOT NULL,
    taxonomy date,
    company_name text,
    seat text,
    software text,
    documents text[] NOT NULL DEFAULT '{}',
    file_name text,
    filed_at date,
    -- Last day of the newest period in it.
    report_end date,
    -- Since when the public could know it: the filing date, else the day it was signed or adopted, else the last lawful
    -- day (seven months after the year's end), at the latest the day of import. Decides what is newer and `as_of`.
    known_on date NOT NULL,
    sha256 text NOT NULL,
    size_bytes bigint NOT NULL,
    -- Whether the package itself is in the artifact store (under its hash) and can be downloaded.
    is_stored boolean NOT NULL DEFAULT false,
    -- Provenance in words where there is no package, e.g. of bundled figures.
    provenance text,
    warnings text[] NOT NULL DEFAULT '{}',
    import_id uuid,
    imported_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (orgnr, sha256)
);

CREATE TABLE financial_periods (
    orgnr bigint NOT NULL REFERENCES companies,
    period_start date NOT NULL,
    period_end date NOT NULL CHECK (period_end >= period_start),
    scope text NOT NULL CHECK (scope IN ('company', 'group')),
    filing_id uuid NOT NULL REFERENCES filings ON DELETE CASCADE,
    months smallint NOT NULL,
    currency text NOT NULL,
    rounding smallint NOT NULL DEFAULT 0,
    quality text NOT NULL CHECK (quality IN ('ok', 'partial', 'suspect')),
    broken_identities text[] NOT NULL DEFAULT '{}',
    employees double precision,
    revenue bigint,
    inventory_change bigint,
    own_work_capitalised bigint,
    other_operating_income bigint,
    operating_income bigint,
    raw_materials bigint,
    goods_for_resale bigint,
    cost_of_goods_sold bigint,
    gross_profit bigint,
    other_external_costs bigint,
    personnel_costs bigint,
    selling_costs bigint,
    administrative_costs bigint,
    research_costs bigint,
    depreciation bigint,
    current_asset_write_downs bigint,
    other_operating_costs bigint,
    operating_costs bigint,
    ebit bigint,
    financial_income bigint,
    financial_costs bigint,
    net_financial_items bigint,
    result_after_financial_items bigint,
    appropriations bigint,
    result_before_tax bigint,
    tax bigint,
    net_income bigint,
    unpaid_share_capital bigint,
    intangible_assets bigint,
    tangible_assets bigint,
    financial_assets bigint,
    fixed_assets bigint,
    inventory bigint,
    trade_receivables bigint,
    current_receivables bigint,
    short_term_investments bigint,
    cash bigint,
    current_assets bigint,
    total_assets bigint,
    share_capital bigint,
    restricted_equity bigint,
    retained_earnings bigint,
    unrestricted_equity bigint,
    minority_interest bigint,
    equity bigint,
    untaxed_reserves bigint,
    provisions bigint,
    bond_loans bigint,
    long_term_bank_loans bigint,
    overdraft bigint,
    long_term_liabilities bigint,
    short_term_bank_loans bigint,
    trade_payables bigint,
    current_liabilities bigint,
    total_liabilities bigint,
    equity_and_liabilities bigint,
    operating_cash_flow bigint,
    capital_expenditure bigint,
    net_cash_flow bigint,
    proposed_dividend bigint,
    -- concept -> {value, context, period, unit, as_filed, scale, decimals, negative, document}
    lines jsonb NOT NULL DEFAULT '{}',
    -- core line -> concept it came from
    line_concepts jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (orgnr, period_end, period_start, scope, filing_id)
);
CREATE INDEX financial_periods_filing ON financial_periods (filing_id);

-- The newest truth per period: a full or suspect statement before a partial one (an older year known only from
-- an overview never hides the year's own report), then the latest filing.
CREATE VIEW current_financials AS
SELECT DISTINCT ON (p.orgnr, p.scope, p.period_end, p.period_start) p.*, f.filed_at, f.known_on, f.imported_at, f.framework, f.kind
FROM financial_periods p JOIN filings f ON f.id = p.filing_id
ORDER BY p.orgnr, p.scope, p.period_end DESC, p.period_start,
         (p.quality = 'partial'), f.known_on DESC, f.report_end DESC NULLS LAST, f.imported_at DESC, f.id DESC;

-- One column per field of the catalogue, recomputed by one function; a test compares the two.
CREATE TABLE company_facts (
    orgnr bigint PRIMARY KEY REFERENCES companies ON DELETE CASCADE,
    name text,
    status text,
    legal_form text,
    sni text,
    sni_all text[],
    industry_names text,
    activity_description text,
    county text,
    municipality text,
    postcode text,
    registered_on date,
    is_demo boolean,
    revenue bigint,
    operating_income bigint,
    ebitda bigint,
    ebit bigint,
    result_after_financial_items bigint,
    net_income bigint,
    total_assets bigint,
    equity bigint,
    adjusted_equity bigint,
    untaxed_reserves bigint,
    cash bigint,
    employees double precision,
    size_class text,
    growth_yoy double precision,
    cagr_3y double precision,
    cagr_5y double precision,
    growth_volatility double precision,
    growth_class text,
    gross_margin double precision,
    ebitda_margin double precision,
    ebit_margin double precision,
    net_margin double precision,
    roe double precision,
    roce double precision,
    roa double precision,
    profitability_class text,
    equity_ratio double precision,
    quick_ratio double precision,
    current_ratio double precision,
    debt_to_equity double precision,
    net_debt bigint,
    net_debt_to_ebitda double precision,
    interest_cover double precision,
    asset_turnover double precision,
    revenue_per_employee bigint,
    ebitda_per_employee bigint,
    dso double precision,
    dio double precision,
    dpo double precision,
    cash_cycle double precision,
    altman_z2 double precision,
    altman_zone text,
    health_score integer,
    health_score_of integer,
    capital_flag boolean,
    data_quality text,
    data_quality_score integer,
    period_end date,
    period_months integer,
    years_count integer,
    framework text,
    currency text,
    filed_at date,
    has_financials boolean,
    has_3y_financials boolean,
    has_group_accounts boolean,
    has_homepage boolean,
    has_ai_profile boolean,
    is_stale boolean
);

-- Noted in the writer's own transaction. Transactions commit out of order, so readers consume only entries whose
-- transaction lies below pg_snapshot_xmin(pg_current_snapshot()), in the order (transaction, seq).
CREATE TABLE change_feed (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    seq bigint GENERATED ALWAYS AS IDENTITY,
    orgnr bigint NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (transaction, seq)
);

-- One row: which feed this is (a restored dump starts a new one, because transaction ids start over) and the
-- transaction below which entries have been trimmed; a reader that stands before it must load everything again.
CREATE TABLE change_feed_state (
    is_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_only_row),
    feed_id uuid NOT NULL DEFAULT gen_random_uuid(),
    trimmed_below xid8 NOT NULL DEFAULT '0'
);
INSERT INTO change_feed_state DEFAULT VALUES;

CREATE TABLE imports (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL,
    status text NOT NULL CHECK (status IN ('running', 'completed', 'failed', 'cancelled')),
    is_dry_run boolean NOT NULL DEFAULT false,
    -- Identity of the input (kind, options, files with size and hash): a killed import is found again by it.
    input_key text NOT NULL,
    inputs jsonb NOT NULL DEFAULT '[]',
    -- Where to go on: per file the number of items done.
    checkpoint jsonb NOT NULL DEFAULT '{}',
    report jsonb NOT NULL DEFAULT '{}',
    error text,
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX imports_started ON imports (started_at DESC);
CREATE INDEX imports_unfinished ON imports (input_key) WHERE status <> 'completed';

CREATE TABLE import_rejections (
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    file text NOT NULL,
    -- Row, entry or item number within the file, from 1.
    item bigint NOT NULL,
    place text,
    reason text NOT NULL,
    remedy text,
    sample text,
    PRIMARY KEY (import_id, file, item)
);
