//! The four real packages, to the krona.

#![allow(clippy::type_complexity, reason = "rows are read as plain tuples")]

use std::path::Path;
use std::sync::Arc;

use ingest::ImportKind;
use store::import_rejections;

use super::fixtures::{dump, import, request};
use crate::support;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/se_arsredovisning_zip");

/// orgnr, last day, scope, quality, revenue, EBIT, result after financial items, net result, total assets, equity, employees.
type Row = (
    i64,
    String,
    String,
    String,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<f64>,
);

#[allow(clippy::too_many_arguments)]
fn row(orgnr: i64, end: &str, scope: &str, quality: &str, figures: [Option<i64>; 6], employees: Option<f64>) -> Row {
    let [revenue, ebit, result, net, assets, equity] = figures;
    (orgnr, end.into(), scope.into(), quality.into(), revenue, ebit, result, net, assets, equity, employees)
}

#[tokio::test]
async fn the_real_packages_give_the_filed_figures_and_a_second_import_nothing() {
    let data = Path::new(DATA);
    if !data.is_dir() {
        println!("skipped: ../shared/data/se_arsredovisning_zip not present");
        return;
    }
    let (db, folder) = (Arc::new(testing::database().await), tempfile::tempdir().unwrap());
    let request = request(ImportKind::Filings, data);
    let mut dry = request.clone();
    dry.is_dry_run = true;
    let dry = import(db.pool(), &dry, folder.path()).await;
    assert_eq!((dry.report.read, dry.report.new, dry.report.rejected), (4, 4, 0));
    assert!(dump(db.pool()).await.iter().all(String::is_empty), "a dry run writes nothing");
    assert_eq!(std::fs::read_dir(folder.path().join("artifacts")).unwrap().count(), 0);

    let done = import(db.pool(), &request, folder.path()).await;
    assert_eq!(
        (done.report.read, done.report.new, done.report.rejected, done.report.periods),
        (4, 4, 0, 12),
        "{:?}",
        done.rejections
    );
    fn s<T>(value: T) -> Option<T> {
        Some(value)
    }
    let expected = [
        row(
            5568022171,
            "2022-12-31",
            "group",
            "ok",
            [s(328_818_000), s(-64_535_000), None, s(-68_167_000), s(371_818_000), s(268_928_000)],
            None,
        ),
        row(
            5568022171,
            "2021-12-31",
            "group",
            "ok",
            [s(212_885_000), s(-80_669_000), None, s(-85_531_000), s(343_919_000), s(265_704_000)],
            None,
        ),
        row(
            5569201998,
            "2021-12-31",
            "company",
            "ok",
            [s(70_196_324), s(43_787_074), s(43_782_028), s(34_739_587), s(46_807_277), s(36_208_554)],
            s(26.0),
        ),
        row(
            5569201998,
            "2020-12-31",
            "company",
            "ok",
            [s(47_743_151), s(27_859_739), s(27_852_534), s(21_847_601), s(29_706_110), s(22_147_475)],
            s(21.0),
        ),
        row(
            5569201998,
            "2019-12-31",
            "company",
            "partial",
            [s(35_299_061), None, s(19_100_749), None, s(22_148_541), None],
            s(17.0),
        ),
        row(
            5569201998,
            "2018-12-31",
            "company",
            "partial",
            [s(26_869_910), None, s(15_631_689), None, s(16_877_653), None],
            s(14.0),
        ),
        row(
            5590179924,
            "2020-10-31",
            "company",
            "ok",
            [s(2_829_042), s(1_829_655), s(1_976_318), s(1_233_417), s(4_775_453), s(2_343_571)],
            s(1.0),
        ),
        row(
            5590179924,
            "2019-10-31",
            "company",
            "ok",
            [s(2_445_484), s(1_379_468), s(1_540_762), s(901_492), s(3_537_318), s(1_692_354)],
            s(1.0),
        ),
        row(
            5590179924,
            "2018-10-31",
            "company",
            "partial",
            [s(2_082_000), None, s(1_083_000), None, s(2_755_000), None],
            None,
        ),
        row(
            5590179924,
            "2017-10-31",
            "company",
            "partial",
            [s(2_247_000), None, s(1_290_000), None, s(2_507_000), None],
            None,
        ),
        row(
            5590852777,
            "2024-12-31",
            "company",
            "ok",
            [s(565_637), s(-135_913), s(-135_288), s(-135_288), s(499_040), s(244_182)],
            None,
        ),
        row(
            5590852777,
            "2023-12-31",
            "company",
            "ok",
            [s(740_127), s(-70_922), s(-71_833), s(-71_833), s(611_917), s(379_470)],
            None,
        ),
    ];
    let found: Vec<Row> = sqlx::query_as(
        "SELECT orgnr, period_end::text, scope, quality, revenue, ebit, result_after_financial_items, net_income, total_assets,
                equity, employees FROM current_financials ORDER BY orgnr, period_end DESC",
    )
    .fetch_all(db.pool())
    .await
    .unwrap();
    assert_eq!(found, expected);
    assert_eq!(over_the_api(&db).await, expected);

    let facts: Vec<(i64, Option<i64>, Option<i64>, Option<i64>, String)> =
        sqlx::query_as("SELECT orgnr, revenue, ebit, equity, period_end::text FROM company_facts ORDER BY orgnr")
            .fetch_all(db.pool())
            .await
            .unwrap();
    let newest: Vec<_> =
        [0, 2, 6, 10].into_iter().map(|i: usize| &expected[i]).map(|r| (r.0, r.4, r.5, r.9, r.1.clone())).collect();
    assert_eq!(facts, newest);

    let lineage: (String, String, String) = sqlx::query_as(
        "SELECT line_concepts->>'revenue', lines->(line_concepts->>'revenue')->>'value', lines->(line_concepts->>'revenue')->>'context'
         FROM financial_periods WHERE orgnr = 5590852777 AND period_end = '2024-12-31'",
    )
    .fetch_one(db.pool())
    .await
    .unwrap();
    assert_eq!((lineage.0.as_str(), lineage.1.as_str()), ("se-gen-base:Nettoomsattning", "565637"));
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM filings WHERE is_stored AND file_name IS NOT NULL")
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert_eq!(stored, 4);

    let before = dump(db.pool()).await;
    let again = import(db.pool(), &request, folder.path()).await;
    assert_eq!((again.report.read, again.report.unchanged, again.report.facts_changed), (4, 4, 0));
    assert_eq!(dump(db.pool()).await, before);
    let (_, rejected) = import_rejections::page(&mut db.acquire().await.unwrap(), again.id, 10, 0).await.unwrap();
    assert_eq!(rejected, 0);
}

/// What the API says of every company: what was filed to the krona, and null where it was not.
async fn over_the_api(db: &Arc<testing::TestDatabase>) -> Vec<Row> {
    let server = support::start_on(db.clone(), &[]).await;
    let mut rows = Vec::new();
    for orgnr in [5_568_022_171_i64, 5_569_201_998, 5_590_179_924, 5_590_852_777] {
        let answer = server.json(&format!("/api/companies/{orgnr}/financials"), 200).await;
        for period in answer["financials"].as_array().unwrap() {
            let text = |key: &str| period[key].as_str().unwrap().to_owned();
            // A key that is missing would pass for null.
            let number = |key: &str| period.get(key).unwrap_or_else(|| panic!("no {key}")).as_i64();
            rows.push((
                orgnr,
                text("period_end"),
                text("scope"),
                text("quality"),
                number("revenue"),
                number("ebit"),
                number("result_after_financial_items"),
                number("net_income"),
                number("total_assets"),
                number("equity"),
                period.get("employees").unwrap().as_f64(),
            ));
        }
    }
    rows
}
