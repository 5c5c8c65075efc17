//! Facts rows: what is written is what is read, in every way of reading, and only changes are noted.

mod support;

use domain::catalogue::{FIELDS, FieldKind};
use domain::company::CompanySource;
use domain::facts::{CompanyFacts, FactValue};
use store::change_feed::{self, Changes};
use store::company_facts;
use support::{apply, day, key, named, orgnr};

/// A row in which every third value is missing and the others depend on `seed`.
fn row(n: u64, seed: i64) -> CompanyFacts {
    let values = FIELDS
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let number = seed * 1000 + index as i64;
            if (index as i64 + seed) % 3 == 0 {
                return FactValue::Null;
            }
            match field.kind {
                FieldKind::Amount => FactValue::Integer(-number * 1_000_000_007),
                FieldKind::Integer => FactValue::Integer(number),
                FieldKind::Ratio | FieldKind::Count => FactValue::Real(number as f64 / 1e4),
                FieldKind::Boolean => FactValue::Boolean(number % 2 == 0),
                FieldKind::Date => FactValue::Date(day("1969-07-20") + chrono::Days::new(number as u64)),
                FieldKind::Category | FieldKind::Text => FactValue::Text(format!("Åäö {number}").into()),
                FieldKind::Categories if number % 2 == 0 => FactValue::Texts(Box::default()),
                FieldKind::Categories => FactValue::Texts(["62010".into(), format!("{number}").into()].into()),
            }
        })
        .collect();
    CompanyFacts { orgnr: orgnr(n), values }
}

#[tokio::test]
async fn rows_come_back_bit_for_bit_and_unchanged_ones_are_not_noted() {
    let db = testing::database().await;
    let companies: Vec<_> = (0..300).map(|n| named(orgnr(n), CompanySource::Scb, "x")).collect();
    apply(&db, &companies).await;
    let rows: Vec<CompanyFacts> = (0..300).map(|n| row(n, n as i64 % 7)).collect();
    let mut conn = db.acquire().await.unwrap();
    change_feed::recognise(&mut conn).await.unwrap();
    let start = change_feed::horizon(&mut conn).await.unwrap();

    assert_eq!(write(&db, &rows).await, 300);
    assert_eq!(write(&db, &rows).await, 0, "the same again changes nothing");
    let mut changed = rows.clone();
    changed[5] = row(5, 99);
    assert_eq!(write(&db, &changed).await, 1);

    let keys: Vec<i64> = (0..300).map(|n| key(orgnr(n))).collect();
    let mut expected = changed.clone();
    expected.sort_by_key(|row| row.orgnr);
    assert_eq!(company_facts::read(&mut conn, &keys).await.unwrap(), expected);
    let mut all = Vec::new();
    company_facts::read_all(&mut conn, |row| {
        all.push(row);
        Ok(())
    })
    .await
    .unwrap();
    all.sort_by_key(|row| row.orgnr);
    assert_eq!(all, expected);

    // Transactions of other tests on the same server hold the horizon back for a while.
    let mut noted = Vec::new();
    let mut cursor = start;
    while noted.len() < 300 {
        let Changes::Batch(batch) = change_feed::changes_since(&mut conn, cursor, 10_000).await.unwrap() else {
            panic!("too old")
        };
        cursor = batch.cursor;
        noted.extend(batch.rows);
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    noted.sort_by_key(|row| row.orgnr);
    noted.dedup();
    assert_eq!(noted, expected);
}

async fn write(db: &store::PgPool, rows: &[CompanyFacts]) -> u64 {
    let mut tx = db.begin().await.unwrap();
    let count = company_facts::upsert(&mut tx, rows).await.unwrap();
    tx.commit().await.unwrap();
    count
}
