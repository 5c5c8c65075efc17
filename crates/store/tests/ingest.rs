//! Batches: idempotent, restatements kept, the newest full report shown, two writers at once.

mod support;

use domain::company::{CompanyRecord, CompanySource};
use domain::facts::FactValue;
use domain::line::Line;
use domain::statement::Quality;
use store::ingest::{Effect, Incoming};
use store::{companies, company_facts, current_periods, financial_periods, ingest};
use support::{apply, day, fact, filing, full_year, key, named, now, orgnr, year};

#[tokio::test]
async fn what_is_there_already_is_unchanged_and_writes_nothing() {
    let db = testing::database().await;
    let batch = [
        named(orgnr(1), CompanySource::BolagsverketBulk, "Ett AB"),
        filing(orgnr(2), "2021", None, vec![full_year(2021, 5_000)]),
        filing(orgnr(2), "2021", None, vec![full_year(2021, 5_000)]),
    ];
    let first = apply(&db, &batch).await;
    assert_eq!(first.effects, [Effect::New, Effect::New, Effect::Unchanged]);
    assert_eq!((first.periods, first.facts), (1, 2));
    let entries: i64 = sqlx::query_scalar("SELECT count(*) FROM change_feed").fetch_one(db.pool()).await.unwrap();
    let again = apply(&db, &batch).await;
    assert_eq!((again.effects, again.periods, again.facts), (vec![Effect::Unchanged; 3], 0, 0));
    let after: i64 = sqlx::query_scalar("SELECT count(*) FROM change_feed").fetch_one(db.pool()).await.unwrap();
    assert_eq!(entries, after);
}

#[tokio::test]
async fn second_import_with_one_new_company_adds_only_that_one() {
    let db = testing::database().await;
    let filed = |n| filing(orgnr(n), "2021", None, vec![full_year(2021, 100)]);
    apply(&db, &[filed(1), filed(2)]).await;
    let second = apply(&db, &[filed(1), filed(3), filed(2)]).await;
    assert_eq!(second.effects, [Effect::Unchanged, Effect::New, Effect::Unchanged]);
    assert_eq!((second.periods, second.facts), (1, 1));
    // One row changed and one new among rows that were there.
    let corrected = filing(orgnr(2), "2021 rättad", None, vec![full_year(2021, 200)]);
    let third = apply(&db, &[filed(3), corrected, filed(1), filed(4)]).await;
    assert_eq!(third.effects, [Effect::Unchanged, Effect::Changed, Effect::Unchanged, Effect::New]);
}

#[tokio::test]
async fn a_partial_year_never_hides_a_full_one_and_as_of_shows_the_earlier_truth() {
    let db = testing::database().await;
    let company = orgnr(7);
    let overview = year(2020, &[(Line::Revenue, 900_000)]);
    // The newer report restates 2021 and knows 2020 from its overview only.
    apply(
        &db,
        &[filing(
            company,
            "2022",
            Some("2023-06-30"),
            vec![full_year(2022, 3_000_000), full_year(2021, 2_100_000), overview],
        )],
    )
    .await;
    apply(
        &db,
        &[filing(company, "2021", Some("2022-06-30"), vec![full_year(2021, 2_000_000), full_year(2020, 1_000_000)])],
    )
    .await;

    let revenue = |periods: &[current_periods::CurrentPeriod]| -> Vec<(i32, Option<i64>)> {
        use chrono::Datelike;
        periods.iter().map(|p| (p.statement.period.end().year(), p.statement.get(Line::Revenue))).collect()
    };
    let mut conn = db.acquire().await.unwrap();
    let current = current_periods::current(&mut conn, &[key(company)], None).await.unwrap();
    assert_eq!(revenue(&current), [(2022, Some(3_000_000)), (2021, Some(2_100_000)), (2020, Some(1_000_000))]);
    assert_eq!(current.iter().map(|p| p.filings.len()).collect::<Vec<_>>(), [1, 2, 2]);
    assert_eq!(current[2].judgement.quality, Quality::Ok);
    let earlier = current_periods::current(&mut conn, &[key(company)], Some(day("2022-12-31"))).await.unwrap();
    assert_eq!(revenue(&earlier), [(2021, Some(2_000_000)), (2020, Some(1_000_000))]);
    assert_eq!(financial_periods::versions(&mut conn, &[key(company)], None).await.unwrap().len(), 5);

    let facts = &company_facts::read(&mut conn, &[key(company)]).await.unwrap()[0];
    assert_eq!(fact(facts, "revenue"), FactValue::Integer(3_000_000));
    assert_eq!(fact(facts, "growth_yoy"), FactValue::Real(0.4286), "against the restated year");
    assert_eq!(
        fact(facts, "name"),
        FactValue::Text("Namn enligt 2022".into()),
        "an older report does not rename the company"
    );
    // The same from the database alone.
    let mut tx = db.begin().await.unwrap();
    assert_eq!(ingest::recompute(&mut tx, &[key(company)], now()).await.unwrap(), 0);
}

