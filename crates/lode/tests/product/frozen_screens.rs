//! A frozen screen holds the companies that Postgres finds, whoever said beforehand which they are.

use domain::catalogue::FIELDS;
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::{Condition, FieldId, Filter};
use domain::orgnr::Orgnr;
use sqlx::{Connection, Executor, PgConnection};
use store::change_feed;
use store::companies::StoredCompany;
use store::snapshots::{self, Known, NewSnapshot};
use store::universe::{Where, page};

/// Numbers that look random and are the same each time (Knuth's generator).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn revenue() -> FieldId {
    FieldId::find("revenue").unwrap()
}

fn company(index: u64, value: i64) -> CompanyFacts {
    let mut values = vec![FactValue::Null; FIELDS.len()];
    values[usize::from(revenue().0)] = FactValue::Integer(value);
    CompanyFacts { orgnr: Orgnr::from_number(5_560_000_000 + index).unwrap(), values }
}

async fn write(conn: &mut PgConnection, facts: &[CompanyFacts]) {
    let companies: Vec<StoredCompany> = facts.iter().map(|facts| StoredCompany::unknown(facts.orgnr)).collect();
    let companies: Vec<&StoredCompany> = companies.iter().collect();
    let mut tx = conn.begin().await.unwrap();
    store::companies::write::insert_missing(&mut tx, &companies).await.unwrap();
    store::company_facts::upsert(&mut tx, facts).await.unwrap();
    tx.commit().await.unwrap();
}

/// What a follower knows that has read the feed as far as it goes.
async fn follow(conn: &mut PgConnection, filter: &Filter) -> Known {
    let mut tx = conn.begin().await.unwrap();
    tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await.unwrap();
    let place = change_feed::horizon(&mut tx).await.unwrap();
    let orgnrs = page::all(&mut tx, Where(filter), &[]).await.unwrap();
    Known { place, orgnrs }
}

async fn frozen(conn: &mut PgConnection, filter: &Filter, known: Option<&Known>) -> (Vec<Orgnr>, String) {
    let json = domain::filter::json::to_json(filter);
    let new = NewSnapshot { name: None, filter_text: "sample", filter_json: &json, filter: Where(filter), known };
    let taken = snapshots::take(conn, &new).await.unwrap();
    let (found, orgnrs) = snapshots::find(conn, taken.id, 1_000, 0).await.unwrap().unwrap();
    assert_eq!(found.hash, snapshots::result_hash("sample", &orgnrs));
    (orgnrs, found.hash)
}

#[tokio::test]
async fn known_companies_that_are_behind_are_never_frozen_whatever_was_written_meanwhile() {
    let db = testing::database().await;
    let mut random = Sequence(3);
    let mut conn = db.acquire().await.unwrap();
    change_feed::recognise(&mut conn).await.unwrap();
    let filter = Filter::Condition(Condition::IntegerRange { field: revenue(), min: Some(50), max: None });
    write(&mut conn, &(0..40).map(|index| company(index, 60)).collect::<Vec<_>>()).await;
    let mut known = follow(&mut conn, &filter).await;
    let mut open: Option<sqlx::Transaction<'static, sqlx::Postgres>> = None;
    for step in 0..120 {
        let change = company(random.below(60), random.below(100).cast_signed());
        match random.below(5) {
            0 => write(&mut conn, &[change]).await,
            1 if open.is_none() => {
                let mut tx = db.begin().await.unwrap();
                // Companies of its own, so that nobody waits for it.
                write(&mut tx, &[company(1_000 + step, 70)]).await;
                open = Some(tx);
            }
            2 => {
                if let Some(tx) = open.take() {
                    tx.commit().await.unwrap();
                }
            }
            3 => known = follow(&mut conn, &filter).await,
            _ => {}
        }
        let expected = page::all(&mut conn, Where(&filter), &[]).await.unwrap();
        let (companies, hash) = frozen(&mut conn, &filter, Some(&known)).await;
        assert_eq!(companies, expected, "step {step}");
        assert_eq!(hash, frozen(&mut conn, &filter, None).await.1, "step {step}");
    }
}

#[tokio::test]
async fn known_companies_are_believed_where_nothing_came_after_them_and_not_of_another_feed() {
    let db = testing::database().await;
    let mut conn = db.acquire().await.unwrap();
    change_feed::recognise(&mut conn).await.unwrap();
    let filter = Filter::Condition(Condition::IntegerRange { field: revenue(), min: Some(50), max: None });
    write(&mut conn, &[company(1, 60), company(2, 60), company(3, 0)]).await;
    // Transactions of other databases of the server hold the end of the feed back for a moment.
    let mut believed = None;
    for _ in 0..600 {
        let mut known = follow(&mut conn, &filter).await;
        // Not what Postgres finds, so that it shows who was asked.
        known.orgnrs.truncate(1);
        if frozen(&mut conn, &filter, Some(&known)).await.0.len() == 1 {
            believed = Some(known);
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let known = believed.expect("what a follower knows is believed once nothing came after it");
    let other = Known { place: change_feed::FeedCursor { feed_id: uuid::Uuid::nil(), ..known.place }, ..known.clone() };
    assert_eq!(frozen(&mut conn, &filter, Some(&other)).await.0.len(), 2);
    write(&mut conn, &[company(4, 60)]).await;
    assert_eq!(frozen(&mut conn, &filter, Some(&known)).await.0.len(), 3);
}
