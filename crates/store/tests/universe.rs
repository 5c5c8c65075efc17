//! The screen in SQL against the row-by-row reference, on real Postgres with random companies and random filters.

use std::collections::BTreeMap;

use domain::catalogue::{FIELDS, FieldKind};
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::evaluate::holds;
use domain::filter::fold::{fold, words};
use domain::filter::print::print;
use domain::filter::{FieldId, Filter};
use domain::orgnr::Orgnr;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sqlx::{Connection, PgConnection, Row};
use store::universe::count::{Level, count, facet};
use store::universe::distribution::bins;
use store::universe::page::{SortBy, SortKey, all, page};
use store::universe::statistics::statistics;
use store::universe::{Where, sample};

#[path = "../../domain/src/filter/tests/arbitrary.rs"]
#[allow(dead_code)]
mod arbitrary;

fn runner(seed: u8) -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
}

fn draw<S: Strategy>(strategy: &S, runner: &mut TestRunner) -> S::Value {
    strategy.new_tree(runner).expect("a value").current()
}

async fn fill(conn: &mut PgConnection, runner: &mut TestRunner, rows: u64) -> Vec<CompanyFacts> {
    let mut companies = Vec::new();
    for index in 0..rows {
        let orgnr = Orgnr::from_number(5_560_000_000 + index * 37).expect("a company's number");
        companies.push(draw(&arbitrary::any_facts(orgnr), runner));
    }
    let keys: Vec<i64> = companies.iter().map(|facts| facts.orgnr.number() as i64).collect();
    sqlx::query("INSERT INTO companies (orgnr) SELECT unnest($1::bigint[])")
        .bind(keys)
        .execute(&mut *conn)
        .await
        .unwrap();
    let mut tx = conn.begin().await.unwrap();
    store::company_facts::upsert(&mut tx, &companies).await.unwrap();
    tx.commit().await.unwrap();
    companies
}

fn naive<'a>(companies: &'a [CompanyFacts], filter: &Filter) -> Vec<&'a CompanyFacts> {
    companies.iter().filter(|facts| holds(filter, *facts)).collect()
}

#[tokio::test]
async fn sql_selects_what_the_reference_selects() {
    let db = testing::database().await;
    let mut conn = db.acquire().await.unwrap();
    let mut runner = runner(1);
    let companies = fill(&mut conn, &mut runner, 400).await;
    let filters = arbitrary::any_filter_without_sets();
    let (mut some, mut rounds) = (0, 0);
    while rounds < 600 {
        let filter = draw(&filters, &mut runner);
        let expected: Vec<Orgnr> = naive(&companies, &filter).iter().map(|facts| facts.orgnr).collect();
        let found =
            all(&mut conn, Where(&filter), &[]).await.unwrap_or_else(|error| panic!("{}: {error}", print(&filter)));
        assert_eq!(found, expected, "{}", print(&filter));
        assert_eq!(count(&mut conn, Where(&filter)).await.unwrap(), expected.len() as u64);
        some += usize::from(!expected.is_empty() && expected.len() < companies.len());
        rounds += 1;
    }
    assert!(some > 200, "only {some} of {rounds} filters told companies apart");
}

#[tokio::test]
async fn words_fold_and_match_in_sql_as_in_the_domain() {
    let db = testing::database().await;
    let mut conn = db.acquire().await.unwrap();
    let texts = [
        "ÅKERIET Öst & Väst AB",
        "Cafe\u{301} Noe\u{308}l",
        "H&M\tHennes-Mauritz",
        "\u{1}a\u{7f}b'c\"d\\e^f",
        "ÆØÞßŒ İıŁ 日本 Ω",
        "",
    ];
    for text in texts {
        let row = sqlx::query("SELECT translate($1, $2, $3)")
            .bind(text)
            .bind(domain::filter::fold::FOLD_FROM)
            .bind(domain::filter::fold::FOLD_TO)
            .fetch_one(&mut *conn)
            .await
            .unwrap();
        assert_eq!(row.get::<String, _>(0), fold(text));
        for wanted in
            ["akeri", "noel", "mauritz", "b", "hennnes", "henens", "ω", "日本", "æ", "vaest", "e^f", "vast ost"]
        {
            let folded = fold(wanted);
            let list: Vec<String> = words(&folded).map(str::to_owned).collect();
            let row = sqlx::query("SELECT lode_fuzzy($1, $2)")
                .bind(fold(text))
                .bind(&list)
                .fetch_one(&mut *conn)
                .await
                .unwrap();
            assert_eq!(row.get::<bool, _>(0), domain::filter::fold::fuzzy(&folded, &fold(text)), "{wanted} in {text}");
        }
    }
}

