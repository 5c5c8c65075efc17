//! Random canonical filters and random companies over every field of the catalogue, drawn from shared pools so that
//! filters meet values. Tests of other crates include this file.

use chrono::NaiveDate;
use proptest::prelude::*;

use domain::catalogue::{FIELDS, FieldKind, Hierarchy};
use domain::facts::{CompanyFacts, FactValue, round_ratio};
use domain::filter::vocabulary::Vocabulary;
use domain::filter::{Bound, Condition, FieldId, Filter, TextMatch, build::search_for};
use domain::orgnr::Orgnr;

const AMOUNTS: [i64; 12] =
    [0, 1, -1, 999, 1_000, 50_000, 1_000_000, 10_000_000, 49_999_999, 50_000_000, -3_000_000, 9_007_199_254_740_993];
const REALS: [f64; 12] = [0.0, 0.0001, -0.05, 0.05, 0.1, 0.12, 0.25, 1.0, 2.5, -1.0, 3.0, 99.9999];
const WORDS: [&str; 10] =
    ["Bygg", "teknik", "Automation", "Åkeri", "Östra", "Café", "volvo", "AB", "konsult", "3d-print"];
const INDUSTRIES: [&str; 8] = ["62010", "62020", "28110", "01110", "46499", "J", "62", "0111"];
const PLACES: [&str; 5] = ["0180", "1480", "1280", "01", "14"];

fn amounts() -> impl Strategy<Value = i64> {
    prop_oneof![
        8 => proptest::sample::select(&AMOUNTS[..]),
        1 => any::<i64>(),
        1 => -1_000i64..1_000,
        1 => (-2_000i64..2_000).prop_map(|m| m * 1_000_000),
        1 => (-2_000i64..2_000).prop_map(|m| m * 50_000 + 1),
        1 => Just(i64::MIN),
        1 => Just(i64::MAX),
    ]
}

fn reals() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => proptest::sample::select(&REALS[..]),
        1 => (-20_000i32..20_000).prop_map(|n| f64::from(n) / 1e4),
        1 => any::<f64>().prop_filter("finite", |x| x.is_finite()),
        1 => Just(0.1),
        1 => Just(1e300),
        1 => Just(5e-324),
    ]
    .prop_map(|x| if x == 0.0 { 0.0 } else { x })
}

fn days() -> impl Strategy<Value = NaiveDate> {
    let near = (0i32..6).prop_filter_map("in range", |n| NaiveDate::from_num_days_from_ce_opt(738_000 + n * 100));
    let far = (1i32..3_650_000).prop_filter_map("four digits", |n| {
        let day = NaiveDate::from_num_days_from_ce_opt(n)?;
        (1..=9_999).contains(&chrono::Datelike::year(&day)).then_some(day)
    });
    prop_oneof![2 => near, 1 => far]
}

fn patterns() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(&WORDS[..]);
    // A known word with one letter lost or doubled.
    let typo = (word.clone(), any::<prop::sample::Index>(), any::<bool>()).prop_map(|(word, at, lost)| {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at.index(letters.len());
        if lost {
            letters.remove(at);
        } else {
            letters.insert(at, letters[at]);
        }
        letters.into_iter().collect::<String>()
    });
    prop_oneof![
        3 => word.prop_map(str::to_owned),
        3 => typo,
        1 => "[a-zåäöÅÄÖ0-9 \"\\\\'%;&|()-]{1,20}",
        1 => proptest::collection::vec(any::<char>(), 1..12).prop_map(|chars| chars.into_iter().collect()),
        1 => Just("'; DROP TABLE companies; --".to_owned()),
    ]
    .prop_filter("something to look for", |text: &String| !text.trim().is_empty() && !text.contains('\0'))
}

fn codes(field: FieldId) -> BoxedStrategy<String> {
    if Vocabulary::builtin().is_closed(field) {
        let known = Vocabulary::builtin().codes(field);
        return proptest::sample::select(known.iter().map(|code| code.code.clone()).collect::<Vec<_>>()).boxed();
    }
    match (field.field().key, field.field().hierarchy) {
        (_, Hierarchy::Sni) => {
            prop_oneof![3 => proptest::sample::select(&INDUSTRIES[..]).prop_map(str::to_owned), 1 => "[A-U]", 1 => "[0-9]{2,5}"].boxed()
        }
        (_, Hierarchy::Municipality) => {
            prop_oneof![3 => proptest::sample::select(&PLACES[..]).prop_map(str::to_owned), 1 => "[0-9]{4}"].boxed()
        }
        ("county", _) => proptest::sample::select(vec!["01".to_owned(), "12".to_owned(), "14".to_owned()]).boxed(),
        ("currency", _) => "[A-Z]{3}".boxed(),
        _ => "[0-9]{2}".boxed(),
    }
}

fn sorted<T: Ord + std::fmt::Debug>(values: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::btree_set(values, 1..5).prop_map(|set| set.into_iter().collect())
}

