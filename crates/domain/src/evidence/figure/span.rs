//! Statements about several years at once: the only year of a span, four of the last five, the highest of a span, from 5 to 10 %
//! within it, and the years of a list.

use super::super::CheckKind;
use super::super::clause::Signals;
use super::super::item::{Item, Mention, Way};
use super::super::quantity::{Counted, Quantity};
use super::super::series::Year;
use super::nearby::amounts;
use super::{Reader, mention_of, number, outcome, spoken};

/// The years that a clause lists (“in 2020, 2021 and 2022”); empty where it names one, or a span, or compares two.
pub(super) fn listed_years(items: &[Item]) -> Vec<Year> {
    let compares = items.iter().any(|item| {
        matches!(
            item,
            Item::Years(..)
                | Item::Window(_)
                | Item::Since
                | Item::From
                | Item::Than
                | Item::Relative(_)
                | Item::Streak(_)
        )
    });
    let mut years: Vec<Year> = items
        .iter()
        .filter_map(|item| match item {
            Item::Year { end, start } => Some(Year { end: *end, start: *start, day: None }),
            _ => None,
        })
        .collect();
    years.dedup();
    if compares || years.len() < 2 { Vec::new() } else { years }
}

/// The year that a clause names beside its span.
fn own_year(items: &[Item]) -> Option<i32> {
    items.iter().find_map(|item| match item {
        Item::Year { end, .. } => Some(*end),
        _ => None,
    })
}

/// “Four of the last five years”: how many, and of how many.
fn share_of_years(items: &[Item]) -> Option<i32> {
    items.iter().enumerate().find_map(|(at, item)| {
        let Item::Quantity(quantity) = item else { return None };
        let is_count = matches!(quantity.counted, Counted::Bare | Counted::Years) && quantity.value.fract() == 0.0;
        let mut behind = items[at + 1..].iter().filter(|item| !matches!(item, Item::Filler));
        let is_of = matches!(behind.next(), Some(Item::Of | Item::From));
        let is_span = matches!(behind.next(), Some(Item::Window(_) | Item::Years(..)));
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of years")]
        (is_count && is_of && is_span && quantity.value.abs() < 100.0).then_some(quantity.value as i32)
    })
}

/// What is said of single years.
#[derive(Clone, Copy)]
enum Said {
    Sign(Way),
    Moved(Way),
}

