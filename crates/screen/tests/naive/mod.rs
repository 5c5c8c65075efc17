//! Random companies and filters, and the plainest possible answers to compare the index with.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::catalogue::{FIELDS, FieldKind};
use domain::facts::{CompanyFacts, FactValue, round_ratio};
use domain::filter::evaluate::{Row, holds};
use domain::filter::{Bound, Condition, FieldId, Filter, TextMatch};
use domain::orgnr::Orgnr;
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;
use screen::{CompanySet, Sort, SortBy};

pub type Members = HashMap<String, Arc<CompanySet>>;

/// A seeded source of everything random.
pub fn random(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

pub fn fields() -> impl Iterator<Item = FieldId> {
    (0..FIELDS.len() as u16).map(FieldId)
}

fn pick<'a, T>(random: &mut ChaCha8Rng, list: &'a [T]) -> &'a T {
    &list[random.random_range(0..list.len())]
}

pub fn company(random: &mut ChaCha8Rng, most: u64) -> Orgnr {
    Orgnr::from_number(5_560_000_000 + random.random_range(0..most)).expect("a company's number")
}

fn amount(random: &mut ChaCha8Rng, spread: u32) -> i64 {
    match random.random_range(0..12) {
        0 if spread > 2 => *pick(random, &[i64::MIN, i64::MAX, i64::MIN + 1, i64::MAX - 1]),
        1 if spread > 1 => *pick(random, &[1 << 53, -(1 << 53), (1 << 53) + 1, 1 << 37, (1 << 37) + 1, -(1 << 32)]),
        2..=5 => random.random_range(-3..4),
        6..=8 => random.random_range(-2_000i64..2_000) * 1_000_000,
        _ if spread > 0 => random.random_range(-9_000_000_000i64..9_000_000_000),
        _ => random.random_range(-100_000i64..100_000),
    }
}

fn real(random: &mut ChaCha8Rng) -> f64 {
    let value = match random.random_range(0..8) {
        0 => *pick(random, &[0.0, -0.0, 0.1, 0.3, 99_999_999_999.0, -99_999_999_999.999_9, 1e-4, -1e-4, 429_496.729_5]),
        1..=3 => f64::from(random.random_range(-20i32..20)) / 100.0,
        4..=6 => f64::from(random.random_range(-20_000i32..20_000)) / 1e4,
        _ => random.random_range(-1e10..1e10),
    };
    round_ratio(value).unwrap_or(0.0)
}

fn day(random: &mut ChaCha8Rng) -> NaiveDate {
    NaiveDate::from_epoch_days(random.random_range(14_000..14_400)).expect("a day")
}

const WORDS: &[&str] = &[
    "Volvo", "AB", "Teknik", "Tékn", "bygg", "Åkeri", "åke", "Öst", "Ostra", "Zäta", "Ängs", "W", "V", "son", "&",
    "x-y", "é", "Ærø", "Müller", "volvos", "a", "aa", "Konsult", "konslut",
];
const CODES: &[&str] =
    &["62010", "62020", "01110", "28", "0180", "0181", "1480", "01", "49", "a", "ab", "", "Ö", "active"];

fn words(random: &mut ChaCha8Rng) -> String {
    let count = random.random_range(0..4);
    (0..count).map(|_| *pick(random, WORDS)).collect::<Vec<_>>().join(*pick(random, &[" ", "  ", "-", ", "]))
}

fn value(kind: FieldKind, spread: u32, random: &mut ChaCha8Rng) -> FactValue {
    if random.random_range(0..5) == 0 {
        return FactValue::Null;
    }
    match kind {
        FieldKind::Amount => FactValue::Integer(amount(random, spread)),
        FieldKind::Integer => FactValue::Integer(random.random_range(0..6)),
        FieldKind::Ratio | FieldKind::Count => FactValue::Real(real(random)),
        FieldKind::Boolean => FactValue::Boolean(random.random()),
        FieldKind::Date => FactValue::Date(day(random)),
        FieldKind::Category => FactValue::Text((*pick(random, CODES)).into()),
        FieldKind::Categories => {
            let count = random.random_range(0..4);
            FactValue::Texts((0..count).map(|_| (*pick(random, CODES)).into()).collect())
        }
        FieldKind::Text => FactValue::Text(words(random).into()),
    }
}

