//! Random canonical filters over every field of the catalogue.

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::catalogue::{FIELDS, FieldKind, Hierarchy};
use crate::filter::vocabulary::Vocabulary;
use crate::filter::{Bound, Condition, FieldId, Filter, TextMatch, build::search_for};
use crate::orgnr::Orgnr;

fn amounts() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        -1_000i64..1_000,
        (-2_000i64..2_000).prop_map(|m| m * 1_000_000),
        (-2_000i64..2_000).prop_map(|m| m * 50_000 + 1),
        Just(i64::MIN),
        Just(i64::MAX),
        Just(0),
    ]
}

fn reals() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-20_000i32..20_000).prop_map(|n| f64::from(n) / 1e4),
        any::<f64>().prop_filter("finite", |x| x.is_finite()),
        Just(0.1),
        Just(1e300),
        Just(5e-324),
    ]
    .prop_map(|x| if x == 0.0 { 0.0 } else { x })
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (1i32..3_650_000).prop_filter_map("in range", NaiveDate::from_num_days_from_ce_opt).prop_filter(
        "four digits",
        |day| {
            use chrono::Datelike;
            (1..=9_999).contains(&day.year())
        },
    )
}

fn patterns() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zåäöÅÄÖ0-9 \"\\\\'%;&|()-]{1,20}",
        proptest::collection::vec(any::<char>(), 1..12).prop_map(|chars| chars.into_iter().collect()),
        Just("'; DROP TABLE companies; --".to_owned()),
    ]
    .prop_filter("something to look for", |text: &String| !text.trim().is_empty() && !text.contains('\0'))
}

fn codes(field: FieldId) -> BoxedStrategy<String> {
    if Vocabulary::builtin().is_closed(field) {
        let known = Vocabulary::builtin().codes(field);
        return proptest::sample::select(known.iter().map(|code| code.code.clone()).collect::<Vec<_>>()).boxed();
    }
    match (field.field().key, field.field().hierarchy) {
        (_, Hierarchy::Sni) => prop_oneof!["[A-U]", "[0-9]{2,5}"].boxed(),
        (_, Hierarchy::Municipality) => prop_oneof!["[0-9]{2}", "[0-9]{4}"].boxed(),
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
