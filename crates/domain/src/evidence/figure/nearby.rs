//! What stands around a number in its clause: the words that decide its part, its figure and its year.

use super::super::clause::Signals;
use super::super::item::{Approx, Item, Mention};
use super::super::series::Year;
use super::stated::unit_of;
use crate::catalogue::Unit;

/// How many numbers a clause states.
pub(super) fn amounts(items: &[Item]) -> usize {
    items.iter().filter(|item| matches!(item, Item::Quantity(_))).count()
}

/// How many years in a row a clause speaks of.
pub(super) fn streak(items: &[Item]) -> Option<i32> {
    items.iter().find_map(|item| match item {
        Item::Streak(years) => Some(*years),
        _ => None,
    })
}

/// The nearest item before that decides what a number is.
pub(super) fn previous(items: &[Item], at: usize) -> Option<&Item> {
    items[..at].iter().rev().find(|item| {
        !matches!(
            item,
            Item::Approx(_)
                | Item::Filler
                | Item::Strength(_)
                | Item::Within
                | Item::OwnCompany
                | Item::Name(_)
                | Item::Unknown(_)
        )
    })
}

pub(super) fn following(items: &[Item], at: usize) -> Option<&Item> {
    items[at + 1..].iter().find(|item| !matches!(item, Item::Filler | Item::Strength(_)))
}

/// "en ökning på 12 %", "growth of 12%".
pub(super) fn noun_of_change_before(items: &[Item], at: usize) -> bool {
    items[..at]
        .iter()
        .rev()
        .find(|item| {
            !matches!(
                item,
                Item::Approx(_)
                    | Item::Filler
                    | Item::Strength(_)
                    | Item::At
                    | Item::Of
                    | Item::Within
                    | Item::Year { .. }
                    | Item::Field(_)
                    | Item::Relative(_)
            )
        })
        .is_some_and(|item| matches!(item, Item::Change(_) | Item::Growth))
}

pub(super) fn approx(items: &[Item], at: usize) -> Option<Approx> {
    items[..at].iter().rev().take_while(|item| matches!(item, Item::Approx(_) | Item::Filler | Item::To)).find_map(
        |item| match item {
            Item::Approx(approx) => Some(*approx),
            _ => None,
        },
    )
}

/// A figure in money that follows a multiple directly.
pub(super) fn money_after(items: &[Item], at: usize) -> Option<Mention> {
    match items.get(at + 1) {
        Some(Item::Field(mention)) if mention.fields.iter().all(|field| unit_of(field) == Unit::Sek) => {
            Some(mention.clone())
        }
        _ => None,
    }
}

/// Whether a figure's name follows the number directly: "45 anställda".
pub(super) fn is_own_word(items: &[Item], at: usize) -> bool {
    matches!(items.get(at + 1), Some(Item::Field(_)))
}

/// The figure that a number of the clause belongs to.
pub(super) fn mention_at(items: &[Item], at: usize, signals: &Signals) -> Option<Mention> {
    if let Some(Item::Field(mention)) = items.get(at + 1) {
        return Some(mention.clone());
    }
    let before = signals.mentions.iter().rev().find(|(place, _)| *place < at);
    let after = signals.mentions.iter().find(|(place, _)| *place > at && !items[at..*place].contains(&Item::Of));
    // A number at the start of a clause that goes on with "in revenue" names its figure after it.
    before.or(after).map(|(_, mention)| mention.clone())
}

/// A year that stands right after the number.
pub(super) fn year_after(items: &[Item], at: usize, series: &super::Series<'_>) -> Option<Year> {
    for item in &items[at + 1..] {
        match item {
            Item::Year { end, start } => return Some(Year { end: *end, start: *start, day: None }),
            Item::Day(day) => {
                use chrono::Datelike;
                return Some(Year { end: day.year(), start: None, day: Some(*day) });
            }
            Item::Relative(super::super::item::Relative::Newest) => return series.newest().map(Year::of),
            Item::Relative(super::super::item::Relative::Ago(years)) => {
                return series.newest().map(|newest| Year::of(newest - years));
            }
            Item::Filler | Item::Within | Item::At | Item::Field(_) | Item::PerEmployee => {}
            _ => return None,
        }
    }
    None
}

/// The last year before the number, where another number stands between it and the years that follow.
pub(super) fn year_before(items: &[Item], at: usize) -> Option<Year> {
    let is_among_several = amounts(items) > 1;
    if !is_among_several {
        return None;
    }
    items[..at]
        .iter()
        .rev()
        .take_while(|item| !matches!(item, Item::Quantity(_) | Item::From | Item::To | Item::Than))
        .find_map(|item| match item {
            Item::Year { end, start } => Some(Year { end: *end, start: *start, day: None }),
            _ => None,
        })
}

/// Whether the years of a clause are the two that a change is between: “2022 mot 2023” is, “in 2022 and 2023” is not.
pub(super) fn names_both(items: &[Item], signals: &Signals) -> bool {
    signals.compare.is_some() || amounts(items) > 1
}

/// “Från en vinst på 9,2 mkr”: the amount of the earlier year, with the word for its sign between.
pub(super) fn is_from_a_result(items: &[Item], at: usize) -> bool {
    let mut before = items[..at].iter().rev().filter(|item| !matches!(item, Item::Filler | Item::Approx(_)));
    matches!(before.next(), Some(Item::At | Item::Of))
        && matches!(before.next(), Some(Item::Field(mention)) if mention.is_loss || mention.is_gain)
        && matches!(before.next(), Some(Item::From))
}