/// A company with a value, or none, of every field; columns differ in how wide their numbers spread.
pub fn facts(orgnr: Orgnr, random: &mut ChaCha8Rng) -> CompanyFacts {
    let values = FIELDS.iter().enumerate().map(|(index, field)| value(field.kind, index as u32 % 4, random)).collect();
    CompanyFacts { orgnr, values }
}

fn bound(random: &mut ChaCha8Rng) -> Option<Bound> {
    let value = if random.random() { real(random) } else { random.random_range(-1.0..1.0) };
    let value = if random.random_range(0..30) == 0 { *pick(random, &[1e300, -1e300, 9e18, f64::MAX]) } else { value };
    random.random::<bool>().then(|| Bound { value, inclusive: random.random() })
}

fn condition(random: &mut ChaCha8Rng) -> Condition {
    if random.random_range(0..12) == 0 {
        let mut orgnrs: Vec<Orgnr> = (0..random.random_range(0..5)).map(|_| company(random, 400)).collect();
        orgnrs.sort_unstable();
        return Condition::OrgnrIn { orgnrs };
    }
    if random.random_range(0..10) == 0 {
        return Condition::InSet { set: (*pick(random, &["list:a", "list:b", "prospect", "unknown"])).to_owned() };
    }
    let field = FieldId(random.random_range(0..FIELDS.len() as u16));
    if random.random_range(0..10) == 0 {
        return Condition::IsNull { field };
    }
    let few = random.random_range(0..14);
    match field.field().kind {
        FieldKind::Amount | FieldKind::Integer if random.random_range(0..3) == 0 => {
            let mut values: Vec<i64> = (0..few).map(|_| amount(random, 3)).collect();
            values.sort_unstable();
            values.dedup();
            Condition::IntegerIn { field, values }
        }
        FieldKind::Amount | FieldKind::Integer => {
            let mut end = || if random.random() { Some(amount(random, 3)) } else { None };
            Condition::IntegerRange { field, min: end(), max: end() }
        }
        FieldKind::Ratio | FieldKind::Count if random.random_range(0..3) == 0 => {
            Condition::RealIn { field, values: (0..few).map(|_| real(random)).collect() }
        }
        FieldKind::Ratio | FieldKind::Count => Condition::RealRange { field, min: bound(random), max: bound(random) },
        FieldKind::Date => {
            let mut end = || if random.random() { Some(day(random)) } else { None };
            Condition::DateRange { field, min: end(), max: end() }
        }
        FieldKind::Category | FieldKind::Categories => {
            let mut codes: Vec<String> = (0..few.min(4)).map(|_| (*pick(random, CODES)).to_owned()).collect();
            codes.push((*pick(random, &["J", "6", "0", "Z"])).to_owned());
            codes.sort_unstable();
            codes.dedup();
            Condition::CodeIn { field, codes }
        }
        FieldKind::Boolean => Condition::Is { field, value: random.random() },
        FieldKind::Text => {
            let matching =
                *pick(random, &[TextMatch::Equals, TextMatch::StartsWith, TextMatch::Contains, TextMatch::Fuzzy]);
            let pattern = if random.random() { words(random) } else { (*pick(random, WORDS)).to_owned() };
            Condition::Text { field, matching, pattern }
        }
    }
}