impl Reader<'_> {
    /// Reads a clause that says of how many years, or of which one alone, something is true; false where it says no such thing.
    pub(super) fn counted_years(&mut self, items: &[Item], signals: &Signals) -> bool {
        let share = share_of_years(items);
        let is_sole = items.contains(&Item::Sole);
        if share.is_none() && !is_sole {
            return false;
        }
        let own = signals.mentions.first().map(|(_, mention)| mention.clone());
        let said = match (&own, signals.change) {
            (_, Some(way)) if way != Way::Flat => Some(Said::Moved(way)),
            _ if items.contains(&Item::Negative) => Some(Said::Sign(Way::Down)),
            _ if items.contains(&Item::Positive) => Some(Said::Sign(Way::Up)),
            (Some(mention), None) if mention.is_loss => Some(Said::Sign(Way::Down)),
            (Some(mention), None) if mention.is_gain => Some(Said::Sign(Way::Up)),
            _ => None,
        };
        // A year of loss is one of the result.
        let is_sign = matches!(said, Some(Said::Sign(_)));
        let subject = own.or_else(|| self.subject.clone()).or_else(|| is_sign.then(|| mention_of(&super::RESULT)));
        let has_amount = amounts(items) > usize::from(share.is_some());
        let (Some(said), Some(subject), Some((first, last)), false) = (said, subject, self.span_of(items), has_amount)
        else {
            self.unread("", "it is not clear of which years this is said");
            return true;
        };
        if signals.negations > 0 || is_sole && own_year(items).is_none() {
            self.unread("", "it is not clear of which years this is said");
            return true;
        }
        let written = if is_sole { "the only year".to_owned() } else { format!("{} years", share.unwrap_or_default()) };
        let Some((found, ids, is_cited)) = self.years_of(&subject, said, first, last, &written) else { return true };
        let matches = match (is_sole, own_year(items), share) {
            (true, Some(year), _) => found == [year],
            (_, _, Some(share)) => i32::try_from(found.len()) == Ok(share),
            _ => false,
        };
        self.push(outcome(CheckKind::Figure, &written, None, matches, is_cited, &ids));
        true
    }

    /// “After two years of growth”: holds it against the years before the one that is spoken of, and gives the clause without it.
    pub(super) fn growth_before(&mut self, items: &[Item]) -> Option<Vec<Item>> {
        let plain: Vec<(usize, &Item)> =
            items.iter().enumerate().filter(|(_, item)| !matches!(item, Item::Filler)).collect();
        let (start, end, years) = plain.windows(4).find_map(|four| match four {
            [(start, Item::Since), (_, Item::Quantity(quantity)), (_, Item::Of), (end, Item::Growth)]
                if quantity.counted == Counted::Years && quantity.value.fract() == 0.0 && quantity.value < 100.0 =>
            {
                #[expect(clippy::cast_possible_truncation, reason = "a whole number of years")]
                Some((*start, *end, quantity.value as i32))
            }
            _ => None,
        })?;
        let own = items.iter().find_map(|item| match item {
            Item::Field(mention) => Some(mention.clone()),
            _ => None,
        });
        let subject = own.or_else(|| self.subject.clone()).unwrap_or_else(|| mention_of(&["revenue"]));
        let written = format!("{years} years of growth");
        if let Some(target) = self.years.target
            && let Some((found, ids, is_cited)) =
                self.years_of(&subject, Said::Moved(Way::Up), target.end - years, target.end - 1, &written)
        {
            let matches = i32::try_from(found.len()) == Ok(years);
            self.push(outcome(CheckKind::Direction, &written, None, matches, is_cited, &ids));
        }
        Some(items[..start].iter().chain(&items[end + 1..]).cloned().collect())
    }

    /// The years of a span in which something is so, the facts that show it, and whether all of them are cited.
    fn years_of(
        &mut self,
        subject: &Mention,
        said: Said,
        first: i32,
        last: i32,
        written: &str,
    ) -> Option<(Vec<i32>, Vec<String>, bool)> {
        let plain = Mention { is_loss: false, is_gain: false, ..subject.clone() };
        let (mut years, mut ids, mut is_cited) = (Vec::new(), Vec::new(), true);
        for end in first..=last {
            let found = self.look(&plain, Some(Year::of(end)), CheckKind::Figure, written)?;
            let value = spoken(&plain, &found);
            let is_so = match said {
                Said::Sign(Way::Down) => found.value < 0.0,
                Said::Sign(_) => found.value > 0.0,
                Said::Moved(way) => {
                    let before = self.look(&plain, Some(Year::of(end - 1)), CheckKind::Figure, written)?;
                    is_cited &= before.is_cited;
                    let before = spoken(&plain, &before);
                    if way == Way::Up { value > before } else { value < before }
                }
            };
            is_cited &= found.is_cited;
            ids.extend(found.ids);
            if is_so {
                years.push(end);
            }
        }
        Some((years, ids, is_cited))
    }

    /// “As high as 10 % in 2019–2023”: the end of what a span holds, where no year of its own is named.
    pub(super) fn is_extreme_of_span(&self, items: &[Item]) -> Option<(Way, i32, i32)> {
        let way = items.iter().find_map(|item| match item {
            Item::Extreme(way) => Some(*way),
            _ => None,
        })?;
        let names_span = items.iter().any(|item| matches!(item, Item::Years(..) | Item::Window(_)));
        let (first, last) = self.span_of(items).filter(|_| names_span && own_year(items).is_none())?;
        (amounts(items) == 1).then_some((way, first, last))
    }

    /// Holds a number against the highest or lowest value of a span.
    pub(super) fn extreme_level(
        &mut self,
        quantity: &Quantity,
        subject: &Mention,
        (way, first, last): (Way, i32, i32),
        is_negated: bool,
    ) {
        let written = quantity.written.clone();
        let Some((low, high, ids, is_cited)) = self.ends_of(subject, first, last, &written) else { return };
        let value = if way == Way::Up { high } else { low };
        let matches = quantity.says(value) != is_negated;
        self.push(outcome(CheckKind::Figure, &written, number(value), matches, is_cited, &ids));
    }

    /// “Varied between 5 and 10 %”: both ends of what the years of a span hold; false where the clause says no such thing.
    pub(super) fn ranged(&mut self, items: &[Item], signals: &Signals) -> bool {
        if !items.contains(&Item::Ranged) {
            return false;
        }
        let stated: Vec<&Quantity> = items
            .iter()
            .filter_map(|item| match item {
                Item::Quantity(quantity) => Some(quantity),
                _ => None,
            })
            .collect();
        let ends = match stated.as_slice() {
            [range] => range.upper.map(|upper| {
                let plain = Quantity { upper: None, ..(*range).clone() };
                (plain.clone(), Quantity { value: upper, other: None, ..plain })
            }),
            [low, high] if low.upper.is_none() && high.upper.is_none() => Some(((*low).clone(), (*high).clone())),
            _ => None,
        };
        let subject = signals.mentions.first().map(|(_, mention)| mention.clone()).or_else(|| self.subject.clone());
        let (Some((low, high)), Some(subject), Some((first, last)), 0) =
            (ends, subject, self.span_of(items), signals.negations)
        else {
            self.unread("", "a range needs its two ends, the figure and the years that it spans");
            return true;
        };
        let written = format!("{}-{}", low.written, high.written);
        let Some((least, most, ids, is_cited)) = self.ends_of(&subject, first, last, &written) else { return true };
        let (low, high) = if low.value <= high.value { (low, high) } else { (high, low) };
        self.push(outcome(
            CheckKind::Figure,
            &written,
            number(least),
            low.says(least) && high.says(most),
            is_cited,
            &ids,
        ));
        true
    }

    /// The lowest and the highest value of a span, the facts that show it, and whether all of them are cited.
    fn ends_of(
        &mut self,
        subject: &Mention,
        first: i32,
        last: i32,
        written: &str,
    ) -> Option<(f64, f64, Vec<String>, bool)> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut ids, mut is_cited) = (Vec::new(), true);
        for end in first..=last {
            let found = self.look(subject, Some(Year::of(end)), CheckKind::Figure, written)?;
            let value = spoken(subject, &found);
            (low, high) = (low.min(value), high.max(value));
            is_cited &= found.is_cited;
            ids.extend(found.ids);
        }
        Some((low, high, ids, is_cited))
    }
}