fn ends<T: PartialOrd + Copy + std::fmt::Debug>(
    values: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = (Option<T>, Option<T>)> {
    prop_oneof![
        values.clone().prop_map(|low| (Some(low), None)),
        values.clone().prop_map(|high| (None, Some(high))),
        (values.clone(), values).prop_map(|(a, b)| if a <= b { (Some(a), Some(b)) } else { (Some(b), Some(a)) }),
    ]
}

fn condition(field: FieldId) -> BoxedStrategy<Filter> {
    let is_null = Just(Condition::IsNull { field });
    let typed: BoxedStrategy<Condition> = match field.field().kind {
        FieldKind::Amount | FieldKind::Integer => prop_oneof![
            ends(amounts().boxed()).prop_map(move |(min, max)| Condition::IntegerRange { field, min, max }),
            sorted(amounts()).prop_map(move |values| Condition::IntegerIn { field, values }),
        ]
        .boxed(),
        FieldKind::Ratio | FieldKind::Count => prop_oneof![
            (ends(reals().boxed()), any::<(bool, bool)>()).prop_map(move |((min, max), (low, high))| {
                let bound = |value, inclusive| Bound { value, inclusive };
                Condition::RealRange { field, min: min.map(|v| bound(v, low)), max: max.map(|v| bound(v, high)) }
            }),
            proptest::collection::vec(reals(), 1..5).prop_map(move |mut values| {
                values.sort_unstable_by(f64::total_cmp);
                values.dedup();
                Condition::RealIn { field, values }
            }),
        ]
        .boxed(),
        FieldKind::Date => {
            ends(days().boxed()).prop_map(move |(min, max)| Condition::DateRange { field, min, max }).boxed()
        }
        FieldKind::Category | FieldKind::Categories => {
            sorted(codes(field)).prop_map(move |codes| Condition::CodeIn { field, codes }).boxed()
        }
        FieldKind::Boolean => any::<bool>().prop_map(move |value| Condition::Is { field, value }).boxed(),
        FieldKind::Text => (patterns(), 0..4)
            .prop_map(move |(pattern, how)| {
                let matching = [TextMatch::Equals, TextMatch::StartsWith, TextMatch::Contains, TextMatch::Fuzzy]
                    [usize::try_from(how).unwrap_or(0)];
                Condition::Text { field, matching, pattern }
            })
            .boxed(),
    };
    prop_oneof![9 => typed, 1 => is_null].prop_map(Filter::Condition).boxed()
}

fn leaf() -> BoxedStrategy<Filter> {
    let field = (0..FIELDS.len()).prop_flat_map(|index| condition(FieldId(u16::try_from(index).unwrap_or(0))));
    let orgnr = (2_000_000_000u64..9_999_999_999).prop_filter_map("company", |n| Orgnr::from_number(n).ok());
    let orgnrs = sorted(orgnr).prop_map(|orgnrs| Filter::Condition(Condition::OrgnrIn { orgnrs }));
    let sets = prop_oneof![
        Just("prospect".to_owned()),
        Just("excluded".to_owned()),
        Just("prospect:in_discussion".to_owned()),
        "list:[a-zåäö\"\\\\][a-z0-9 -]{0,20}[a-z]",
        "label:[0-9a-f]{8}-[0-9a-f]{4}",
    ]
    .prop_map(|set| Filter::Condition(Condition::InSet { set }));
    let search = (patterns(), any::<bool>())
        .prop_map(|(pattern, fuzzy)| search_for(if fuzzy { TextMatch::Fuzzy } else { TextMatch::Contains }, &pattern));
    prop_oneof![12 => field, 1 => orgnrs, 1 => sets, 1 => search].boxed()
}

/// A random filter in canonical shape that asks for no sets and holds few enough levels to be readable.
pub fn any_filter_without_sets() -> BoxedStrategy<Filter> {
    any_filter().prop_filter("no sets", |filter| filter.sets().is_empty()).boxed()
}

/// A random filter in canonical shape.
pub fn any_filter() -> BoxedStrategy<Filter> {
    leaf()
        .prop_recursive(5, 40, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Filter::All),
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Filter::Any),
                inner.prop_map(|part| Filter::Not(Box::new(part))),
            ]
        })
        .prop_map(Filter::canonical)
        .boxed()
}

fn value(field: FieldId) -> BoxedStrategy<FactValue> {
    let some: BoxedStrategy<FactValue> = match field.field().kind {
        FieldKind::Amount => amounts().prop_map(FactValue::Integer).boxed(),
        FieldKind::Integer => (-3i64..120).prop_map(FactValue::Integer).boxed(),
        FieldKind::Ratio | FieldKind::Count => {
            reals().prop_filter_map("kept to four decimals", |value| round_ratio(value).map(FactValue::Real)).boxed()
        }
        FieldKind::Date => days().prop_map(FactValue::Date).boxed(),
        FieldKind::Category => codes(field)
            .prop_filter("a full code", move |code| field.field().hierarchy == Hierarchy::Flat || code.len() >= 4)
            .prop_map(|code| FactValue::Text(code.into()))
            .boxed(),
        FieldKind::Categories => proptest::collection::vec(
            codes(field)
                .prop_filter("a full code", move |code| field.field().hierarchy == Hierarchy::Flat || code.len() == 5)
                .prop_map(Box::<str>::from),
            0..3,
        )
        .prop_map(|codes| FactValue::Texts(codes.into()))
        .boxed(),
        FieldKind::Boolean => any::<bool>().prop_map(FactValue::Boolean).boxed(),
        FieldKind::Text => proptest::collection::vec(patterns(), 1..4)
            .prop_map(|words| FactValue::Text(words.join(" ").into()))
            .boxed(),
    };
    prop_oneof![4 => some, 1 => Just(FactValue::Null)].boxed()
}

/// A company with this number and random facts, a fifth of them missing.
pub fn any_facts(orgnr: Orgnr) -> BoxedStrategy<CompanyFacts> {
    let values: Vec<_> = (0..FIELDS.len()).map(|index| value(FieldId(u16::try_from(index).unwrap_or(0)))).collect();
    values.prop_map(move |values| CompanyFacts { orgnr, values }).boxed()
}
