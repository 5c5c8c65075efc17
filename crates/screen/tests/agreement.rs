//! The index answers as a plain walk over all rows does, on random companies, changes, filters, sorts and counts.

mod naive;

use std::collections::BTreeMap;

use domain::catalogue::{FieldKind, Hierarchy};
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::FieldId;
use domain::filter::code::sni_section;
use domain::filter::evaluate::Row;
use naive::{Members, Truth, company, facts, fields, random, stored};
use proptest::prelude::*;
use rand::RngExt;
use screen::{Change, Index, Place, RowId, Scale, Selection, Snapshot};

/// An index after some changes and perhaps a merge, and what it should show.
fn changed_index(seed: u64, rows: usize) -> (Index, Truth) {
    changed_index_among(seed, rows, 400)
}

/// As [`changed_index`], with numbers out of so many.
fn changed_index_among(seed: u64, rows: usize, numbers: u64) -> (Index, Truth) {
    let mut random = random(seed);
    let first: Vec<CompanyFacts> = (0..rows).map(|_| facts(company(&mut random, numbers), &mut random)).collect();
    let mut truth: Truth = first.iter().map(|facts| (facts.orgnr, facts.clone())).collect();
    let index = Index::build(&first, 1);
    for version in 2..2 + random.random_range(0..4u64) {
        let changes: Vec<Change> = (0..random.random_range(0..40))
            .map(|_| {
                let orgnr = company(&mut random, numbers);
                let facts = random.random_ratio(3, 4).then(|| facts(orgnr, &mut random));
                Change { orgnr, facts }
            })
            .collect();
        for change in &changes {
            match &change.facts {
                Some(facts) => truth.insert(change.orgnr, facts.clone()),
                None => truth.remove(&change.orgnr),
            };
        }
        index.apply(changes, version);
        assert_eq!(index.read().version(), version);
        if random.random_range(0..4) == 0 {
            index.merge();
            assert_eq!(index.read().version(), version);
        }
    }
    (index, truth)
}

fn numbers(state: &Snapshot, rows: &[RowId]) -> Vec<u64> {
    rows.iter().map(|row| state.orgnr(*row)).collect()
}

fn orgnrs(rows: &[&CompanyFacts]) -> Vec<u64> {
    rows.iter().map(|facts| facts.orgnr.number()).collect()
}

fn cut(level: Option<u8>, code: &str) -> String {
    match level {
        None => code.to_owned(),
        Some(1) => sni_section(code).map_or(code.to_owned(), String::from),
        Some(level) => code.chars().take(usize::from(level)).collect(),
    }
}

fn naive_facet(rows: &[&CompanyFacts], field: FieldId, level: Option<u8>) -> BTreeMap<Option<String>, u64> {
    let mut counts = BTreeMap::new();
    for facts in rows {
        let names: Vec<Option<String>> = match Row::value(*facts, field) {
            FactValue::Text(code) => vec![Some(cut(level, code))],
            FactValue::Texts(codes) => {
                let mut names: Vec<_> = codes.iter().map(|code| Some(cut(level, code))).collect();
                names.sort();
                names.dedup();
                names
            }
            FactValue::Boolean(yes) => vec![Some(yes.to_string())],
            FactValue::Integer(value) => vec![Some(value.to_string())],
            _ => vec![None],
        };
        for name in names {
            *counts.entry(name).or_insert(0) += 1;
        }
    }
    counts
}

