//! Readers beside a writer: a reader sees all of a change or none of it, and never an older state after a newer one.

use std::sync::atomic::{AtomicBool, Ordering};

use domain::catalogue::{FIELDS, FieldKind};
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::{Condition, FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::{Change, Index, NoSets, Snapshot};

const COMPANIES: usize = 300;
const GENERATIONS: u64 = 120;

fn companies() -> Vec<Orgnr> {
    let found: Vec<Orgnr> =
        (5_560_000_000u64..).filter_map(|number| Orgnr::from_number(number).ok()).take(COMPANIES).collect();
    assert_eq!(found.len(), COMPANIES);
    found
}

fn amounts() -> Vec<FieldId> {
    let kinds = FIELDS.iter().enumerate().filter(|(_, field)| field.kind == FieldKind::Amount);
    kinds.map(|(index, _)| FieldId(index as u16)).collect()
}

/// Every amount, and the name, carries the generation.
fn row(orgnr: Orgnr, generation: u64) -> CompanyFacts {
    let values = FIELDS.iter().map(|field| match field.kind {
        FieldKind::Amount => FactValue::Integer(generation as i64),
        FieldKind::Text if field.key == "name" => FactValue::Text(format!("bolag {generation}").into()),
        _ => FactValue::Null,
    });
    CompanyFacts { orgnr, values: values.collect() }
}

/// Panics unless the state is that of exactly one generation, in which odd generations lack the last company.
fn check(state: &Snapshot, amounts: &[FieldId]) {
    let generation = state.version();
    let expected = COMPANIES as u64 - generation % 2;
    assert_eq!(state.len(), expected);
    let all = state.all();
    for id in state.rows(&all) {
        for field in amounts {
            assert_eq!(state.value(id, *field), FactValue::Integer(generation as i64));
        }
    }
    for field in amounts {
        let value = Some(generation as i64);
        let only = Filter::Condition(Condition::IntegerRange { field: *field, min: value, max: value });
        assert_eq!(state.select(&only, &NoSets).count(), expected);
        let other = Filter::Not(Box::new(only));
        assert_eq!(state.select(&other, &NoSets).count(), 0);
    }
    assert_eq!(state.orgnrs(&all).len() as u64, expected);
}

#[test]
fn readers_see_whole_changes_in_order_while_a_writer_applies_and_merges() {
    let companies = companies();
    let amounts = amounts();
    assert!(amounts.len() > 1);
    let first: Vec<CompanyFacts> = companies.iter().map(|orgnr| row(*orgnr, 2)).collect();
    let index = Index::build(&first, 2);
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut last = 0;
                loop {
                    // Read the flag first: after the last change every reader checks the final state once.
                    let is_last = is_done.load(Ordering::Acquire);
                    let state = index.read();
                    assert!(state.version() >= last, "version {} after {last}", state.version());
                    last = state.version();
                    check(&state, &amounts);
                    if is_last {
                        assert_eq!(last, GENERATIONS);
                        break;
                    }
                }
            });
        }
        for generation in 3..=GENERATIONS {
            let changes = companies.iter().enumerate().map(|(position, orgnr)| {
                let is_gone = generation % 2 == 1 && position + 1 == COMPANIES;
                Change { orgnr: *orgnr, facts: (!is_gone).then(|| row(*orgnr, generation)) }
            });
            index.apply(changes, generation);
            if generation % 7 == 0 {
                index.merge();
            }
        }
        is_done.store(true, Ordering::Release);
    });
}

#[test]
fn a_state_that_is_held_stays_as_it_was() {
    let companies = companies();
    let amounts = amounts();
    let first: Vec<CompanyFacts> = companies.iter().map(|orgnr| row(*orgnr, 2)).collect();
    let index = Index::build(&first, 2);
    let held = index.read();
    index.apply(companies.iter().map(|orgnr| Change { orgnr: *orgnr, facts: Some(row(*orgnr, 4)) }), 4);
    let between = index.read();
    index.merge();
    check(&held, &amounts);
    check(&between, &amounts);
    check(&index.read(), &amounts);
    assert_eq!((held.version(), between.version(), index.read().version()), (2, 4, 4));
}
