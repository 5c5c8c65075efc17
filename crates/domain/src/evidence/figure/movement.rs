//! Statements without a number of their own: up or down, higher than, highest since, doubled, a loss.

use super::super::CheckKind;
use super::super::clause::Signals;
use super::super::item::{Approx, Factor, Item, Mention, Relative, Strength, Way};
use super::super::series::{Found, Year, comparable};
use super::nearby::{amounts, streak};
use super::span::listed_years;
use super::{Reader, failed, mention_of, number, outcome, spoken};

impl Reader<'_> {
    /// Checks every such statement of a clause.
    pub(super) fn movement(&mut self, items: &[Item], signals: &Signals, is_negated: bool) {
        let own = signals.mentions.first().map(|(_, mention)| mention.clone());
        let subjects = self.subjects(own.as_ref());
        let factor = items.iter().enumerate().find_map(|(at, item)| match item {
            Item::Factor(factor) => Some((*factor, approx_before(items, at))),
            _ => None,
        });
        let extreme = items.iter().find_map(|item| match item {
            Item::Extreme(way) => Some(*way),
            _ => None,
        });
        let streak = streak(items);
        let has = |wanted: &Item| items.contains(wanted);
        let needs_subject =
            signals.change.is_some() || factor.is_some() || extreme.is_some() || signals.compare.is_some();
        if subjects.is_empty() && needs_subject {
            self.unread("", "the figure that moved is not named");
            return;
        }
        if let Some((factor, approx)) = factor {
            for subject in &subjects {
                self.multiplied(subject, factor, approx, is_negated);
            }
        } else if let Some(way) = signals.change {
            // Levels and changes of the clause are checked by their numbers; the way is checked by the series.
            for subject in &subjects {
                self.moved(subject, way, items, streak, has(&Item::EveryYear), is_negated);
            }
            self.way = Some(way);
        } else if signals.has_growth && (has(&Item::Negative) || has(&Item::Positive)) {
            let way = if has(&Item::Negative) { Way::Down } else { Way::Up };
            for subject in &subjects {
                self.moved(subject, way, items, None, false, is_negated);
            }
        } else if let Some(way) = signals.compare {
            self.compared(&subjects, way, items, signals, is_negated);
        }
        if let Some(way) = extreme.filter(|_| self.is_extreme_of_span(items).is_none()) {
            for subject in &subjects {
                self.extreme(subject, way, items, is_negated);
            }
        }
        let has_number = amounts(items) > 0;
        if !signals.has_growth {
            for (wanted, way) in [(Item::Negative, Way::Down), (Item::Positive, Way::Up)] {
                if has(&wanted) && !has_number {
                    let subject =
                        own.clone().or_else(|| self.subject.clone()).unwrap_or_else(|| mention_of(&super::PROFIT));
                    self.sign(&subject, way, items, is_negated);
                }
            }
        }
    }

    /// The two values that a change is between.
    fn both(&mut self, subject: &Mention, written: &str) -> Option<(Found, Found)> {
        let now = self.look(subject, self.years.target, CheckKind::Direction, written)?;
        let before = self.years.base.and_then(|base| self.series.find(&subject.fields, base));
        let Some(before) = before else {
            let base = self.years.base.map_or_else(String::new, |base| base.end.to_string());
            let reason =
                format!("a change needs both years; {} of {base} is not in the dossier", subject.fields.join(" or "));
            self.push(failed(CheckKind::Direction, written, &reason, false));
            return None;
        };
        Some((now, before))
    }

    fn moved(
        &mut self,
        subject: &Mention,
        way: Way,
        items: &[Item],
        streak: Option<i32>,
        every_year: bool,
        is_negated: bool,
    ) {
        let written = said(way);
        let listed = listed_years(items);
        let has_amount = amounts(items) > 0;
        if way != Way::Flat && !listed.is_empty() && !has_amount && !is_negated {
            self.moved_in_each(subject, way, &listed);
            return;
        }
        if streak.is_some() || every_year {
            self.each_year(subject, way, streak, is_negated);
            return;
        }
        // The dossier can hold the growth itself.
        if subject.fields == ["revenue"]
            && let Some(target) = self.years.target
            && self.years.base == Some(Year::of(target.end - 1))
            && self.series.cited_years(&subject.fields).len() < 2
            && let Some(growth) = self.series.find(&["growth_yoy".to_owned()], target)
            && growth.is_cited
        {
            let matches = holds(way, growth.value, 0.0);
            self.push(outcome(
                CheckKind::Direction,
                written,
                number(growth.value),
                matches != is_negated,
                true,
                &growth.ids,
            ));
            return;
        }
        let Some((now, before)) = self.both(subject, written) else { return };
        let (new, old) = comparable(&now, &before);
        let value = |value: f64, found: &Found| spoken(subject, &Found { value, ..found.clone() });
        let (new, old) = (value(new, &now), value(old, &before));
        let mut matches = holds(way, new, old);
        let strength = items.iter().find_map(|item| match item {
            Item::Strength(strength) => Some(*strength),
            _ => None,
        });
        if let (Some(strength), true) = (strength, old != 0.0) {
            let size = (new / old - 1.0).abs();
            matches &= match strength {
                Strength::Strong => size >= 0.05,
                Strength::Slight => size <= 0.1,
            };
        }
        let mut ids = now.ids.clone();
        ids.extend(before.ids.clone());
        let is_cited = now.is_cited && before.is_cited;
        self.push(outcome(
            CheckKind::Direction,
            written,
            number(now.value - before.value),
            matches != is_negated,
            is_cited,
            &ids,
        ));
    }

    /// Up or down in each year of a list, against the year before it.
    fn moved_in_each(&mut self, subject: &Mention, way: Way, years: &[Year]) {
        let (mut ids, mut matches, mut is_cited) = (Vec::new(), true, true);
        for year in years {
            let Some(now) = self.look(subject, Some(*year), CheckKind::Direction, said(way)) else { return };
            let before = Year::of(year.end - 1);
            let Some(before) = self.look(subject, Some(before), CheckKind::Direction, said(way)) else { return };
            let (new, old) = comparable(&now, &before);
            let value = |value: f64, found: &Found| spoken(subject, &Found { value, ..found.clone() });
            matches &= holds(way, value(new, &now), value(old, &before));
            is_cited &= now.is_cited && before.is_cited;
            ids.extend(now.ids.into_iter().chain(before.ids));
        }
        ids.dedup();
        self.push(outcome(CheckKind::Direction, said(way), None, matches, is_cited, &ids));
    }

    /// So many years in a row, or every year of a span.
    fn each_year(&mut self, subject: &Mention, way: Way, streak: Option<i32>, is_negated: bool) {
        let written = said(way);
        let Some(target) = self.years.target else { return };
        let years = match (streak, self.years.base) {
            (Some(years), _) => years,
            (None, Some(base)) => target.end - base.end,
            (None, None) => 1,
        };
        let mut values = Vec::new();
        let mut ids = Vec::new();
        let mut is_cited = true;
        for end in target.end - years..=target.end {
            let Some(found) = self.look(subject, Some(Year::of(end)), CheckKind::Direction, written) else { return };
            values.push(spoken(subject, &found));
            is_cited &= found.is_cited || (end != target.end && end != target.end - years);
            ids.extend(found.ids);
        }
        let matches = values.windows(2).all(|pair| holds(way, pair[1], pair[0]));
        self.push(outcome(CheckKind::Direction, written, None, matches != is_negated, is_cited, &ids));
    }

    fn multiplied(&mut self, subject: &Mention, factor: Factor, approx: Option<Approx>, is_negated: bool) {
        let written = format!("{}×", factor.exact);
        let Some((now, before)) = self.both(subject, &written) else { return };
        let (new, old) = comparable(&now, &before);
        let ratio = if old == 0.0 || new / old < 0.0 { f64::NAN } else { new / old };
        // "nästan halverades" has not come as far as the word, "mer än halverades" has gone beyond it.
        let beyond = if factor.exact < 1.0 { factor.exact / ratio } else { ratio / factor.exact };
        let matches = match approx {
            None => ratio >= factor.low && ratio <= factor.high,
            Some(Approx::About) => (0.9..=1.1).contains(&beyond),
            Some(Approx::JustBelow | Approx::Below | Approx::AtMost) => (0.85..1.0).contains(&beyond),
            Some(Approx::JustAbove) => beyond > 1.0 && beyond <= 1.15,
            Some(Approx::Above | Approx::AtLeast) => beyond > 1.0 && beyond < 2.0,
        };
        let mut ids = now.ids.clone();
        ids.extend(before.ids.clone());
        let is_cited = now.is_cited && before.is_cited;
        self.push(outcome(CheckKind::Direction, &written, number(ratio), matches != is_negated, is_cited, &ids));
    }

    /// Higher or lower than another year, or than another figure.
    fn compared(&mut self, subjects: &[Mention], way: Way, items: &[Item], signals: &Signals, is_negated: bool) {
        let than = items.iter().position(|item| *item == Item::Than);
        let other = than
            .and_then(|than| signals.mentions.iter().find(|(at, _)| *at > than))
            .map(|(_, mention)| mention.clone());
        let first = signals
            .mentions
            .iter()
            .find(|(at, _)| than.is_none_or(|than| *at < than))
            .map(|(_, mention)| mention.clone());
        let written = said(way);
        match other {
            Some(other)
                if first.as_ref().or(self.subject.as_ref()).is_some_and(|first| first.fields != other.fields) =>
            {
                let Some(first) = first.or_else(|| self.subject.clone()) else { return };
                let Some(left) = self.look(&first, self.years.target, CheckKind::Direction, written) else { return };
                let Some(right) = self.look(&other, self.years.target, CheckKind::Direction, written) else { return };
                let matches = holds(way, spoken(&first, &left), spoken(&other, &right));
                let mut ids = left.ids.clone();
                ids.extend(right.ids.clone());
                let expected = number(left.value - right.value);
                self.push(outcome(
                    CheckKind::Direction,
                    written,
                    expected,
                    matches != is_negated,
                    left.is_cited && right.is_cited,
                    &ids,
                ));
            }
            _ => {
                for subject in subjects {
                    self.moved(subject, way, items, None, false, is_negated);
                }
            }
        }
    }

    /// Highest or lowest of a span of years.
    fn extreme(&mut self, subject: &Mention, way: Way, items: &[Item], is_negated: bool) {
        let written = if way == Way::Up { "highest" } else { "lowest" };
        // "Over 2019–2024, revenue was highest in 2022" names its span in the clause before.
        let has_span = items.iter().any(|item| matches!(item, Item::Since | Item::Years(..) | Item::Window(_)));
        let (base, last, spoken_of) = match (self.years.base, self.years.target, self.span) {
            (Some(base), Some(target), _) if has_span => {
                // The year that is spoken of can lie inside of the span.
                let own = items.iter().rev().find_map(|item| match item {
                    Item::Year { end, start } => Some(Year { end: *end, start: *start, day: None }),
                    Item::Relative(Relative::Newest) => self.series.newest().map(Year::of),
                    _ => None,
                });
                // "28,5 mkr 2020, den lägsta nivån under 2019–2023": the year of the clause before.
                let names_figure = items.iter().any(|item| matches!(item, Item::Field(_)));
                let told_before = self
                    .years_before
                    .target
                    .filter(|year| !names_figure && year.end >= base.end && year.end <= target.end);
                let own = own.or(told_before);
                let inside = items.iter().any(|item| matches!(item, Item::Years(..)));
                // "In five years" is the year itself and the four before it.
                let base = self.years.window.map_or(base, |years| Year::of(target.end - years + 1));
                (base, target, if inside { own.unwrap_or(target) } else { target })
            }
            (_, Some(target), Some((base, last))) if target.end >= base.end && target.end <= last.end => {
                (base, last, target)
            }
            // "Peaked in 2022": of all years that are known, where every one of them is cited.
            (_, Some(target), None) if names_one_year(items) && self.series.cites_every_year(&subject.fields) => {
                let years = self.series.cited_years(&subject.fields);
                let (Some(first), Some(last)) = (years.first(), years.last()) else { return };
                (Year::of(*first), Year::of(*last), target)
            }
            _ => {
                self.push(failed(
                    CheckKind::Direction,
                    written,
                    "a superlative needs the years that it is taken over",
                    false,
                ));
                return;
            }
        };
        let Some(top) = self.look(subject, Some(spoken_of), CheckKind::Direction, written) else { return };
        let value = spoken(subject, &top);
        // "Highest since 2019" says nothing of 2019 itself.
        let from = if items.contains(&Item::Since) { base.end + 1 } else { base.end };
        let mut ids = top.ids.clone();
        let mut matches = true;
        for end in from..=last.end {
            if spoken_of.end == end {
                continue;
            }
            let Some(found) = self.look(subject, Some(Year::of(end)), CheckKind::Direction, written) else { return };
            matches &= holds(way, value, spoken(subject, &found));
            ids.extend(found.ids);
        }
        self.push(outcome(CheckKind::Direction, written, number(top.value), matches != is_negated, top.is_cited, &ids));
    }
}

/// Whether a clause names one year and nothing that it is compared with.
fn names_one_year(items: &[Item]) -> bool {
    items.iter().filter(|item| matches!(item, Item::Year { .. })).count() == 1
        && !items.iter().any(|item| matches!(item, Item::Than | Item::Since | Item::From))
}

fn approx_before(items: &[Item], at: usize) -> Option<Approx> {
    match at.checked_sub(1).map(|before| &items[before]) {
        Some(Item::Approx(approx)) => Some(*approx),
        _ => None,
    }
}

fn said(way: Way) -> &'static str {
    match way {
        Way::Up => "up",
        Way::Down => "down",
        Way::Flat => "unchanged",
    }
}

fn holds(way: Way, new: f64, old: f64) -> bool {
    match way {
        Way::Up => new > old,
        Way::Down => new < old,
        Way::Flat => (new - old).abs() <= old.abs() * 0.03,
    }
}
