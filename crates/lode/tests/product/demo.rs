//! Demonstration data on a real database: loaded once it is all there, loaded twice nothing changes.

use chrono::Utc;
use domain::line::Line;
use domain::statement::Quality;
use lode::demo::generate;
use lode::demo::load::load_companies;
use store::companies::{self, key};
use store::current_periods;
use store::imports;

const FICTITIOUS: u64 = 1_200;

#[tokio::test(flavor = "multi_thread")]
async fn demonstration_data_loads_once_and_is_marked() {
    let db = testing::database().await;
    let first = load_companies(db.pool(), 5, FICTITIOUS, |_, _| {}).await.unwrap();
    assert_eq!(first.new, first.read);
    assert!(first.periods > FICTITIOUS * 4 && first.facts_changed >= FICTITIOUS);
    let second = load_companies(db.pool(), 5, FICTITIOUS, |_, _| {}).await.unwrap();
    assert_eq!((second.unchanged, second.periods), (second.read, 0));

    let mut conn = db.pool().acquire().await.unwrap();
    let (runs, total) = imports::list(&mut conn, 10, 0).await.unwrap();
    assert_eq!(total, 2);
    assert!(runs.iter().all(|run| run.kind == "demo" && run.status == "completed"));

    let fictitious: Vec<i64> = (0..FICTITIOUS).filter_map(generate::orgnr).map(key).collect();
    let stored = companies::read(&mut conn, &fictitious).await.unwrap();
    assert_eq!(stored.len() as u64, FICTITIOUS);
    assert!(stored.iter().all(|company| company.record.is_demo));
    let periods = current_periods::current(&mut conn, &fictitious, None).await.unwrap();
    let suspect = periods.iter().filter(|period| period.judgement.quality == Quality::Suspect).count();
    assert!((2..=30).contains(&suspect), "about one company in a hundred: {suspect}");
    let made = generate::companies(5, 0..1).next().unwrap();
    let kept: Vec<_> = periods.iter().filter(|period| period.orgnr == made.record.orgnr).collect();
    assert_eq!(kept.len(), made.statements.len());

    // A real company: not marked as fictitious, its figures as filed, the loss negative.
    let skomakare = key("5590852777".parse().unwrap());
    let stored = companies::read(&mut conn, &[skomakare]).await.unwrap();
    assert!(!stored[0].record.is_demo);
    let periods = current_periods::current(&mut conn, &[skomakare], Some(Utc::now().date_naive())).await.unwrap();
    let latest = &periods[0];
    assert_eq!(latest.statement.get(Line::Ebit), Some(-135_913));
    assert_eq!((latest.statement.get(Line::TotalAssets), latest.statement.employees), (Some(499_040), None));
}
