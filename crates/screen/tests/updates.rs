//! Readers beside a writer: every state is whole, versions only grow, and nothing changed during a merge is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use domain::catalogue::FIELDS;
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::{Condition, FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::{Change, Index, NoSets, Sort, SortBy};

const COMPANIES: u64 = 600;

fn field(key: &str) -> FieldId {
    FieldId::find(key).expect("a field of the catalogue")
}

/// A row whose columns all tell the same number.
fn row(company: u64, round: i64) -> CompanyFacts {
    let mut values = vec![FactValue::Null; FIELDS.len()];
    let mut set = |key: &str, value| values[field(key).0 as usize] = value;
    set("revenue", FactValue::Integer(round));
    set("total_assets", FactValue::Integer(round * 5_000_000_000));
    set("equity_ratio", FactValue::Real(round as f64));
    set("name", FactValue::Text(format!("Bolag {round}").into()));
    set("county", FactValue::Text(format!("{round}").into()));
    CompanyFacts { orgnr: orgnr(company), values }
}

fn orgnr(company: u64) -> Orgnr {
    Orgnr::from_number(5_560_000_000 + company).expect("a company's number")
}

/// Every row tells one number in all its columns, and all rows of a state tell the same one.
fn assert_whole(index: &Index) -> u64 {
    let state = index.read();
    assert_eq!(state.len(), COMPANIES);
    let all = state.all();
    let sorts = [Sort { by: SortBy::Field(field("revenue")), descending: true }];
    let page = state.page(&all, &sorts, 0, 40);
    let round = state.version() as i64;
    for row in page.iter().copied().chain(state.rows(&all)) {
        assert_eq!(state.value(row, field("revenue")), FactValue::Integer(round));
        assert_eq!(state.value(row, field("total_assets")), FactValue::Integer(round * 5_000_000_000));
        assert_eq!(state.value(row, field("equity_ratio")), FactValue::Real(round as f64));
        assert_eq!(state.value(row, field("name")), FactValue::Text(format!("Bolag {round}").into()));
    }
    let now =
        Filter::Condition(Condition::IntegerRange { field: field("revenue"), min: Some(round), max: Some(round) });
    assert_eq!(state.select(&now, &NoSets).count(), COMPANIES);
    assert_eq!(state.facet(field("county"), None, &all).into_values().collect::<Vec<_>>(), [COMPANIES]);
    state.version()
}

#[test]
fn readers_never_see_half_a_change() {
    let first: Vec<_> = (0..COMPANIES).map(|company| row(company, 1)).collect();
    let index = Arc::new(Index::build(&first, 1));
    let is_done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let (index, is_done) = (index.clone(), is_done.clone());
            thread::spawn(move || {
                let mut last = 0;
                while !is_done.load(Ordering::Acquire) {
                    let version = assert_whole(&index);
                    assert!(version >= last, "a later reading shows an earlier state");
                    last = version;
                }
            })
        })
        .collect();
    let merger = thread::spawn({
        let (index, is_done) = (index.clone(), is_done.clone());
        move || {
            while !is_done.load(Ordering::Acquire) {
                index.merge();
            }
        }
    });
    for round in 2..40 {
        let changes = (0..COMPANIES).map(|company| Change { orgnr: orgnr(company), facts: Some(row(company, round)) });
        index.apply(changes, round as u64);
    }
    is_done.store(true, Ordering::Release);
    merger.join().expect("the merger ends well");
    for reader in readers {
        reader.join().expect("a reader ends well");
    }
    assert_eq!(assert_whole(&index), 39);
    index.merge();
    assert_eq!(assert_whole(&index), 39);
}

#[test]
fn a_removed_company_stays_away_and_can_return() {
    let index = Index::build(&[row(1, 1), row(2, 1)], 1);
    index.apply([Change { orgnr: orgnr(1), facts: None }], 2);
    assert_eq!((index.read().len(), index.read().find(orgnr(1).number())), (1, None));
    index.merge();
    assert_eq!((index.read().len(), index.read().version()), (1, 2));
    index.apply([Change { orgnr: orgnr(1), facts: Some(row(1, 3)) }, Change { orgnr: orgnr(2), facts: None }], 3);
    let state = index.read();
    let found = state.find(orgnr(1).number()).and_then(|row| state.facts(row));
    assert_eq!((state.len(), found), (1, Some(row(1, 3))));
}
