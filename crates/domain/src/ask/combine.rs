//! From conditions and the words between them to one filter, as people mean them.
//!
//! Places, industries and other codes that stand in a list are alternatives, whether “and” or “or” joins them: no company lies in two
//! counties. Between other conditions “or” joins its two neighbours only, and everything else must hold together.

use crate::catalogue::{FieldKind, Hierarchy};
use crate::filter::code::code_matches;
use crate::filter::{Condition, FieldId, Filter};

/// A condition of the sentence.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub filter: Filter,
    pub is_negated: bool,
}

/// What stands in a sentence.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Condition(Listed),
    And,
    Or,
    /// A comma or the like.
    Break,
    Open,
    Close,
}

/// Brackets within brackets beyond which they are read as none.
const MAX_DEPTH: usize = 8;

/// The filter of all items.
pub(super) fn combine(items: Vec<Item>) -> Filter {
    let mut rest = items.into_iter();
    group(&mut rest, 0).canonical()
}

/// How a part is joined to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Nothing,
    And,
    Or,
    Break,
}

fn group(items: &mut std::vec::IntoIter<Item>, depth: usize) -> Filter {
    let mut parts: Vec<(Joint, Listed)> = Vec::new();
    let mut joint = Joint::Nothing;
    while let Some(item) = items.next() {
        match item {
            Item::Condition(listed) => parts.push((std::mem::replace(&mut joint, Joint::Nothing), listed)),
            Item::Open if depth < MAX_DEPTH => {
                let filter = group(items, depth + 1);
                if filter.has_conditions() {
                    parts.push((std::mem::replace(&mut joint, Joint::Nothing), Listed { filter, is_negated: false }));
                }
            }
            Item::Close if depth > 0 => break,
            Item::Open | Item::Close => {}
            Item::Or => joint = Joint::Or,
            // “, or” is an or; “or, and” is not said.
            Item::And => joint = if joint == Joint::Or { Joint::Or } else { Joint::And },
            Item::Break => joint = if joint == Joint::Nothing { Joint::Break } else { joint },
        }
    }
    any_of_neighbours(lists(parts))
}

/// Joins codes of one kind that stand side by side.
fn lists(parts: Vec<(Joint, Listed)>) -> Vec<(Joint, Filter)> {
    let mut joined: Vec<(Joint, Vec<Filter>, Option<Kind>, bool)> = Vec::new();
    for (joint, Listed { filter, is_negated }) in parts {
        let kind = kind(&filter);
        let is_direct = matches!(joint, Joint::Nothing | Joint::Break);
        match joined.last_mut() {
            Some((_, list, last, was_negated))
                if kind.is_some() && *last == kind && !is_negated && (!*was_negated || joint != Joint::Nothing) =>
            {
                // “Malmö, Skåne” and “manufacturing of furniture” name one place and one industry twice, the second time more or less closely.
                match list.last_mut().filter(|_| is_direct) {
                    Some(before) if is_within(&filter, before) => *before = filter,
                    Some(before) if is_within(before, &filter) => {}
                    _ => list.push(filter),
                }
            }
            _ => joined.push((joint, vec![filter], kind, is_negated)),
        }
    }
    joined
        .into_iter()
        .map(|(joint, list, _, is_negated)| {
            let filter = alternatives(list);
            (joint, if is_negated { Filter::not(filter) } else { filter })
        })
        .collect()
}

/// What is listed with one another: codes of one field, or places.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Place,
    Field(FieldId),
}

fn kind(filter: &Filter) -> Option<Kind> {
    let Filter::Condition(Condition::CodeIn { field, .. }) = filter else { return None };
    Some(match field.field().key {
        "county" | "municipality" => Kind::Place,
        _ if matches!(field.field().kind, FieldKind::Category | FieldKind::Categories) => Kind::Field(*field),
        _ => return None,
    })
}

/// Whether every code of a list lies under one of another.
fn is_within(narrow: &Filter, wide: &Filter) -> bool {
    let (
        Filter::Condition(Condition::CodeIn { field, codes }),
        Filter::Condition(Condition::CodeIn { field: other, codes: wider }),
    ) = (narrow, wide)
    else {
        return false;
    };
    // A municipality's code begins with its county's.
    let hierarchy = if field == other { field.field().hierarchy } else { Hierarchy::Municipality };
    let names_place = |field: &FieldId, key: &str| field.field().key == key;
    if field != other && !(names_place(field, "municipality") && names_place(other, "county")) {
        return false;
    }
    codes.iter().all(|code| wider.iter().any(|wide| code_matches(hierarchy, wide, code)))
}

/// One of them: the codes of one field as one condition.
fn alternatives(list: Vec<Filter>) -> Filter {
    let mut merged: Vec<Filter> = Vec::new();
    for filter in list {
        let Filter::Condition(Condition::CodeIn { field, codes }) = filter else {
            merged.push(filter);
            continue;
        };
        let same = merged.iter_mut().find_map(|other| match other {
            Filter::Condition(Condition::CodeIn { field: other, codes }) if *other == field => Some(codes),
            _ => None,
        });
        match same {
            Some(known) => {
                known.extend(codes);
                known.sort();
                known.dedup();
            }
            None => merged.push(Filter::Condition(Condition::CodeIn { field, codes })),
        }
    }
    Filter::any(merged)
}

fn any_of_neighbours(parts: Vec<(Joint, Filter)>) -> Filter {
    let mut all: Vec<Vec<Filter>> = Vec::new();
    for (joint, filter) in parts {
        match all.last_mut() {
            Some(last) if joint == Joint::Or => last.push(filter),
            _ => all.push(vec![filter]),
        }
    }
    let mut kept: Vec<Filter> = Vec::new();
    for alternatives in all.into_iter().map(Filter::any) {
        // Said twice is said once: “IT companies in the software industry”.
        if !kept.contains(&alternatives) {
            kept.push(alternatives);
        }
    }
    Filter::all(kept)
}