#[tokio::test]
async fn the_order_of_filings_does_not_matter() {
    let (one, other) = (testing::database().await, testing::database().await);
    let mut batches = vec![
        vec![filing(orgnr(1), "2020", None, vec![full_year(2020, 10), year(2019, &[(Line::Revenue, 5)])])],
        vec![filing(orgnr(1), "2021", None, vec![full_year(2021, 20), full_year(2020, 11)])],
        vec![named(orgnr(1), CompanySource::Scb, "REGISTRET AB")],
        vec![filing(orgnr(1), "2022", None, vec![full_year(2022, 30), full_year(2021, 21)])],
    ];
    for batch in &batches {
        apply(&one, batch).await;
    }
    batches.reverse();
    for batch in &batches {
        apply(&other, batch).await;
    }
    let facts = |pool: store::PgPool| async move {
        company_facts::read(&mut pool.acquire().await.unwrap(), &[key(orgnr(1))]).await.unwrap()
    };
    let of_one = facts(one.pool().clone()).await;
    assert_eq!(of_one, facts(other.pool().clone()).await);
    assert_eq!(fact(&of_one[0], "name"), FactValue::Text("REGISTRET AB".into()));
}

#[tokio::test]
async fn the_same_period_twice_in_one_filing_keeps_the_first_and_says_so() {
    let db = testing::database().await;
    let applied = apply(&db, &[filing(orgnr(1), "x", None, vec![full_year(2021, 10), full_year(2021, 20)])]).await;
    assert_eq!((applied.periods, applied.warnings.len()), (1, 1));
    assert!(applied.warnings[0].1.contains("occurs twice"));
}

#[tokio::test]
async fn an_answer_without_some_producers_erases_nothing() {
    let db = testing::database().await;
    apply(&db, &[named(orgnr(1), CompanySource::Scb, "Kvar AB")]).await;
    let silent =
        Incoming { company: Some(CompanyRecord::empty(orgnr(1), CompanySource::BolagsverketApi)), filing: None };
    apply(&db, &[silent]).await;
    let kept = companies::read(&mut db.acquire().await.unwrap(), &[key(orgnr(1))]).await.unwrap();
    assert_eq!(kept[0].record.name.as_deref(), Some("Kvar AB"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_writers_in_opposite_order_both_finish_with_the_same_result() {
    let db = testing::database().await;
    let writer = |reversed: bool, source: CompanySource| {
        let pool = db.pool().clone();
        async move {
            let mut numbers: Vec<u64> = (0..200).collect();
            if reversed {
                numbers.reverse();
            }
            for chunk in numbers.chunks(50) {
                let batch: Vec<Incoming> = chunk
                    .iter()
                    .flat_map(|n| {
                        [
                            named(orgnr(*n), source, source.as_str()),
                            filing(orgnr(*n), "2021", None, vec![full_year(2021, 10)]),
                        ]
                    })
                    .collect();
                apply(&pool, &batch).await;
            }
        }
    };
    let ends = tokio::join!(
        tokio::spawn(writer(false, CompanySource::Scb)),
        tokio::spawn(writer(true, CompanySource::BolagsverketBulk)),
        tokio::spawn(writer(true, CompanySource::Scb)),
    );
    assert!(ends.0.is_ok() && ends.1.is_ok() && ends.2.is_ok(), "{ends:?}");
    let (filings, periods, names): (i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM filings), (SELECT count(*) FROM financial_periods),
                (SELECT count(*) FROM company_facts WHERE name = 'bolagsverket_bulk' AND revenue = 10)",
    )
    .fetch_one(db.pool())
    .await
    .unwrap();
    assert_eq!((filings, periods, names), (200, 200, 200));
}

#[test]
fn a_filing_is_known_when_filed_signed_or_when_the_law_says_at_the_latest() {
    let today = day("2026-01-15");
    let known = |filed_at: Option<&str>, dated_on: Option<&str>, of: i32| {
        let mut new = filing(orgnr(1), "x", filed_at, vec![full_year(of, 10)]).filing.unwrap();
        new.dated_on = dated_on.map(day);
        new.date(today).day
    };
    assert_eq!(known(Some("2022-06-30"), Some("2022-05-01"), 2021), day("2022-06-30"));
    assert_eq!(known(None, Some("2022-05-01"), 2021), day("2022-05-01"));
    assert_eq!(known(None, None, 2021), day("2022-07-31"));
    assert_eq!(known(None, None, 2025), today);
}
