// Longer than 500 lines because every figure of four reports stands on a line of its own.
//! The real packages of the shared data, figure by figure as their rendered reports show them.

mod ixbrl_support;

use domain::filing::{FilingKind, Framework};
use domain::line::Line::{self, *};
use domain::scope::Scope;
use domain::statement::Statement;
use ixbrl_support::{find, shared};
use rust_decimal::Decimal;
use sources::package::{ParsedPackage, parse};

fn read(file: &str) -> Option<ParsedPackage> {
    let bytes = shared(&format!("se_arsredovisning_zip/{file}"))?;
    let parsed = parse(file, &bytes).unwrap();
    assert_eq!(parsed.filing.size_bytes, bytes.len() as u64);
    assert_eq!(parsed.filing.sha256.len(), 64);
    Some(parsed)
}

/// Every line that is filed and no other, in `unit` (1 for kronor, 1000 for thousands).
#[track_caller]
fn agrees(statement: &Statement, unit: i64, expected: &[(Line, i64)]) {
    let mut wanted: Vec<(Line, i64)> = expected.iter().map(|(line, amount)| (*line, amount * unit)).collect();
    wanted.sort();
    assert_eq!(statement.figures.iter().collect::<Vec<_>>(), wanted);
}

#[track_caller]
fn years(parsed: &ParsedPackage, expected: &[(&str, &str, Scope)]) {
    let found: Vec<(String, String, Scope)> = parsed
        .filing
        .statements
        .iter()
        .map(|one| (one.period.start().to_string(), one.period.end().to_string(), one.scope))
        .collect();
    let wanted: Vec<_> =
        expected.iter().map(|(start, end, scope)| ((*start).to_owned(), (*end).to_owned(), *scope)).collect();
    assert_eq!(found, wanted);
}

#[test]
fn k2_of_2021_from_fortnox_with_a_loss() {
    let Some(parsed) = read("5590852777_2024_k2.zip") else { return };
    let filing = &parsed.filing;
    assert_eq!(
        (filing.orgnr.formatted().as_str(), filing.company_name.as_deref()),
        ("559085-2777", Some("Jonas Skomakare AB"))
    );
    assert_eq!(
        (filing.kind, filing.framework, filing.taxonomy),
        (FilingKind::AnnualReport, Framework::K2, "2021-10-31".parse().ok())
    );
    assert_eq!(filing.software.as_deref(), Some("Fortnox Bokslut & Skatt 3.5.5"));
    assert_eq!((parsed.adopted_on, parsed.signed_on), ("2025-07-31".parse().ok(), "2025-07-31".parse().ok()));
    assert_eq!(filing.warnings, Vec::<String>::new());
    years(&parsed, &[("2024-01-01", "2024-12-31", Scope::Company), ("2023-01-01", "2023-12-31", Scope::Company)]);
    // The report shows interest costs of +625 in 2024: a cost filed with a minus is an income.
    agrees(
        &filing.statements[0],
        1,
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
    );
    agrees(
        &filing.statements[1],
        1,
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
    );
    // No employee fact: null, not 0.
    assert_eq!(filing.statements[0].employees, None);
    let ratio = find(&filing.statements[0], "se-gen-base:Soliditet");
    assert_eq!(
        (ratio.value, ratio.scale, ratio.as_filed.as_str(), ratio.unit.as_str()),
        ("0.4893".parse().unwrap(), -2, "48,93", "pure")
    );
    let ebit = find(&filing.statements[0], "se-gen-base:Rorelseresultat");
    assert_eq!((ebit.as_filed.as_str(), ebit.negative, ebit.context.as_str()), ("135 913", true, "period0"));
}

#[test]
fn k2_of_2017_with_a_broken_year_and_an_overview_in_thousands() {
    let Some(parsed) = read("5590179924_2020_k2.zip") else { return };
    let filing = &parsed.filing;
    assert_eq!((filing.framework, filing.taxonomy), (Framework::K2, "2017-09-30".parse().ok()));
    let company = Scope::Company;
    years(
        &parsed,
        &[
            ("2019-11-01", "2020-10-31", company),
            ("2018-11-01", "2019-10-31", company),
            ("2017-11-01", "2018-10-31", company),
            ("2016-11-01", "2017-10-31", company),
        ],
    );
    agrees(
        &filing.statements[0],
        1,
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
    );
    agrees(
        &filing.statements[1],
        1,
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
    );
    agrees(&filing.statements[2], 1000, &[(Revenue, 2_082), (ResultAfterFinancialItems, 1_083), (TotalAssets, 2_755)]);
    agrees(&filing.statements[3], 1000, &[(Revenue, 2_247), (ResultAfterFinancialItems, 1_290), (TotalAssets, 2_507)]);
    assert_eq!(filing.statements.iter().map(|one| one.rounding).collect::<Vec<_>>(), [0, 0, 3, 3]);
    assert_eq!(filing.statements[0].employees, Some(Decimal::ONE));
    // The report contradicts itself: 1 976 318 in the statement, 2 029 thousand in the overview.
    assert!(
        filing.warnings.iter().any(|one| one.contains("ResultatEfterFinansiellaPoster")
            && one.contains("1976318")
            && one.contains("2029000")),
        "{:?}",
        filing.warnings
    );
    assert_eq!(filing.warnings.len(), 1);
}

