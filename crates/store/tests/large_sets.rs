//! Lists, labels and the activity of companies, changed by thousands at random, hold what a naive model holds.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Visibility;
use domain::orgnr::Orgnr;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::PgConnection;
use store::activity::{self, Entry, MOST_ROWS};
use store::labels::{self, LabelDraft};
use store::lists::{self, ListDraft, items};
use store::membership_changes::Former;
use support::orgnr;
use uuid::Uuid;

/// Whoever reaches an installation without sign-in.
const OWNER: Uuid = Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_0001);
/// Known companies; half as many more are unknown.
const COMPANIES: u64 = 3_000;

fn number(at: u64) -> i64 {
    i64::try_from(orgnr(at * 7).number()).unwrap()
}

async fn fill(conn: &mut PgConnection) {
    let known: Vec<i64> = (0..COMPANIES).map(number).collect();
    sqlx::query("INSERT INTO companies (orgnr) SELECT unnest($1::bigint[])").bind(&known).execute(conn).await.unwrap();
}

async fn list(conn: &mut PgConnection, name: String) -> Uuid {
    let draft = ListDraft {
        name,
        description: None,
        scope: Visibility::Team,
        filter: None,
        source_view_id: None,
        is_dynamic: false,
    };
    lists::insert(conn, OWNER, &draft).await.unwrap()
}

async fn label(conn: &mut PgConnection, name: String) -> Uuid {
    let draft = LabelDraft { name, color: "teal".to_owned(), scope: Visibility::Team };
    labels::insert(conn, OWNER, &draft).await.unwrap().unwrap()
}

/// Some companies, now and then thousands, unknown ones among them.
fn some(random: &mut StdRng) -> Vec<i64> {
    let (from, size) = (random.random_range(0..COMPANIES), [3, 40, 1_500][random.random_range(0..3)]);
    (from..from + size).filter(|_| random.random_bool(0.7)).map(number).collect()
}

#[tokio::test]
async fn lists_and_labels_hold_what_a_model_holds_after_every_step_of_a_random_sequence() {
    let db = testing::database().await;
    let mut conn = db.pool().acquire().await.unwrap();
    fill(&mut conn).await;
    let is_known: BTreeSet<i64> = (0..COMPANIES).map(number).collect();
    let mut random = StdRng::seed_from_u64(17);
    let mut model: Vec<(Uuid, Uuid, BTreeSet<i64>, BTreeSet<i64>)> = Vec::new();
    for n in 0..3 {
        let (list, label) = (list(&mut conn, format!("List {n}")).await, label(&mut conn, format!("Label {n}")).await);
        model.push((list, label, BTreeSet::new(), BTreeSet::new()));
    }
    let mut taken: Vec<(usize, Former, Former)> = Vec::new();
    for step in 0..60 {
        let at = random.random_range(0..model.len());
        let (list, label) = (model[at].0, model[at].1);
        match random.random_range(0..4) {
            0 | 1 => {
                let given = some(&mut random);
                let known: BTreeSet<i64> = given.iter().copied().filter(|one| is_known.contains(one)).collect();
                let new: BTreeSet<i64> = known.difference(&model[at].2).copied().collect();
                let added = items::add(&mut conn, list, &given, OWNER, None).await.unwrap();
                assert_eq!(added.known, known.len() as u64, "step {step}");
                assert_eq!(added.orgnrs.iter().copied().collect::<BTreeSet<_>>(), new, "step {step}");
                assert_eq!(added.orgnrs.len(), new.len(), "step {step}: a company is told once");
                labels::add(&mut conn, label, &given, OWNER).await.unwrap();
                model[at].2.extend(&known);
                model[at].3.extend(&known);
            }
            2 => {
                let given = some(&mut random);
                let from_list = items::remove(&mut conn, list, &given).await.unwrap();
                let from_label = labels::remove(&mut conn, label, &given).await.unwrap();
                for one in &given {
                    model[at].2.remove(one);
                    model[at].3.remove(one);
                }
                taken.push((at, from_list, from_label));
            }
            _ if random.random_bool(0.5) && !taken.is_empty() => {
                let (at, from_list, from_label) = taken.swap_remove(random.random_range(0..taken.len()));
                items::put_back(&mut conn, model[at].0, &from_list).await.unwrap();
                labels::put_back(&mut conn, model[at].1, &from_label).await.unwrap();
                model[at].2.extend(&from_list.orgnrs);
                model[at].3.extend(&from_label.orgnrs);
            }
            _ => {
                let others: Vec<usize> = (0..model.len()).filter(|other| *other != at).collect();
                let sources: Vec<Uuid> = others.iter().map(|other| model[*other].0).collect();
                items::copy_from(&mut conn, list, &sources, OWNER).await.unwrap();
                let copied: Vec<i64> = others.iter().flat_map(|other| model[*other].2.clone()).collect();
                model[at].2.extend(copied);
            }
        }
        for (list, label, in_list, in_label) in &model {
            let expected: Vec<i64> = in_list.iter().copied().collect();
            assert_eq!(items::members(&mut conn, *list).await.unwrap(), expected, "step {step}");
            let kept = lists::find(&mut conn, OWNER, *list).await.unwrap().unwrap();
            assert_eq!(usize::try_from(kept.item_count).unwrap(), in_list.len(), "step {step}: the count is kept");
            let expected: Vec<i64> = in_label.iter().copied().collect();
            assert_eq!(labels::members(&mut conn, *label).await.unwrap(), expected, "step {step}");
        }
    }
}

