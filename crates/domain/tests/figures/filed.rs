//! Figures of real annual reports, transcribed to the krona (costs turned negative), for calculations made by hand.

use domain::currency::Currency;
use domain::filing::Framework;
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line::{self, *};
use domain::scope::Scope;
use domain::statement::{Quality, Statement};

/// A company statement in SEK under K2 or K3, which name every debt.
pub fn statement(start: &str, end: &str, employees: Option<u32>, lines: &[(Line, i64)]) -> Statement {
    let period = FiscalPeriod::new(start.parse().unwrap(), end.parse().unwrap()).unwrap();
    let mut statement = Statement::empty(period, Scope::Company, Currency::SEK);
    statement.figures = lines.iter().copied().collect();
    statement.employees = employees.map(Into::into);
    statement.is_itemised = true;
    statement
}

/// With its quality by the identities.
pub fn judged(statement: &Statement) -> (&Statement, Quality) {
    (statement, domain::identity::quality(statement).0)
}

/// As a version of the facts.
pub fn version(statement: Statement) -> domain::facts::StatementVersion {
    let quality = judged(&statement).1;
    domain::facts::StatementVersion { statement, quality, framework: Framework::K2, filed_at: None }
}

/// 559017-9924, K2, broken years; annual report for 2019-11-01–2020-10-31 (se_arsredovisning_zip/5590179924_2020_k2.zip).
/// Newest first: two years of statements, two years of the overview in tkr.
pub fn k2_broken_year() -> Vec<Statement> {
    let mut years = vec![
        statement(
            "2019-11-01",
            "2020-10-31",
            Some(1),
            &[
                (Revenue, 2_829_042),
                (OtherOperatingIncome, 86_677),
                (OperatingIncome, 2_915_719),
                (OtherExternalCosts, -351_490),
                (PersonnelCosts, -685_574),
                (Depreciation, -49_000),
                (OperatingCosts, -1_086_064),
                (Ebit, 1_829_655),
                (FinancialIncome, 148_000),
                (FinancialCosts, -1_337),
                (NetFinancialItems, 146_663),
                (ResultAfterFinancialItems, 1_976_318),
                (Appropriations, -400_000),
                (ResultBeforeTax, 1_576_318),
                (Tax, -342_901),
                (NetIncome, 1_233_417),
                (TangibleAssets, 147_000),
                (FixedAssets, 147_000),
                (TradeReceivables, 548_000),
                (CurrentReceivables, 3_597_352),
                (Cash, 1_031_101),
                (CurrentAssets, 4_628_453),
                (TotalAssets, 4_775_453),
                (ShareCapital, 50_000),
                (RestrictedEquity, 50_000),
                (RetainedEarnings, 1_060_154),
                (UnrestrictedEquity, 2_293_571),
                (Equity, 2_343_571),
                (UntaxedReserves, 1_895_000),
                (TradePayables, 4_420),
                (CurrentLiabilities, 536_882),
                (EquityAndLiabilities, 4_775_453),
            ],
        ),
        statement(
            "2018-11-01",
            "2019-10-31",
            Some(1),
            &[
                (Revenue, 2_445_484),
                (OtherOperatingIncome, 0),
                (OperatingIncome, 2_445_484),
                (OtherExternalCosts, -299_139),
                (PersonnelCosts, -717_877),
                (Depreciation, -49_000),
                (OperatingCosts, -1_066_016),
                (Ebit, 1_379_468),
                (FinancialIncome, 164_846),
                (FinancialCosts, -3_552),
                (NetFinancialItems, 161_294),
                (ResultAfterFinancialItems, 1_540_762),
                (Appropriations, -390_000),
                (ResultBeforeTax, 1_150_762),
                (Tax, -249_270),
                (NetIncome, 901_492),
                (TangibleAssets, 196_000),
                (FixedAssets, 196_000),
                (TradeReceivables, 623_875),
                (CurrentReceivables, 2_781_203),
                (Cash, 560_115),
                (CurrentAssets, 3_341_318),
                (TotalAssets, 3_537_318),
                (ShareCapital, 50_000),
                (RestrictedEquity, 50_000),
                (RetainedEarnings, 740_862),
                (UnrestrictedEquity, 1_642_354),
                (Equity, 1_692_354),
                (UntaxedReserves, 1_495_000),
                (TradePayables, 12_185),
                (CurrentLiabilities, 349_964),
                (EquityAndLiabilities, 3_537_318),
            ],
        ),
        statement(
            "2017-11-01",
            "2018-10-31",
            None,
            &[(Revenue, 2_082_000), (ResultAfterFinancialItems, 1_083_000), (TotalAssets, 2_755_000)],
        ),
        statement(
            "2016-11-01",
            "2017-10-31",
            None,
            &[(Revenue, 2_247_000), (ResultAfterFinancialItems, 1_290_000), (TotalAssets, 2_507_000)],
        ),
    ];
    years[2].rounding = 3;
    years[3].rounding = 3;
    years
}