#[test]
fn k3_with_an_auditors_report_beside_it_and_four_years() {
    let Some(parsed) = read("5569201998_2021_k3.zip") else { return };
    let filing = &parsed.filing;
    assert_eq!(
        (filing.framework, filing.taxonomy, filing.documents.len()),
        (Framework::K3, "2020-12-01".parse().ok(), 2)
    );
    assert_eq!(
        (filing.company_name.as_deref(), filing.seat.as_deref()),
        (Some("Modular Finance AB"), Some("Stockholm"))
    );
    assert_eq!(filing.software.as_deref(), Some("E-revisor.se 2021 2.6 K3 210801"));
    agrees(
        &filing.statements[0],
        1,
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
            (ProposedDividend, 36_100_000),
        ],
    );
    agrees(
        &filing.statements[1],
        1,
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
    );
    agrees(
        &filing.statements[2],
        1,
        &[(Revenue, 35_299_061), (ResultAfterFinancialItems, 19_100_749), (TotalAssets, 22_148_541)],
    );
    agrees(
        &filing.statements[3],
        1,
        &[(Revenue, 26_869_910), (ResultAfterFinancialItems, 15_631_689), (TotalAssets, 16_877_653)],
    );
    let employees: Vec<String> = filing.statements.iter().map(|one| one.employees.unwrap().to_string()).collect();
    assert_eq!(employees, ["26", "21", "17", "14"]);
    assert_eq!(filing.warnings, Vec::<String>::new());
}

#[test]
fn ifrs_report_in_a_nested_zip_behind_a_cover() {
    let Some(parsed) = read("5568022171_2022_esef.zip") else { return };
    let filing = &parsed.filing;
    assert_eq!(
        (filing.orgnr.formatted().as_str(), filing.company_name.as_deref()),
        ("556802-2171", Some("BONESUPPORT HOLDING AB"))
    );
    assert_eq!(
        (filing.kind, filing.framework, filing.taxonomy),
        (FilingKind::EsefReport, Framework::Ifrs, "2021-03-24".parse().ok())
    );
    assert_eq!(parsed.lei.as_deref(), Some("549300COLY053IGTLD63"));
    years(&parsed, &[("2022-01-01", "2022-12-31", Scope::Group), ("2021-01-01", "2021-12-31", Scope::Group)]);
    agrees(
        &filing.statements[0],
        1000,
        &[
            (Revenue, 328_818),
            (CostOfGoodsSold, -31_111),
            (GrossProfit, 297_707),
            (SellingCosts, -158_073),
            (ResearchCosts, -53_088),
            (AdministrativeCosts, -73_305),
            (OtherOperatingIncome, 43_206),
            (OtherOperatingCosts, -40_607),
            (Ebit, -64_535),
            (FinancialIncome, 811),
            (FinancialCosts, -970),
            (NetFinancialItems, -159),
            (ResultBeforeTax, -64_694),
            (Tax, -3_473),
            (NetIncome, -68_167),
            (IntangibleAssets, 8_384),
            (TangibleAssets, 24_625),
            (FinancialAssets, 1),
            (FixedAssets, 33_010),
            (Inventory, 56_310),
            (TradeReceivables, 62_623),
            (CurrentReceivables, 81_217),
            (Cash, 201_281),
            (CurrentAssets, 338_808),
            (TotalAssets, 371_818),
            (RetainedEarnings, -1_344_676),
            (Equity, 268_928),
            (LongTermLiabilities, 12_694),
            (TradePayables, 23_571),
            (CurrentLiabilities, 90_196),
            (TotalLiabilities, 102_890),
            (EquityAndLiabilities, 371_818),
            (OperatingCashFlow, -46_985),
            (CapitalExpenditure, -3_279),
            (NetCashFlow, -7_482),
        ],
    );
    agrees(
        &filing.statements[1],
        1000,
        &[
            (Revenue, 212_885),
            (CostOfGoodsSold, -23_182),
            (GrossProfit, 189_703),
            (SellingCosts, -131_393),
            (ResearchCosts, -53_009),
            (AdministrativeCosts, -44_122),
            (OtherOperatingIncome, 11_308),
            (OtherOperatingCosts, -7_982),
            (Ebit, -80_669),
            (FinancialIncome, 0),
            (FinancialCosts, -1_168),
            (NetFinancialItems, -1_168),
            (ResultBeforeTax, -81_837),
            (Tax, -3_694),
            (NetIncome, -85_531),
            (IntangibleAssets, 8_365),
            (TangibleAssets, 27_078),
            (FinancialAssets, 0),
            (FixedAssets, 35_443),
            (Inventory, 51_762),
            (TradeReceivables, 38_413),
            (CurrentReceivables, 50_250),
            (Cash, 206_464),
            (CurrentAssets, 308_476),
            (TotalAssets, 343_919),
            (RetainedEarnings, -1_344_494),
            (Equity, 265_704),
            (LongTermLiabilities, 16_515),
            (TradePayables, 18_719),
            (CurrentLiabilities, 61_700),
            (TotalLiabilities, 78_215),
            (EquityAndLiabilities, 343_919),
            (OperatingCashFlow, -83_421),
            (CapitalExpenditure, -3_416),
            (NetCashFlow, -148_398),
        ],
    );
    // Costs are shown by function: depreciation is not on the face of the statement.
    assert_eq!(filing.statements[0].figures.get(Depreciation), None);
    // Equity of 2021 and 2022 only: the components of equity stand in contexts with a dimension.
    assert_eq!(find(&filing.statements[0], "ifrs-full:Equity").value, 268_928_000.into());
    let revenue = find(&filing.statements[0], "ifrs-full:RevenueFromSaleOfGoods");
    assert_eq!(
        (revenue.as_filed.as_str(), revenue.scale, revenue.decimals, revenue.unit.as_str()),
        ("328 818", 3, Some(-3), "SEK")
    );
    assert!(filing.documents[usize::from(revenue.document)].ends_with("549300COLY053IGTLD63-2022-12-31-sv.xhtml"));
}