fn agree_on_counts(
    state: &Snapshot,
    selection: &Selection,
    rows: &[&CompanyFacts],
    seed: u64,
) -> Result<(), TestCaseError> {
    let mut random = random(seed);
    for field in fields() {
        let kind = field.field().kind;
        if matches!(kind, FieldKind::Category | FieldKind::Categories | FieldKind::Boolean | FieldKind::Integer) {
            let level = (field.field().hierarchy != Hierarchy::Flat).then(|| random.random_range(1..6));
            prop_assert_eq!(
                state.facet(field, level, selection),
                naive_facet(rows, field, level),
                "{}",
                field.field().key
            );
        }
        let mut values: Vec<i64> = rows.iter().filter_map(|facts| stored(Row::value(*facts, field))).collect();
        values.sort_unstable();
        if !matches!(
            kind,
            FieldKind::Amount | FieldKind::Ratio | FieldKind::Count | FieldKind::Integer | FieldKind::Date
        ) {
            continue;
        }
        let scale = [Scale::Linear, Scale::Log, Scale::Quantile][random.random_range(0..3)];
        let edges = state.edges(field, random.random_range(1..30), scale);
        prop_assert!(edges.is_sorted_by(|a, b| a < b), "{:?} {:?}", scale, edges);
        if edges.len() >= 2 {
            let counted = state.histogram(field, &edges, selection);
            let (first, last) = (edges[0], edges[edges.len() - 1]);
            prop_assert_eq!(counted.below, values.iter().filter(|value| **value < first).count() as u64);
            prop_assert_eq!(counted.above, values.iter().filter(|value| **value > last).count() as u64);
            prop_assert_eq!(counted.missing, (rows.len() - values.len()) as u64);
            for (bin, ends) in edges.windows(2).enumerate() {
                let is_last = bin + 2 == edges.len();
                let inside = |value: &i64| ends[0] <= *value && (*value < ends[1] || is_last && *value == ends[1]);
                let expected = values.iter().filter(|value| inside(value)).count() as u64;
                prop_assert_eq!(counted.counts[bin], expected, "{} {:?} bin {}", field.field().key, edges, bin);
            }
        }
        let unit = if matches!(kind, FieldKind::Ratio | FieldKind::Count) { 1e4 } else { 1.0 };
        match state.statistics(field, selection, &[0.0, 0.5, 0.9, 1.0]) {
            None => prop_assert!(values.is_empty()),
            Some(found) => {
                prop_assert_eq!(found.count, values.len() as u64);
                prop_assert_eq!(found.missing, (rows.len() - values.len()) as u64);
                let nth = |share: f64| {
                    let rank = (share * values.len() as f64).ceil().max(1.0) as usize;
                    values[rank - 1] as f64 / unit
                };
                prop_assert_eq!(found.percentiles, vec![nth(0.0), nth(0.5), nth(0.9), nth(1.0)]);
                prop_assert_eq!((found.min, found.max), (nth(0.0), nth(1.0)));
            }
        }
    }
    Ok(())
}

fn agree(seed: u64, rows: usize) -> Result<(), TestCaseError> {
    agree_among(seed, rows, 400)
}

fn agree_among(seed: u64, rows: usize, numbers_from: u64) -> Result<(), TestCaseError> {
    let (index, truth) = changed_index_among(seed, rows, numbers_from);
    let state = index.read();
    let mut random = random(seed ^ 1);
    prop_assert_eq!(state.len(), truth.len() as u64);
    for (orgnr, facts) in &truth {
        let found = state.find(orgnr.number()).and_then(|row| state.facts(row));
        prop_assert_eq!(found.as_ref(), Some(facts));
    }
    for _ in 0..6 {
        let filter = naive::filter(&mut random, 4).canonical();
        let members: Members = naive::members(&mut random);
        let mut expected = naive::select(&truth, &filter, &members);
        let filtered = state.filtered(&filter, &members);
        let selection = filtered.selection().clone();
        prop_assert_eq!(&selection, &state.select(&filter, &members));
        prop_assert_eq!(state.orgnrs(&selection), orgnrs(&expected), "{:?}", filter);
        prop_assert_eq!(selection.count(), expected.len() as u64);
        for _ in 0..4 {
            let sorts = naive::sorts(&mut random);
            naive::sort(&mut expected, &sorts);
            let (offset, limit) = (random.random_range(0..80u64), random.random_range(0..60u32));
            let page: Vec<&CompanyFacts> =
                expected.iter().skip(offset as usize).take(limit as usize).copied().collect();
            prop_assert_eq!(
                numbers(&state, &state.page(&selection, &sorts, offset, limit)),
                orgnrs(&page),
                "{:?}",
                sorts
            );
            let all = state.page(&selection, &sorts, 0, u32::MAX);
            prop_assert_eq!(numbers(&state, &all), orgnrs(&expected), "{:?}", sorts);
            for (position, row) in all.iter().enumerate().step_by(7) {
                let place = state.place_after(&sorts, *row);
                prop_assert_eq!(state.offset_of(&selection, &sorts, &place), position as u64 + 1, "{:?}", sorts);
            }
        }
        agree_on_counts(&state, &selection, &expected, seed)?;
        agree_without_own_filter(&state, &filtered, &truth, &filter, &members)?;
    }
    Ok(())
}

