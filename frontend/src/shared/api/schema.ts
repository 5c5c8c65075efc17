// Longer than 500 lines because it is generated from openapi.json by `npm run api`. Do not edit.

export interface paths {
    "/api/companies/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Several companies at once. */
        post: operations["batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Companies by name or number, best match first. */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One company: register data and every field of the catalogue. */
        get: operations["company"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/figures/{line}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a figure comes from, in every filing that gives it. */
        get: operations["figure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/filings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company's filings, newest period first. */
        get: operations["filings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/financials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A company's statements, newest period first: company and group apart, restatements on request. */
        get: operations["financials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/db/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version, size, migration level and tables of the database. */
        get: operations["info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filings/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The package of a filing, byte for byte as it was imported. */
        get: operations["download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Import runs, newest first. */
        get: operations["list_imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import run with its report and first rejections. */
        get: operations["get_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an import run refused, in the order of the input. */
        get: operations["list_rejections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is known: companies, years and sources, and how fresh they are. */
        get: operations["coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of the whole installation. */
        get: operations["status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status/capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this installation can do. */
        get: operations["capabilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How this installation is set up, without secrets. */
        get: operations["config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive. Depends on nothing else. */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every part that requests need answers. */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A postal address. */
        AddressView: {
            /** @description Street or box. */
            street?: string | null;
            /** @description Care of. */
            care_of?: string | null;
            /** @description Five digits. */
            postcode?: string | null;
            /** @description Post town. */
            city?: string | null;
            /** @description Country code. */
            country?: string | null;
        };
        /** @description Which companies. */
        BatchRequest: {
            /** @description Up to 1000 organisation numbers, with or without hyphen. */
            orgnrs: string[];
        };
        /** @description Several companies at once. */
        BatchResponse: {
            /** @description In the order they were asked for, each once. */
            companies: components["schemas"]["CompanySummary"][];
            /** @description Number of companies. */
            count: number;
            /** @description Numbers that no company has, as they were written. */
            not_found: string[];
        };
        /** @description A label in both languages. */
        BilingualLabel: {
            /** @description Swedish. */
            sv: string;
            /** @description English. */
            en: string;
        };
        /** @description Answer of `/api/status/capabilities`: what this installation can do. */
        Capabilities: {
            /** @description Whether every request needs a token. */
            auth_required: boolean;
            /** @description Whether a model endpoint is set up. */
            ai: boolean;
            /** @description Whether background work can run. */
            jobs: boolean;
            /** @description Whether packages can be downloaded. */
            artifacts: boolean;
            /** @description Figures that can be asked for. */
            scopes: string[];
            /** @description Currencies of amounts on the screen. */
            screen_currency: string;
        };
        /** @description A code of a register and its name in words, where the code table has it. */
        Coded: {
            /** @description The code. */
            code: string;
            /** @description Its name. */
            name?: string | null;
        };
        /** @description A company in full. */
        Company: {
            /** @description Ten digits (nine for Norway). */
            orgnr: string;
            /** @description With its hyphen. */
            orgnr_formatted: string;
            /** @description Name. */
            name?: string | null;
            /** @description Other registered names. */
            other_names: components["schemas"]["OtherNameView"][];
            legal_form?: components["schemas"]["Coded"] | null;
            /** @description active, dormant, winding, bankrupt, deregistered or unknown. */
            status: string;
            /**
             * Format: date
             * @description Day of registration.
             */
            registered_on?: string | null;
            /**
             * Format: date
             * @description Day of deregistration.
             */
            deregistered_on?: string | null;
            /** @description Open procedures. */
            procedures: components["schemas"]["ProcedureView"][];
            address?: components["schemas"]["AddressView"] | null;
            county?: components["schemas"]["Coded"] | null;
            municipality?: components["schemas"]["Coded"] | null;
            /** @description Industries, main one first. */
            sni: components["schemas"]["Industry"][];
            /** @description The company's own description of what it does. */
            activity_description?: string | null;
            /** @description Homepage, where a source names one. */
            homepage?: string | null;
            /** @description Whether the company asks not to receive advertising. */
            advertising_block?: boolean | null;
            /** @description Every field of the catalogue: key → value in the catalogue's unit, null where not known. */
            facts: Record<string, unknown>;
            /** @description What is known. */
            coverage: components["schemas"]["CompanyCoverage"];
            /** @description Whether the company is fictitious. */
            is_demo: boolean;
            demo_note?: components["schemas"]["BilingualLabel"] | null;
            /** @description Which source last said something, newest first. */
            sources: components["schemas"]["SourceView"][];
            /** @description Which source each field's value comes from. */
            field_sources: {
                [key: string]: string;
            };
        };
        /** @description What is known of a company. */
        CompanyCoverage: {
            /** @description Whether there is a statement. */
            has_financials: boolean;
            /** @description Whether there are group accounts. */
            has_group_accounts: boolean;
            /**
             * Format: int64
             * @description Fiscal years with figures.
             */
            years_count?: number | null;
            /**
             * Format: date
             * @description End of the latest fiscal year.
             */
            period_end?: string | null;
            /** @description ok, partial or suspect. */
            data_quality?: string | null;
        };
        /** @description A company as lists show it. */
        CompanySummary: {
            /** @description Ten digits (nine for Norway). */
            orgnr: string;
            /** @description Name. */
            name?: string | null;
            /** @description active, dormant, winding, bankrupt, deregistered or unknown. */
            status?: string | null;
            municipality?: components["schemas"]["Coded"] | null;
            sni?: components["schemas"]["Coded"] | null;
            /**
             * Format: int64
             * @description Annualised net revenue, SEK.
             */
            revenue?: number | null;
            /**
             * Format: double
             * @description EBITDA margin; 12 % is 0.12.
             */
            ebitda_margin?: number | null;
            /**
             * Format: int64
             * @description Annualised result after financial items, SEK.
             */
            result_after_financial_items?: number | null;
            /**
             * Format: double
             * @description Employees.
             */
            employees?: number | null;
            /**
             * Format: date
             * @description End of the latest fiscal year.
             */
            period_end?: string | null;
            /** @description Whether the company is fictitious. */
            is_demo: boolean;
        };
        /** @description Answer of `/api/status/config`: every setting, secrets as "set". */
        ConfigView: {
            /** @description Setting → value; null where it is not given. */
            settings: {
                [key: string]: string | null;
            };
            /** @description Where packages are kept. */
            artifact_store: string;
        };
        /** @description The days of a context: `end` alone for an instant. */
        ContextDays: {
            /**
             * Format: date
             * @description First day; null for an instant.
             */
            start?: string | null;
            /**
             * Format: date
             * @description Last day.
             */
            end: string;
        };
        /** @description What is known. */
        Coverage: {
            /**
             * Format: int64
             * @description Companies.
             */
            companies: number;
            /**
             * Format: int64
             * @description Companies with at least one statement.
             */
            with_financials: number;
            /**
             * Format: int64
             * @description Companies with three years or more.
             */
            with_three_years: number;
            /**
             * Format: int64
             * @description Companies with group accounts.
             */
            with_group_accounts: number;
            /**
             * Format: int64
             * @description Companies whose latest year is older than it should be.
             */
            stale: number;
            /**
             * Format: int64
             * @description Fictitious companies.
             */
            demo_companies: number;
            /** @description Companies per calendar year of the period's end, newest first. */
            by_year: components["schemas"]["YearCoverage"][];
            /** @description Filings per kind and framework. */
            by_source: components["schemas"]["SourceCoverage"][];
            /**
             * Format: date-time
             * @description When the latest import ended.
             */
            latest_import_at?: string | null;
        };
        /** @description How fresh the data is. */
        DataStatus: {
            /**
             * Format: int64
             * @description Companies.
             */
            companies: number;
            /**
             * Format: int64
             * @description Companies with at least one statement.
             */
            with_financials: number;
            /**
             * Format: int64
             * @description Fictitious companies.
             */
            demo_companies: number;
            /**
             * Format: date-time
             * @description When the latest import ended.
             */
            latest_import_at?: string | null;
        };
        /** @description Answer of `/api/db/info`. */
        DatabaseView: {
            /** @description Always `postgres`. */
            database_source: string;
            /** @description Version of the server. */
            server_version: string;
            /** @description Name of the database. */
            name: string;
            /**
             * Format: int64
             * @description Newest migration that was applied.
             */
            migration_level?: number | null;
            /**
             * Format: int64
             * @description Size on disk.
             */
            size_bytes: number;
            /** @description Every table. */
            tables: components["schemas"]["TableView"][];
        };
        /** @description A figure and everything behind it. */
        Figure: {
            /** @description Key of the line. */
            line: string;
            /** @description What people read. */
            label: components["schemas"]["BilingualLabel"];
            /**
             * Format: int64
             * @description The amount in whole units of `currency`; null where not filed.
             */
            value?: number | null;
            /** @description Currency of the amount. */
            currency: string;
            /**
             * Format: date
             * @description First day of the period.
             */
            period_start: string;
            /**
             * Format: date
             * @description Last day of the period.
             */
            period_end: string;
            /** @description `company` or `group`. */
            scope: string;
            /** @description Every filing's version, the current truth first. */
            versions: components["schemas"]["FigureVersionView"][];
            formula?: components["schemas"]["BilingualLabel"] | null;
            /** @description The lines that a derived line is formed from. */
            inputs: components["schemas"]["FigureInput"][];
        };
        /** @description One input of a derived line. */
        FigureInput: {
            /** @description Key of the line. */
            line: string;
            /** @description What people read. */
            label: components["schemas"]["BilingualLabel"];
            /**
             * Format: int64
             * @description Its amount in the same period.
             */
            value?: number | null;
        };
        /** @description One filing's version of the figure. */
        FigureVersionView: {
            /**
             * Format: uuid
             * @description The filing.
             */
            filing_id: string;
            /**
             * Format: date
             * @description When it was registered.
             */
            filed_at?: string | null;
            /** @description Name of the package. */
            file_name?: string | null;
            /** @description Where it can be fetched. */
            download_url?: string | null;
            /** @description Where the figures come from when there is no package. */
            provenance?: string | null;
            /** @description ok, partial or suspect. */
            quality: string;
            /**
             * Format: int64
             * @description The amount that is shown.
             */
            value?: number | null;
            /** @description Whether this is the current truth. */
            is_current: boolean;
            /** @description Concept of the taxonomy; null when the line was put together or the source has no tags. */
            concept?: string | null;
            /** @description Id of the context in the document. */
            context?: string | null;
            context_period?: components["schemas"]["ContextDays"] | null;
            /** @description Unit of the tag. */
            unit?: string | null;
            /** @description The text between the tags. */
            as_filed?: string | null;
            /**
             * Format: int32
             * @description Power of ten applied to the text.
             */
            scale?: number | null;
            /**
             * Format: int32
             * @description Stated precision; null = exact.
             */
            decimals?: number | null;
            /** @description `-` when the sign attribute negates the text. */
            sign?: string | null;
            /**
             * Format: double
             * @description The tagged number: text × 10^scale, with the document's sign.
             */
            filed_value?: number | null;
            /**
             * Format: int32
             * @description Position of the document in the package, from 1.
             */
            document?: number | null;
            /** @description Archive entry of the document. */
            entry?: string | null;
        };
        /** @description One filing. */
        FilingView: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description annual_report, esef_report, register_accounts, table or demo. */
            kind: string;
            /** @description k2, k3, ifrs, norwegian_gaap or unknown. */
            framework: string;
            /**
             * Format: date
             * @description Date of the taxonomy.
             */
            taxonomy?: string | null;
            /**
             * Format: date
             * @description First day of the newest period in it.
             */
            period_start?: string | null;
            /**
             * Format: date
             * @description Last day of the newest period in it.
             */
            period_end?: string | null;
            /** @description `company`, `group` or both. */
            scopes: string[];
            /** @description `group` when the filing holds group accounts, else `company`. */
            scope: string;
            /**
             * Format: date
             * @description When it was registered, where the source tells.
             */
            filed_at?: string | null;
            /**
             * Format: date-time
             * @description When it was imported.
             */
            imported_at: string;
            /** @description Program that made the document. */
            software?: string | null;
            /** @description Hash of the package. */
            sha256: string;
            /**
             * Format: int64
             * @description Size of the package.
             */
            size_bytes: number;
            /** @description Name of the package. */
            file_name?: string | null;
            /**
             * Format: int64
             * @description Number of statements in it.
             */
            periods: number;
            /** @description Where the figures come from when there is no package. */
            provenance?: string | null;
            /** @description What the parser went past. */
            warnings: string[];
            /** @description Where the package can be fetched; null when only the figures are kept. */
            download_url?: string | null;
        };
        /** @description A company's filings. */
        FilingsResponse: {
            /** @description Newest period first. */
            filings: components["schemas"]["FilingView"][];
            /** @description Number of filings. */
            count: number;
        };
        /** @description One fiscal period of one scope. Amounts are whole units of `currency`, null where not filed; costs are negative. */
        FinancialPeriod: ({
            /**
             * Format: int64
             * @description Net revenue
             */
            revenue: number | null;
            /**
             * Format: int64
             * @description Change in inventories
             */
            inventory_change: number | null;
            /**
             * Format: int64
             * @description Capitalised own work
             */
            own_work_capitalised: number | null;
            /**
             * Format: int64
             * @description Other operating income
             */
            other_operating_income: number | null;
            /**
             * Format: int64
             * @description Total operating income
             */
            operating_income: number | null;
            /**
             * Format: int64
             * @description Raw materials and consumables
             */
            raw_materials: number | null;
            /**
             * Format: int64
             * @description Goods for resale
             */
            goods_for_resale: number | null;
            /**
             * Format: int64
             * @description Cost of goods sold
             */
            cost_of_goods_sold: number | null;
            /**
             * Format: int64
             * @description Gross profit
             */
            gross_profit: number | null;
            /**
             * Format: int64
             * @description Other external costs
             */
            other_external_costs: number | null;
            /**
             * Format: int64
             * @description Personnel costs
             */
            personnel_costs: number | null;
            /**
             * Format: int64
             * @description Selling costs
             */
            selling_costs: number | null;
            /**
             * Format: int64
             * @description Administrative costs
             */
            administrative_costs: number | null;
            /**
             * Format: int64
             * @description Research and development
             */
            research_costs: number | null;
            /**
             * Format: int64
             * @description Depreciation and amortisation
             */
            depreciation: number | null;
            /**
             * Format: int64
             * @description Write-downs of current assets
             */
            current_asset_write_downs: number | null;
            /**
             * Format: int64
             * @description Other operating costs
             */
            other_operating_costs: number | null;
            /**
             * Format: int64
             * @description Total operating costs
             */
            operating_costs: number | null;
            /**
             * Format: int64
             * @description Operating result (EBIT)
             */
            ebit: number | null;
            /**
             * Format: int64
             * @description Financial income
             */
            financial_income: number | null;
            /**
             * Format: int64
             * @description Financial costs
             */
            financial_costs: number | null;
            /**
             * Format: int64
             * @description Net financial items
             */
            net_financial_items: number | null;
            /**
             * Format: int64
             * @description Result after financial items
             */
            result_after_financial_items: number | null;
            /**
             * Format: int64
             * @description Appropriations
             */
            appropriations: number | null;
            /**
             * Format: int64
             * @description Result before tax
             */
            result_before_tax: number | null;
            /**
             * Format: int64
             * @description Tax on the result
             */
            tax: number | null;
            /**
             * Format: int64
             * @description Net result
             */
            net_income: number | null;
            /**
             * Format: int64
             * @description Subscribed capital unpaid
             */
            unpaid_share_capital: number | null;
            /**
             * Format: int64
             * @description Intangible assets
             */
            intangible_assets: number | null;
            /**
             * Format: int64
             * @description Tangible assets
             */
            tangible_assets: number | null;
            /**
             * Format: int64
             * @description Financial assets
             */
            financial_assets: number | null;
            /**
             * Format: int64
             * @description Fixed assets
             */
            fixed_assets: number | null;
            /**
             * Format: int64
             * @description Inventory
             */
            inventory: number | null;
            /**
             * Format: int64
             * @description Trade receivables
             */
            trade_receivables: number | null;
            /**
             * Format: int64
             * @description Current receivables
             */
            current_receivables: number | null;
            /**
             * Format: int64
             * @description Short-term investments
             */
            short_term_investments: number | null;
            /**
             * Format: int64
             * @description Cash and bank
             */
            cash: number | null;
            /**
             * Format: int64
             * @description Current assets
             */
            current_assets: number | null;
            /**
             * Format: int64
             * @description Total assets
             */
            total_assets: number | null;
            /**
             * Format: int64
             * @description Share capital
             */
            share_capital: number | null;
            /**
             * Format: int64
             * @description Restricted equity
             */
            restricted_equity: number | null;
            /**
             * Format: int64
             * @description Retained earnings
             */
            retained_earnings: number | null;
            /**
             * Format: int64
             * @description Unrestricted equity
             */
            unrestricted_equity: number | null;
            /**
             * Format: int64
             * @description Minority interest
             */
            minority_interest: number | null;
            /**
             * Format: int64
             * @description Equity
             */
            equity: number | null;
            /**
             * Format: int64
             * @description Untaxed reserves
             */
            untaxed_reserves: number | null;
            /**
             * Format: int64
             * @description Provisions
             */
            provisions: number | null;
            /**
             * Format: int64
             * @description Bond loans
             */
            bond_loans: number | null;
            /**
             * Format: int64
             * @description Bank loans, long-term
             */
            long_term_bank_loans: number | null;
            /**
             * Format: int64
             * @description Bank overdraft
             */
            overdraft: number | null;
            /**
             * Format: int64
             * @description Long-term liabilities
             */
            long_term_liabilities: number | null;
            /**
             * Format: int64
             * @description Bank loans, short-term
             */
            short_term_bank_loans: number | null;
            /**
             * Format: int64
             * @description Trade payables
             */
            trade_payables: number | null;
            /**
             * Format: int64
             * @description Current liabilities
             */
            current_liabilities: number | null;
            /**
             * Format: int64
             * @description Total liabilities
             */
            total_liabilities: number | null;
            /**
             * Format: int64
             * @description Total equity and liabilities
             */
            equity_and_liabilities: number | null;
            /**
             * Format: int64
             * @description Cash flow from operations
             */
            operating_cash_flow: number | null;
            /**
             * Format: int64
             * @description Capital expenditure
             */
            capital_expenditure: number | null;
            /**
             * Format: int64
             * @description Net cash flow
             */
            net_cash_flow: number | null;
            /**
             * Format: int64
             * @description Proposed dividend
             */
            proposed_dividend: number | null;
        } & Record<string, unknown>) & {
            /**
             * Format: date
             * @description First day.
             */
            period_start: string;
            /**
             * Format: date
             * @description Last day.
             */
            period_end: string;
            /**
             * Format: int32
             * @description Length in months.
             */
            months: number;
            /** @description `company` or `group`. */
            scope: string;
            /** @description Currency of the amounts. */
            currency: string;
            /**
             * Format: int32
             * @description Rounding of the filing: 0 for whole units, 3 for thousands, 6 for millions.
             */
            rounding: number;
            /** @description k2, k3, ifrs, norwegian_gaap or unknown. */
            framework: string;
            /** @description ok, partial or suspect. */
            quality: string;
            /** @description Accounting identities that the period breaks. */
            broken_identities: string[];
            /**
             * Format: double
             * @description Average number of employees.
             */
            employees?: number | null;
            /**
             * Format: int64
             * @description Operating result before depreciation; null where depreciation is not filed.
             */
            ebitda?: number | null;
            /**
             * Format: int64
             * @description Equity plus the owners' part of untaxed reserves.
             */
            adjusted_equity?: number | null;
            /**
             * Format: uuid
             * @description The filing the figures come from.
             */
            filing_id: string;
            /**
             * Format: date
             * @description When that filing was registered.
             */
            filed_at?: string | null;
            /**
             * Format: int64
             * @description How many filings give this period.
             */
            versions: number;
            /** @description Whether an earlier filing gave other figures for this period. */
            is_restated: boolean;
            /**
             * Format: uuid
             * @description The filing whose figures replace these; null for the current truth.
             */
            superseded_by?: string | null;
            /**
             * @description Metrics of the period by key of the catalogue: numbers, codes or booleans, null where they cannot be formed. A
             *     suspect period has none.
             */
            metrics: Record<string, unknown>;
        };
        /** @description A company's statements. */
        FinancialsResponse: {
            /** @description Newest period first. */
            financials: components["schemas"]["FinancialPeriod"][];
            /** @description Number of periods. */
            count: number;
            /** @description The lines of a statement, in the order of a printed report. */
            lines: components["schemas"]["LineView"][];
        };
        /** @description Answer of `/health`. */
        Health: {
            /** @description Always `ok`. */
            status: string;
            /** @description Version of the program. */
            version: string;
        };
        /** @description One run with the first page of its rejections. */
        ImportDetail: components["schemas"]["ImportRunDto"] & {
            /** @description The first 100, in the order of the input. */
            rejections: components["schemas"]["RejectionDto"][];
            /**
             * Format: int64
             * @description How many there are in all.
             */
            rejections_total: number;
        };
        /** @description One input file. */
        ImportFileDto: {
            /**
             * @description Name without its folder.
             * @default
             */
            name: string;
            /**
             * Format: int64
             * @description Size.
             * @default 0
             */
            bytes: number;
        };
        /** @description A page of runs. */
        ImportList: {
            /** @description Newest first. */
            items: components["schemas"]["ImportRunDto"][];
            /**
             * Format: int64
             * @description How many there are in all.
             */
            total: number;
        };
        /** @description Counts of an import. Every item read is exactly one of new, changed, unchanged, rejected or excluded. */
        ImportReport: {
            /**
             * Format: int64
             * @description Rows or packages read.
             * @default 0
             */
            read: number;
            /**
             * Format: int64
             * @description Companies or filings that were not there.
             * @default 0
             */
            new: number;
            /**
             * Format: int64
             * @description Companies that say something else now, or filings for a year that was there already.
             * @default 0
             */
            changed: number;
            /**
             * Format: int64
             * @description Everything was there already.
             * @default 0
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Refused; each with its reason under `rejections`.
             * @default 0
             */
            rejected: number;
            /**
             * Format: int64
             * @description Sole traders, left out because their number is a personal identity number.
             * @default 0
             */
            excluded_sole_traders: number;
            /**
             * Format: int64
             * @description Fiscal periods that were added.
             * @default 0
             */
            periods: number;
            /**
             * Format: int64
             * @description Companies whose facts changed.
             * @default 0
             */
            facts_changed: number;
            /**
             * Format: int64
             * @description How many warnings there were.
             * @default 0
             */
            warnings: number;
            /**
             * @description The first of them.
             * @default []
             */
            first_warnings: components["schemas"]["Warning"][];
            /**
             * Format: int64
             * @description Files that were read to their end.
             * @default 0
             */
            files_done: number;
            /**
             * Format: int64
             * @description Bytes of the input files that were read.
             * @default 0
             */
            bytes_read: number;
            /**
             * Format: int64
             * @description How many times the import was taken up again after an interruption.
             * @default 0
             */
            resumed: number;
            /**
             * Format: double
             * @description Seconds it took, interruptions not counted.
             * @default 0
             */
            seconds: number;
        };
        /** @description One run. */
        ImportRunDto: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description `filings`, `register`, `scb`, `accounts` or `companies`. */
            kind: string;
            /** @description `running`, `completed`, `cancelled`, `failed`, or `interrupted`: killed, the same command goes on from there. */
            status: string;
            /** @description Whether nothing was written. */
            is_dry_run: boolean;
            /** @description The files. */
            files: components["schemas"]["ImportFileDto"][];
            /** @description What it did so far. */
            report: components["schemas"]["ImportReport"];
            /** @description Why it failed. */
            error?: string | null;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at: string;
            /**
             * Format: date-time
             * @description When its last batch was committed.
             */
            updated_at: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            finished_at?: string | null;
        };
        /** @description One industry. */
        Industry: {
            /** @description Five digits. */
            code: string;
            /** @description `sni2007` or `sni2025`. */
            edition: string;
            /** @description Its name, where the table has it. */
            label?: string | null;
            /** @description 1 for the main one. */
            rank: number;
        };
        /** @description One wrong place of the input. */
        InputError: {
            /** @description JSON pointer into the body (`/filters/0/op`), or the name of a path or query parameter. */
            pointer: string;
            /** @description What is wrong and what is expected. */
            message: string;
            /** @description Inside a text: the first wrong UTF-16 unit, as JavaScript counts. */
            offset?: number | null;
            /** @description Inside a text: how many UTF-16 units are wrong; 0 at its end. */
            length?: number | null;
            /** @description What could stand there instead, best first. */
            suggestions?: string[];
        };
        /** @description A line of a statement. */
        LineView: {
            /** @description Key of the amount in each period. */
            key: string;
            /** @description What people read. */
            label: components["schemas"]["BilingualLabel"];
            /** @description income, balance or other. */
            statement: components["schemas"]["StatementPart"];
            /**
             * Format: int32
             * @description −1 for costs, which are kept negative, else 1.
             */
            sign: number;
            /**
             * Format: int32
             * @description Indentation: 0 for totals and results, 1 for their addends, 2 for "of which".
             */
            level: number;
        };
        /** @description Another name. */
        OtherNameView: {
            /** @description The name. */
            name: string;
            /** @description The register's kind of name. */
            kind: string;
            /**
             * Format: date
             * @description When it was registered.
             */
            registered_on?: string | null;
        };
        /** @description The body of every error. */
        Problem: {
            /** @description Kind of problem; `about:blank` when the status says it all. */
            type: string;
            /** @description Short and the same for every problem of the kind. */
            title: string;
            /**
             * Format: int32
             * @description HTTP status.
             */
            status: number;
            /** @description What happened this time, with a remedy where there is one. */
            detail: string;
            /** @description Id of the request, as in `x-request-id` and the log. */
            request_id?: string | null;
            /** @description The wrong places of the input. */
            errors?: components["schemas"]["InputError"][] | null;
        };
        /** @description An open procedure. */
        ProcedureView: {
            /** @description The register's code, e.g. KK for bankruptcy. */
            code: string;
            /**
             * Format: date
             * @description First day.
             */
            from?: string | null;
        };
        /** @description Answer of `/ready`. */
        Ready: {
            /** @description Whether requests can be answered. */
            ready: boolean;
            /** @description `ok`, or why not, per part. */
            checks: {
                [key: string]: string;
            };
        };
        /** @description Whether Redis or Valkey answers. */
        RedisStatus: {
            /** @description Whether one is set up. */
            configured: boolean;
            /** @description Whether it answers. */
            ok: boolean;
        };
        /** @description A row or entry that was refused. */
        RejectionDto: {
            /** @description File, with archive entries after `!`. */
            file: string;
            /**
             * Format: int64
             * @description Row or entry number within the file, from 1; 0 is the file as a whole.
             */
            item: number;
            /** @description Line, column, byte or field. */
            place?: string | null;
            /** @description What is wrong. */
            reason: string;
            /** @description What can be done. */
            remedy?: string | null;
            /** @description A few characters of the input. */
            sample?: string | null;
        };
        /** @description A page of rejections. */
        RejectionList: {
            /** @description In the order of the input. */
            items: components["schemas"]["RejectionDto"][];
            /**
             * Format: int64
             * @description How many there are in all.
             */
            total: number;
        };
        /** @description Answer of the search box. */
        SearchResponse: {
            /** @description Best match first. */
            items: components["schemas"]["CompanySummary"][];
            /** @description Number of items. */
            count: number;
        };
        /** @description One kind of filing. */
        SourceCoverage: {
            /** @description annual_report, esef_report, register_accounts, table or demo. */
            kind: string;
            /** @description k2, k3, ifrs, norwegian_gaap or unknown. */
            framework: string;
            /**
             * Format: int64
             * @description Filings.
             */
            filings: number;
            /**
             * Format: int64
             * @description Companies.
             */
            companies: number;
            /**
             * Format: date-time
             * @description When the latest came in.
             */
            latest_at?: string | null;
        };
        /** @description A source that has spoken of the company. */
        SourceView: {
            /** @description E.g. `bolagsverket_bulk`. */
            source: string;
            /**
             * Format: date-time
             * @description When it last changed something.
             */
            at: string;
        };
        /**
         * @description The part of a report.
         * @enum {string}
         */
        StatementPart: "income" | "balance" | "other";
        /** @description Answer of `/api/status`. */
        Status: {
            /** @description `ok`, or `degraded` when a part does not answer. */
            status: string;
            /** @description Version of the program. */
            version: string;
            /** @description Always `postgres`. */
            db_source: string;
            /** @description Whether Postgres answers. */
            db_ok: boolean;
            /** @description Which tables are there. */
            tables_ok: {
                [key: string]: boolean;
            };
            /** @description Rows per table. */
            counts: {
                [key: string]: number;
            };
            /** @description The queue's server. */
            redis: components["schemas"]["RedisStatus"];
            /** @description How fresh the data is. */
            data: components["schemas"]["DataStatus"];
            /**
             * Format: int64
             * @description Seconds since the process was wired.
             */
            uptime_seconds: number;
        };
        /** @description One table. */
        TableView: {
            /** @description Name. */
            name: string;
            /**
             * Format: int64
             * @description Rows, as the server estimates them; null before its first count.
             */
            rows?: number | null;
            /**
             * Format: int64
             * @description Size on disk with indexes.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Rows that are gone but not cleaned up yet.
             */
            dead_rows: number;
        };
        /** @description Something that was noticed and gone past. */
        Warning: {
            /** @description File and archive entry. */
            file: string;
            /**
             * Format: int64
             * @description Row or entry number within the file, from 1.
             */
            item: number;
            /** @description One sentence. */
            text: string;
        };
        /** @description One calendar year. */
        YearCoverage: {
            /**
             * Format: int32
             * @description Year of the period's end.
             */
            year: number;
            /**
             * Format: int64
             * @description Companies with a statement.
             */
            companies: number;
            /**
             * Format: int64
             * @description Of these, companies with a period that breaks an identity.
             */
            suspect: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description Words of the name, or the beginning of an organisation number. */
                q: string;
                /** @description Most companies to answer, 1–50; 10 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResponse"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    company: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Organisation number, with or without hyphen */
                orgnr: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    figure: {
        parameters: {
            query?: {
                /** @description Last day of the fiscal period; the newest when left out. */
                period_end?: string;
                /** @description `company` (default) or `group`. */
                scope?: string;
            };
            header?: never;
            path: {
                /** @description Organisation number, with or without hyphen */
                orgnr: string;
                /** @description Key of a line, or ebitda or adjusted_equity */
                line: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Figure"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    filings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Organisation number, with or without hyphen */
                orgnr: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilingsResponse"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    financials: {
        parameters: {
            query?: {
                /** @description `company` or `group`; both when left out. */
                scope?: string;
                /** @description The truth as it was known on this day (YYYY-MM-DD); now when left out. */
                as_of?: string;
                /** @description Also the versions that later filings have replaced; false when left out. */
                restated?: boolean;
            };
            header?: never;
            path: {
                /** @description Organisation number, with or without hyphen */
                orgnr: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FinancialsResponse"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatabaseView"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the filing */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": number[];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_imports: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 500; 50 when not given. */
                limit?: number;
                /** @description How many to leave out first. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identity of the run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDetail"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_rejections: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 500; 50 when not given. */
                limit?: number;
                /** @description How many to leave out first. */
                offset?: number;
            };
            header?: never;
            path: {
                /** @description Identity of the run */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RejectionList"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coverage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coverage"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    capabilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Capabilities"];
                };
            };
        };
    };
    config: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigView"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description A part is missing */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
        };
    };
}