#[test]
fn hand_built_specimens() {
    let specimen = |name: &str| shared(&format!("se_ixbrl_specimens/se_ixbrl_{name}.xhtml"));
    if let Some(bytes) = specimen("5561890038_2025") {
        let parsed = parse("5561890038_2025.xhtml", &bytes).unwrap();
        let newest = &parsed.filing.statements[0];
        assert_eq!(
            (newest.get(Equity), newest.get(UnrestrictedEquity), newest.get(NetIncome)),
            (Some(508_409), Some(-13_991), Some(-10_536))
        );
    }
    if let Some(bytes) = specimen("k3_specimen") {
        // Its entity number is 000000-0000: the package's name tells whose it is.
        let parsed = parse("5566778899_2021-12-31.xhtml", &bytes).unwrap();
        assert_eq!(parsed.filing.statements[0].get(Ebit), Some(-20_392_931));
    }
    if let Some(bytes) = specimen("scale_handbuilt") {
        let parsed = parse("5566778899_2025-12-31.xhtml", &bytes).unwrap();
        assert_eq!(parsed.filing.statements[0].get(TotalAssets), Some(500_000));
    }
    if let Some(bytes) = specimen("currency_unresolved_handbuilt") {
        let error = parse("5566778899_2025-12-31.xhtml", &bytes).unwrap_err();
        assert_eq!(error.problem.code(), "no_currency");
    }
    if let Some(bytes) = specimen("nonnumeric_leak_check") {
        // se-comp-base is not declared in it, which a signature's name does not need.
        let parsed = parse("5566778899_2025-12-31.xhtml", &bytes).unwrap();
        assert!(!format!("{parsed:?}").contains("LEAK"));
    }
}

/// Every text fact of the real reports but the ones that are wanted is absent from what the parser gives.
#[test]
fn no_text_of_a_real_report_leaves_the_parser_but_the_wanted_ones() {
    const WANTED: &[&str] = &[
        "ForetagetsNamn",
        "Organisationsnummer",
        "RakenskapsarForstaDag",
        "RakenskapsarSistaDag",
        "ForetagetsSate",
        "Redovisningsvaluta",
        "RedovisningsvalutaHandlingList",
        "ForetagLEIkod",
        "Arsstamma",
        "UndertecknandeArsredovisningDatum",
        "UndertecknandeDatum",
    ];
    for file in
        ["5590852777_2024_k2.zip", "5590179924_2020_k2.zip", "5569201998_2021_k3.zip", "5568022171_2022_esef.zip"]
    {
        let Some(bytes) = shared(&format!("se_arsredovisning_zip/{file}")) else { return };
        let told = format!("{:?}", parse(file, &bytes).unwrap());
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut checked = 0;
        for index in 0..zip.len() {
            let mut text = String::new();
            if std::io::Read::read_to_string(&mut zip.by_index(index).unwrap(), &mut text).is_err() {
                continue;
            }
            for part in text.split("<ix:nonNumeric ").skip(1) {
                let name = part.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
                let inner = part.split_once('>').unwrap().1.split('<').next().unwrap().trim();
                let local = name.rsplit(':').next().unwrap();
                if WANTED.contains(&local) || inner.chars().count() < 4 {
                    continue;
                }
                // The same word may stand in a wanted text, as the company's own name does.
                let in_wanted = [
                    "Jonas",
                    "Stockholm",
                    "2022-03-08",
                    "2020-12-21",
                    "2022-03-07",
                    "2025-07-31",
                    "2023-05-17",
                    "2023-05-30",
                    "SHA-256",
                    "Modular Finance AB",
                ];
                if !in_wanted.contains(&inner) {
                    assert!(!told.contains(inner), "{file}: {name} leaves the parser");
                    checked += 1;
                }
            }
        }
        println!("{file}: {checked} texts checked");
        assert!(checked > 0);
    }
}