fn agree_without_own_filter(
    state: &Snapshot,
    filtered: &screen::Filtered<'_>,
    truth: &Truth,
    filter: &domain::filter::Filter,
    members: &Members,
) -> Result<(), TestCaseError> {
    for field in filter.fields() {
        let expected = naive::select(truth, &filter.clone().canonical().without_field(field), members);
        prop_assert_eq!(
            state.orgnrs(&filtered.without(field)),
            orgnrs(&expected),
            "{} of {:?}",
            field.field().key,
            filter
        );
    }
    let conditions: Vec<_> = filtered.conditions().collect();
    let passes: Vec<Vec<u64>> =
        conditions.iter().map(|condition| orgnrs(&naive::select(truth, condition, members))).collect();
    let mut left: Vec<u64> = truth.keys().map(|orgnr| orgnr.number()).collect();
    for (position, step) in filtered.funnel().iter().enumerate() {
        left.retain(|orgnr| passes[position].binary_search(orgnr).is_ok());
        prop_assert_eq!(step.left, left.len() as u64);
        prop_assert_eq!(step.removed_alone, (truth.len() - passes[position].len()) as u64);
        let only_this = truth.keys().filter(|orgnr| {
            passes
                .iter()
                .enumerate()
                .all(|(other, passing)| passing.binary_search(&orgnr.number()).is_ok() == (other != position))
        });
        prop_assert_eq!(step.removed_only_by_this, only_this.count() as u64);
    }
    let misses = state.near_misses(filtered, 10_000);
    for miss in &misses {
        let orgnr = state.orgnr(miss.row);
        for (position, passing) in passes.iter().enumerate() {
            prop_assert_eq!(passing.binary_search(&orgnr).is_ok(), position != miss.part);
        }
    }
    Ok(())
}

/// Walks a whole screen page by page by key while companies change between the pages: whoever did not change is seen exactly once, and the
/// walk ends.
fn walk(seed: u64, rows: usize) -> Result<(), TestCaseError> {
    let (index, truth) = changed_index(seed, rows);
    let mut random = random(seed ^ 2);
    let sorts = naive::sorts(&mut random);
    let (mut place, mut seen, mut touched): (Option<Place>, Vec<u64>, Vec<u64>) = (None, Vec::new(), Vec::new());
    for round in 0.. {
        let state = index.read();
        let all = state.all();
        let offset = place.as_ref().map_or(0, |place| state.offset_of(&all, &sorts, place));
        let page = state.page(&all, &sorts, offset, random.random_range(1..20));
        let Some(last) = page.last() else { break };
        place = Some(state.place_after(&sorts, *last));
        seen.extend(numbers(&state, &page));
        if round < 8 {
            let changes: Vec<Change> = (0..random.random_range(0..6))
                .map(|_| {
                    let orgnr = company(&mut random, 400);
                    let facts = random.random_ratio(1, 2).then(|| facts(orgnr, &mut random));
                    Change { orgnr, facts }
                })
                .collect();
            touched.extend(changes.iter().map(|change| change.orgnr.number()));
            index.apply(changes, state.version() + 1);
        }
        prop_assert!(round < 1_000);
    }
    for orgnr in truth.keys().map(|orgnr| orgnr.number()).filter(|orgnr| !touched.contains(orgnr)) {
        prop_assert_eq!(seen.iter().filter(|other| **other == orgnr).count(), 1, "{} by {:?}", orgnr, sorts);
    }
    Ok(())
}

/// What a file gives back is the state that went into it, and no damage makes it panic.
fn through_a_file(seed: u64, rows: usize) -> Result<(), TestCaseError> {
    let (index, truth) = changed_index(seed, rows);
    let mut bytes = Vec::new();
    screen::file::write(&index.read(), &mut bytes).expect("a vector takes everything");
    let back = screen::file::read(&*bytes, bytes.len() as u64).expect("what was written");
    prop_assert_eq!((back.len(), back.version()), (truth.len() as u64, index.read().version()));
    for (orgnr, facts) in &truth {
        let found = back.find(orgnr.number()).and_then(|row| back.facts(row));
        prop_assert_eq!(found.as_ref(), Some(facts));
    }
    let mut random = random(seed ^ 3);
    for _ in 0..20 {
        let mut damaged = bytes.clone();
        let at = random.random_range(0..damaged.len());
        damaged[at] ^= 1 << random.random_range(0..8);
        prop_assert!(screen::file::read(&*damaged, damaged.len() as u64).is_err(), "byte {}", at);
        let length = random.random_range(0..bytes.len());
        prop_assert!(screen::file::read(&bytes[..length], length as u64).is_err(), "{} bytes", length);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    #[test]
    fn the_index_agrees_on_more_rows_than_a_range_holds(seed in any::<u64>(), rows in 2_000usize..3_000) {
        agree_among(seed, rows, 100_000)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_walk_by_key_meets_every_company_once(seed in any::<u64>(), rows in 0usize..160) {
        walk(seed, rows)?;
    }

    #[test]
    fn a_file_gives_back_the_state(seed in any::<u64>(), rows in 0usize..160) {
        through_a_file(seed, rows)?;
    }

    #[test]
    fn the_index_agrees_with_a_walk_over_all_rows(seed in any::<u64>(), rows in 0usize..160) {
        agree(seed, rows)?;
    }
}