fn number(facts: &CompanyFacts, field: usize) -> Option<f64> {
    match &facts.values[field] {
        FactValue::Integer(value) => Some(*value as f64),
        FactValue::Real(value) => Some(*value),
        FactValue::Date(day) => Some((*day - chrono::NaiveDate::default()).num_days() as f64),
        _ => None,
    }
}

#[tokio::test]
async fn sorts_counts_and_distributions_are_exact() {
    let db = testing::database().await;
    let mut conn = db.acquire().await.unwrap();
    let mut runner = runner(2);
    let companies = fill(&mut conn, &mut runner, 300).await;
    let filters = arbitrary::any_filter_without_sets();
    for (index, definition) in FIELDS.iter().enumerate() {
        let field = FieldId(index as u16);
        let filter = if index % 3 == 0 { Filter::EVERYTHING } else { draw(&filters, &mut runner) };
        let matching = naive(&companies, &filter);
        match definition.kind {
            FieldKind::Text => {}
            FieldKind::Category | FieldKind::Categories | FieldKind::Boolean => {
                let mut expected: BTreeMap<Option<String>, u64> = BTreeMap::new();
                for facts in &matching {
                    let mut values: Vec<Option<String>> = match &facts.values[index] {
                        FactValue::Text(code) => vec![Some(code.to_string())],
                        FactValue::Texts(codes) => codes.iter().map(|code| Some(code.to_string())).collect(),
                        FactValue::Boolean(value) => vec![Some(value.to_string())],
                        _ => vec![None],
                    };
                    values.dedup();
                    for value in values {
                        *expected.entry(value).or_default() += 1;
                    }
                }
                let found = facet(&mut conn, Where(&filter), field, Level::Value).await.unwrap();
                assert_eq!(found.into_iter().collect::<BTreeMap<_, _>>(), expected, "{}", FIELDS[index].key);
            }
            _ => {
                let values: Vec<f64> = matching.iter().filter_map(|facts| number(facts, index)).collect();
                for descending in [false, true] {
                    let sort = [SortKey { by: SortBy::Field(field), descending }];
                    let found = page(&mut conn, Where(&filter), &sort, 3, 50).await.unwrap();
                    let mut expected: Vec<&CompanyFacts> = matching.clone();
                    expected.sort_by(|a, b| {
                        let (x, y) = (number(a, index), number(b, index));
                        let order = match (x, y) {
                            (Some(x), Some(y)) if descending => y.total_cmp(&x),
                            (Some(x), Some(y)) => x.total_cmp(&y),
                            (x, y) => x.is_none().cmp(&y.is_none()),
                        };
                        order.then(a.orgnr.cmp(&b.orgnr))
                    });
                    let expected: Vec<Orgnr> = expected.iter().skip(3).take(50).map(|facts| facts.orgnr).collect();
                    assert_eq!(found.orgnrs, expected, "{} {descending}", FIELDS[index].key);
                    assert_eq!(found.total, matching.len() as u64);
                }
                let found = statistics(&mut conn, Where(&filter), field, &[0.0, 0.5, 1.0]).await.unwrap();
                let mut sorted = values.clone();
                sorted.sort_by(f64::total_cmp);
                assert_eq!((found.count, found.nulls), (values.len() as u64, (matching.len() - values.len()) as u64));
                assert_eq!((found.min, found.max), (sorted.first().copied(), sorted.last().copied()));
                let median = sorted.len().div_ceil(2).checked_sub(1).map(|middle| sorted[middle]);
                assert_eq!(found.percentiles, [sorted.first().copied(), median, sorted.last().copied()]);
                let edges = [-1.0, 0.0, 0.05, 10.0, 1e6, 5e7];
                let found = bins(&mut conn, Where(&filter), field, &edges).await.unwrap();
                let in_bin = |bin: usize| {
                    values
                        .iter()
                        .filter(move |v| **v >= edges[bin] && (**v < edges[bin + 1] || (bin == 4 && **v == 5e7)))
                };
                let expected: Vec<u64> = (0..5).map(|bin| in_bin(bin).count() as u64).collect();
                assert_eq!(found.counts, expected, "{}", FIELDS[index].key);
                assert_eq!(
                    found.counts.iter().sum::<u64>() + found.below + found.above + found.nulls,
                    matching.len() as u64
                );
            }
        }
    }
    let (x, y) = (FieldId::find("revenue").unwrap(), FieldId::find("ebitda_margin").unwrap());
    let points = sample::points(&mut conn, Where(&Filter::EVERYTHING), x, y, 20).await.unwrap();
    let again = sample::points(&mut conn, Where(&Filter::EVERYTHING), x, y, 20).await.unwrap();
    assert_eq!((points.points.len(), &points), (20, &again));
    let both =
        companies.iter().filter(|f| number(f, usize::from(x.0)).is_some() && number(f, usize::from(y.0)).is_some());
    assert_eq!(points.with_both, both.count() as u64);
}