/// A random tree.
pub fn filter(random: &mut ChaCha8Rng, depth: u32) -> Filter {
    let parts = |random: &mut ChaCha8Rng| {
        let count = random.random_range(0..4);
        (0..count).map(|_| filter(random, depth - 1)).collect()
    };
    match random.random_range(0..if depth == 0 { 1 } else { 6 }) {
        1 | 2 => Filter::All(parts(random)),
        3 => Filter::Any(parts(random)),
        4 => Filter::Not(Box::new(filter(random, depth - 1))),
        _ => Filter::Condition(condition(random)),
    }
}

pub fn sorts(random: &mut ChaCha8Rng) -> Vec<Sort> {
    (0..random.random_range(0..4))
        .map(|_| {
            let by = match random.random_range(0..8) {
                0 => SortBy::Orgnr,
                1..=2 => SortBy::Field(FieldId::find("name").expect("a name")),
                _ => SortBy::Field(FieldId(random.random_range(0..FIELDS.len() as u16))),
            };
            Sort { by, descending: random.random() }
        })
        .collect()
}

/// Members of the sets that filters name.
pub fn members(random: &mut ChaCha8Rng) -> Members {
    ["list:a", "list:b", "prospect"]
        .into_iter()
        .map(|name| {
            let list: CompanySet = (0..random.random_range(0..60)).map(|_| company(random, 400).number()).collect();
            (name.to_owned(), Arc::new(list))
        })
        .collect()
}

struct Member<'a>(&'a CompanyFacts, &'a Members);

impl Row for Member<'_> {
    fn orgnr(&self) -> Orgnr {
        self.0.orgnr
    }

    fn value(&self, field: FieldId) -> &FactValue {
        self.0.value(field)
    }

    fn is_in(&self, set: &str) -> bool {
        self.1.get(set).is_some_and(|list| list.contains(self.0.orgnr.number()))
    }
}

/// Companies by number, as the index should show them.
pub type Truth = BTreeMap<Orgnr, CompanyFacts>;

pub fn select<'a>(truth: &'a Truth, filter: &Filter, members: &Members) -> Vec<&'a CompanyFacts> {
    truth.values().filter(|facts| holds(filter, &Member(facts, members))).collect()
}

fn compare_values(field: FieldId, a: &FactValue, b: &FactValue) -> Ordering {
    match (a, b) {
        (FactValue::Integer(a), FactValue::Integer(b)) => a.cmp(b),
        (FactValue::Real(a), FactValue::Real(b)) => a.total_cmp(b),
        (FactValue::Boolean(a), FactValue::Boolean(b)) => a.cmp(b),
        (FactValue::Date(a), FactValue::Date(b)) => a.cmp(b),
        (FactValue::Text(a), FactValue::Text(b)) if field.field().kind == FieldKind::Text => {
            screen::order::swedish(a, b)
        }
        (FactValue::Text(a), FactValue::Text(b)) => a.cmp(b),
        (FactValue::Texts(a), FactValue::Texts(b)) => a.cmp(b),
        _ => panic!("a field has one kind"),
    }
}

pub fn sort(rows: &mut [&CompanyFacts], sorts: &[Sort]) {
    rows.sort_by(|a, b| {
        for sort in sorts {
            let order = match sort.by {
                SortBy::Orgnr if sort.descending => b.orgnr.cmp(&a.orgnr),
                SortBy::Orgnr => a.orgnr.cmp(&b.orgnr),
                SortBy::Field(field) => {
                    let (a, b) = (Row::value(*a, field), Row::value(*b, field));
                    match (a.is_null(), b.is_null()) {
                        (false, false) if sort.descending => compare_values(field, b, a),
                        (false, false) => compare_values(field, a, b),
                        (a, b) => a.cmp(&b),
                    }
                }
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        a.orgnr.cmp(&b.orgnr)
    });
}

/// The whole number that a number or a day is kept as, worked out apart from the index.
pub fn stored(value: &FactValue) -> Option<i64> {
    match value {
        FactValue::Integer(value) => Some(*value),
        FactValue::Real(value) => Some((value * 10_000.0).round() as i64),
        FactValue::Date(day) => Some((*day - NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day")).num_days()),
        _ => None,
    }
}