/// 559085-2777, K2, a loss; annual report for 2024 (se_arsredovisning_zip/5590852777_2024_k2.zip). It tags no employees.
pub fn k2_loss() -> Vec<Statement> {
    vec![
        statement(
            "2024-01-01",
            "2024-12-31",
            None,
            &[
                (Revenue, 565_637),
                (OtherOperatingIncome, 0),
                (OperatingIncome, 565_637),
                (RawMaterials, -22_362),
                (OtherExternalCosts, -151_422),
                (PersonnelCosts, -489_043),
                (Depreciation, -38_723),
                (OperatingCosts, -701_550),
                (Ebit, -135_913),
                (FinancialCosts, 625),
                (NetFinancialItems, 625),
                (ResultAfterFinancialItems, -135_288),
                (ResultBeforeTax, -135_288),
                (NetIncome, -135_288),
                (TangibleAssets, 137_330),
                (FinancialAssets, 63_000),
                (FixedAssets, 200_330),
                (TradeReceivables, 0),
                (CurrentReceivables, 59_300),
                (Cash, 239_410),
                (CurrentAssets, 298_710),
                (TotalAssets, 499_040),
                (ShareCapital, 50_000),
                (RestrictedEquity, 50_000),
                (RetainedEarnings, 329_470),
                (UnrestrictedEquity, 194_182),
                (Equity, 244_182),
                (LongTermLiabilities, 193_308),
                (CurrentLiabilities, 61_550),
                (EquityAndLiabilities, 499_040),
            ],
        ),
        statement(
            "2023-01-01",
            "2023-12-31",
            None,
            &[
                (Revenue, 740_127),
                (OtherOperatingIncome, 0),
                (OperatingIncome, 740_127),
                (RawMaterials, -61_823),
                (OtherExternalCosts, -207_952),
                (PersonnelCosts, -482_196),
                (Depreciation, -59_077),
                (OperatingCosts, -811_048),
                (Ebit, -70_922),
                (FinancialCosts, -911),
                (NetFinancialItems, -911),
                (ResultAfterFinancialItems, -71_833),
                (ResultBeforeTax, -71_833),
                (NetIncome, -71_833),
                (TangibleAssets, 176_053),
                (FinancialAssets, 27_000),
                (FixedAssets, 203_053),
                (TradeReceivables, 0),
                (CurrentReceivables, 54_101),
                (Cash, 354_763),
                (CurrentAssets, 408_864),
                (TotalAssets, 611_917),
                (ShareCapital, 50_000),
                (RestrictedEquity, 50_000),
                (RetainedEarnings, 401_303),
                (UnrestrictedEquity, 329_470),
                (Equity, 379_470),
                (LongTermLiabilities, 192_584),
                (CurrentLiabilities, 39_863),
                (EquityAndLiabilities, 611_917),
            ],
        ),
    ]
}

/// 556920-1998, K3; annual report for 2021 (se_arsredovisning_zip/5569201998_2021_k3.zip). It files no depreciation.
pub fn k3() -> Vec<Statement> {
    vec![
        statement(
            "2021-01-01",
            "2021-12-31",
            Some(26),
            &[
                (Revenue, 70_196_324),
                (OtherOperatingIncome, 18_902),
                (OperatingIncome, 70_215_226),
                (OtherExternalCosts, -7_660_583),
                (PersonnelCosts, -18_725_191),
                (OtherOperatingCosts, -42_378),
                (OperatingCosts, -26_428_152),
                (Ebit, 43_787_074),
                (FinancialIncome, 0),
                (FinancialCosts, -5_046),
                (NetFinancialItems, -5_046),
                (ResultAfterFinancialItems, 43_782_028),
                (ResultBeforeTax, 43_782_028),
                (Tax, -9_042_441),
                (NetIncome, 34_739_587),
                (IntangibleAssets, 0),
                (FinancialAssets, 4_500_000),
                (FixedAssets, 4_500_000),
                (TradeReceivables, 761_041),
                (CurrentReceivables, 3_389_219),
                (Cash, 38_918_058),
                (CurrentAssets, 42_307_277),
                (TotalAssets, 46_807_277),
                (ShareCapital, 63_421),
                (RestrictedEquity, 63_421),
                (RetainedEarnings, -1_428_376),
                (UnrestrictedEquity, 36_145_133),
                (Equity, 36_208_554),
                (TradePayables, 245_322),
                (CurrentLiabilities, 10_598_723),
                (EquityAndLiabilities, 46_807_277),
            ],
        ),
        statement(
            "2020-01-01",
            "2020-12-31",
            Some(21),
            &[
                (Revenue, 47_743_151),
                (OtherOperatingIncome, 69_962),
                (OperatingIncome, 47_813_113),
                (OtherExternalCosts, -5_864_124),
                (PersonnelCosts, -14_062_615),
                (OtherOperatingCosts, -26_635),
                (OperatingCosts, -19_953_374),
                (Ebit, 27_859_739),
                (FinancialIncome, 7_346),
                (FinancialCosts, -14_551),
                (NetFinancialItems, -7_205),
                (ResultAfterFinancialItems, 27_852_534),
                (ResultBeforeTax, 27_852_534),
                (Tax, -6_004_933),
                (NetIncome, 21_847_601),
                (IntangibleAssets, 0),
                (FinancialAssets, 5_500_000),
                (FixedAssets, 5_500_000),
                (TradeReceivables, 787_693),
                (CurrentReceivables, 2_702_694),
                (Cash, 21_503_416),
                (CurrentAssets, 24_206_110),
                (TotalAssets, 29_706_110),
                (ShareCapital, 62_500),
                (RestrictedEquity, 62_500),
                (RetainedEarnings, -1_750_126),
                (UnrestrictedEquity, 22_084_975),
                (Equity, 22_147_475),
                (TradePayables, 818_380),
                (CurrentLiabilities, 7_558_635),
                (EquityAndLiabilities, 29_706_110),
            ],
        ),
        statement(
            "2019-01-01",
            "2019-12-31",
            Some(17),
            &[(Revenue, 35_299_061), (ResultAfterFinancialItems, 19_100_749), (TotalAssets, 22_148_541)],
        ),
        statement(
            "2018-01-01",
            "2018-12-31",
            Some(14),
            &[(Revenue, 26_869_910), (ResultAfterFinancialItems, 15_631_689), (TotalAssets, 16_877_653)],
        ),
    ]
}