#[tokio::test]
async fn items_go_with_the_list_or_label_that_is_deleted_and_none_come_into_one_that_is_gone() {
    let db = testing::database().await;
    let mut conn = db.pool().acquire().await.unwrap();
    fill(&mut conn).await;
    let companies: Vec<i64> = (0..COMPANIES).map(number).collect();
    let (kept, gone) = (list(&mut conn, "Kept".to_owned()).await, list(&mut conn, "Gone".to_owned()).await);
    let (kept_label, gone_label) =
        (label(&mut conn, "Kept".to_owned()).await, label(&mut conn, "Gone".to_owned()).await);
    for (list, label) in [(kept, kept_label), (gone, gone_label)] {
        items::add(&mut conn, list, &companies, OWNER, None).await.unwrap();
        labels::add(&mut conn, label, &companies, OWNER).await.unwrap();
    }
    sqlx::query("DELETE FROM lists WHERE id = $1").bind(gone).execute(&mut *conn).await.unwrap();
    sqlx::query("DELETE FROM labels WHERE id = $1").bind(gone_label).execute(&mut *conn).await.unwrap();
    for sql in ["SELECT list_id FROM list_items GROUP BY 1", "SELECT label_id FROM label_items GROUP BY 1"] {
        let holders: Vec<Uuid> = sqlx::query_scalar(sql).fetch_all(&mut *conn).await.unwrap();
        assert!(holders == [kept] || holders == [kept_label], "{sql}: {holders:?}");
    }
    let refused = items::add(&mut conn, gone, &companies, OWNER, None).await;
    assert!(matches!(refused, Err(sqlx::Error::RowNotFound)), "{refused:?}");
    let refused = labels::add(&mut conn, gone_label, &companies, OWNER).await;
    assert!(matches!(refused, Err(sqlx::Error::RowNotFound)), "{refused:?}");
    // One that can still be brought back keeps its companies, and takes no more meanwhile.
    assert!(lists::delete(&mut conn, kept).await.unwrap());
    assert!(items::add(&mut conn, kept, &companies[..1], OWNER, None).await.is_err());
    assert_eq!(items::members(&mut conn, kept).await.unwrap().len(), companies.len());
}

#[tokio::test]
async fn events_of_few_and_of_many_companies_are_told_on_the_pages_of_exactly_those() {
    let db = testing::database().await;
    let mut conn = db.pool().acquire().await.unwrap();
    let other = Uuid::from_u128(7);
    sqlx::query("INSERT INTO users (id, email, display_name, role) VALUES ($1, 'b@example.com', 'B', 'analyst')")
        .bind(other)
        .execute(&mut *conn)
        .await
        .unwrap();
    let mut random = StdRng::seed_from_u64(3);
    // The least and the largest numbers there are, and both sides of the border of a block.
    let edges = [800_000_003_u64, 999_999_999, 1_000_000_008, 9_999_999_999, 5_560_008_703, 5_560_008_704];
    let companies: Vec<Orgnr> = (0..2_000)
        .map(|at| orgnr(at * 31))
        .chain(edges.iter().filter_map(|number| Orgnr::from_number(*number).ok()))
        .collect();
    // By company: the numbers of its events, with whether the owner alone sees them.
    let mut model: BTreeMap<Orgnr, Vec<(usize, bool)>> = BTreeMap::new();
    for event in 0..30 {
        let share = [0.002, 0.1, 0.6, 1.0][random.random_range(0..4)];
        let mut about: Vec<Orgnr> = companies.iter().copied().filter(|_| random.random_bool(share)).collect();
        about.extend(about.first().copied());
        let is_private = random.random_bool(0.3);
        let detail = serde_json::json!({ "event": event });
        let entry = Entry { actor: Some(OWNER), kind: "list.added", orgnrs: &about, detail };
        if is_private {
            activity::record_private(&mut conn, &entry).await.unwrap();
        } else {
            activity::record(&mut conn, &entry).await.unwrap();
        }
        for company in about.into_iter().collect::<BTreeSet<_>>() {
            model.entry(company).or_default().push((event, is_private));
        }
    }
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM activity_blocks").fetch_one(&mut *conn).await.unwrap();
    let single: i64 =
        sqlx::query_scalar("SELECT count(*) FROM activity_companies").fetch_one(&mut *conn).await.unwrap();
    assert!(rows > 0 && single > 0 && rows < 30 * MOST_ROWS as i64 / 10, "{rows} blocks, {single} rows");
    for company in companies.iter().step_by(37).chain(companies.iter().rev().take(6)) {
        for user in [OWNER, other] {
            let expected: Vec<usize> = model
                .get(company)
                .into_iter()
                .flatten()
                .rev()
                .filter(|(_, is_private)| !is_private || user == OWNER)
                .map(|(event, _)| *event)
                .collect();
            let mut told = Vec::new();
            let mut before = None;
            loop {
                let page = activity::of_company(&mut conn, user, *company, before, 4).await.unwrap();
                before = page.last().map(|event| event.id);
                told.extend(page.iter().filter_map(|event| event.detail["event"].as_u64()).map(|n| n as usize));
                if page.len() < 4 {
                    break;
                }
            }
            assert_eq!(told, expected, "{company} to {user}");
        }
    }
}
