//! Numbers of a clause: the level of a figure, a change, a share, a multiple.

use super::super::CheckKind;
use super::super::clause::Signals;
use super::super::item::{Item, Mention, Way};
use super::super::quantity::{Counted, Quantity};
use super::super::series::{Found, Year, comparable};
use super::nearby::{
    amounts, approx, following, is_from_a_result, is_own_word, mention_at, money_after, names_both,
    noun_of_change_before, previous, year_after, year_before,
};
use super::span::listed_years;
use super::{Reader, failed, names_year, number, outcome, spoken};
use crate::catalogue::{self, Unit};

/// What a number says of its figure.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    /// The figure's value in the year.
    Level,
    /// Its value in the year that is compared with.
    Base,
    /// By how much it changed.
    Change,
    /// How many times the earlier value it is.
    Multiple,
    /// Which part of another figure it is.
    Share,
    /// Its value for each employee.
    PerEmployee,
    /// The yearly growth over a span.
    PerYear,
    /// The mean over a span.
    Average,
    /// The sum over a span.
    Total,
}

impl Reader<'_> {
    /// Checks every number of a clause.
    pub(super) fn stated(&mut self, items: &[Item], signals: &Signals, is_aside: bool, is_negated: bool) {
        for (at, item) in items.iter().enumerate() {
            let Item::Quantity(quantity) = item else { continue };
            let mut quantity = quantity.clone();
            quantity.approx = approx(items, at);
            if is_aside
                && quantity.counted == Counted::Bare
                && let Some(before) = &self.before
            {
                super::inherit(&mut quantity, before);
            }
            let mut own = mention_at(items, at, signals);
            if quantity.counted == Counted::People && own.is_none() {
                own = Some(Mention { fields: vec!["employees".to_owned()], is_loss: false, is_gain: false });
            }
            // "0,4 gånger EBITDA" is a part of EBITDA, not its value.
            if quantity.counted == Counted::Times
                && let (Some(of), Some(part)) = (money_after(items, at), self.subject.clone())
                && part.fields != of.fields
            {
                let year = self.years.target;
                let Some(part) = self.look(&part, year, CheckKind::Figure, &quantity.written) else { continue };
                let Some(whole) = self.look(&of, year, CheckKind::Figure, &quantity.written) else { continue };
                self.ratio(&quantity, &part, &whole, is_negated);
                continue;
            }
            let subjects =
                if is_own_word(items, at) { own.clone().into_iter().collect() } else { self.subjects(own.as_ref()) };
            if subjects.is_empty() {
                self.unread(&quantity.written, "the figure that the number belongs to is not named");
                continue;
            }
            let role = self.role(items, at, &quantity, signals, &subjects[0], is_aside);
            for subject in &subjects {
                self.number(items, at, &quantity, role, subject, signals, is_negated);
            }
            self.before = Some(quantity);
        }
    }

    fn role(
        &self,
        items: &[Item],
        at: usize,
        quantity: &Quantity,
        signals: &Signals,
        subject: &Mention,
        is_aside: bool,
    ) -> Role {
        let before = previous(items, at);
        let after = following(items, at);
        let has = |wanted: &Item| items.contains(wanted);
        let is_percent = quantity.counted == Counted::Percent;
        let counts_share = subject.fields.iter().any(|field| is_share(field));
        let of_field =
            matches!(after, Some(Item::Of)) && items[at + 1..].iter().any(|item| matches!(item, Item::Field(_)));
        if quantity.is_multiple {
            return Role::Multiple;
        }
        if is_percent && of_field && !counts_share {
            return Role::Share;
        }
        if has(&Item::PerEmployee) {
            return Role::PerEmployee;
        }
        if is_from_a_result(items, at) {
            return Role::Base;
        }
        // "Kassan på 2,65 mkr är lägre än 2022": the amount is named with its figure, what follows is said of it.
        let is_apposition =
            at >= 2 && matches!(items[at - 1], Item::At | Item::Of) && matches!(items[at - 2], Item::Field(_));
        if is_apposition && !is_percent {
            return Role::Level;
        }
        let moves = signals.change.is_some() || signals.has_growth;
        if is_percent
            && !counts_share
            && (has(&Item::PerYear) || (has(&Item::Average) && (moves || subject.fields == ["growth_yoy"])))
        {
            return Role::PerYear;
        }
        if matches!(before, Some(Item::From))
            || (matches!(before, Some(Item::Than)) && !matches!(after, Some(Item::Compare(_))))
        {
            return Role::Base;
        }
        if quantity.counted == Counted::Points {
            return Role::Change;
        }
        if matches!(before, Some(Item::To)) {
            return Role::Level;
        }
        // "Unchanged at 26": the number is the level that did not change.
        if signals.change == Some(Way::Flat) && !is_percent {
            return Role::Level;
        }
        let is_change = matches!(before, Some(Item::Change(_) | Item::By | Item::Growth))
            && (moves || matches!(before, Some(Item::By)))
            || matches!(after, Some(Item::Change(_) | Item::Compare(_) | Item::Growth))
            || matches!(before, Some(Item::At | Item::Of)) && noun_of_change_before(items, at);
        if is_change && (moves || signals.compare.is_some()) {
            return Role::Change;
        }
        if is_percent && !counts_share {
            return Role::Change;
        }
        if is_aside && is_percent && quantity.is_signed && counts_share && !names_year(items) {
            return Role::Change;
        }
        // "(0,9)" after a figure is that of the year before, as reports print it.
        if is_aside && !names_year(items) && !is_percent && self.before.is_some() {
            return Role::Base;
        }
        // Days and the number of employees are means over their year by themselves.
        let is_mean = matches!(unit_of(&subject.fields[0]), Unit::People | Unit::Days);
        if has(&Item::Average) && (self.years.is_span || !is_mean) {
            return Role::Average;
        }
        if has(&Item::Total) || has(&Item::Totalled) && self.span_of(items).is_some() {
            return Role::Total;
        }
        Role::Level
    }

    #[expect(clippy::too_many_arguments, reason = "one number with all that its clause says")]
    fn number(
        &mut self,
        items: &[Item],
        at: usize,
        quantity: &Quantity,
        role: Role,
        subject: &Mention,
        signals: &Signals,
        is_negated: bool,
    ) {
        let written = quantity.written.clone();
        let years = self.years;
        let kind = CheckKind::Figure;
        match role {
            Role::Level | Role::Base => {
                let year = match (role, year_after(items, at, &self.series)) {
                    (_, Some(year)) => Some(year),
                    (Role::Base, None) => years.base,
                    _ => year_before(items, at).or(years.target),
                };
                if role == Role::Level
                    && let Some(extreme) = self.is_extreme_of_span(items)
                {
                    self.extreme_level(quantity, subject, extreme, is_negated);
                    return;
                }
                let listed = listed_years(items);
                let is_alone = amounts(items) == 1;
                if role == Role::Level && is_alone && !listed.is_empty() && !is_negated {
                    let (of, said) = (subject.clone(), quantity.clone());
                    self.each_of(subject, &listed, &written, kind, move |value| {
                        said.says(if of.is_loss { -value } else { value })
                    });
                    return;
                }
                if role == Role::Level
                    && let Some(span) = self.span_of_level(items, signals)
                {
                    self.level_of_each(quantity, subject, span, is_negated);
                    return;
                }
                let Some(found) = self.look(subject, year, kind, &written) else { return };
                self.level(quantity, subject, &found, items, is_negated);
            }
            Role::Change | Role::Multiple if listed_years(items).len() > 1 && !names_both(items, signals) => {
                self.unread(&written, "it is not clear in which of the years that are named");
            }
            Role::Change | Role::Multiple | Role::PerYear => {
                let bases = [years.base, years.other_base.filter(|_| role != Role::PerYear)];
                let fields = grown(subject);
                // "ökade med 12 % 2023 till …": the year after the number is the newer one.
                let Some(now) = self.look(&fields, years.target, kind, &written) else { return };
                if subject.fields.contains(&"growth_yoy".to_owned()) && role == Role::Change && !years.is_span {
                    let growth = self.series.find(&["growth_yoy".to_owned()], years.target.unwrap_or(Year::of(0)));
                    if let Some(found) = growth {
                        self.level(quantity, subject, &found, items, is_negated);
                        return;
                    }
                }
                let mut best = None;
                for base in bases.into_iter().flatten() {
                    let Some(before) = self.series.find(&fields.fields, base) else { continue };
                    let span = years.target.map_or(1, |target| target.end - base.end).max(1);
                    let (value, matches) = change(quantity, role, &fields, &now, &before, span, signals, self.way);
                    let mut ids = now.ids.clone();
                    ids.extend(before.ids.clone());
                    let is_cited = now.is_cited && before.is_cited;
                    let check = outcome(kind, &written, value.and_then(number), matches != is_negated, is_cited, &ids);
                    if best.is_none() || check.ok {
                        best = Some(check);
                    }
                }
                // The growth of a year stands in the dossier as a figure of its own, too.
                if best.as_ref().is_none_or(|check| !check.ok)
                    && fields.fields == ["revenue"]
                    && role == Role::Change
                    && let Some(target) = years.target
                    && years.base == Some(Year::of(target.end - 1))
                    && let Some(found) = self.series.find(&["growth_yoy".to_owned()], target)
                    && found.is_cited
                {
                    let signed = signals.change.or(self.way) == Some(Way::Down) && !quantity.is_signed;
                    let matches = quantity.says(if signed { -found.value } else { found.value });
                    best = Some(outcome(kind, &written, number(found.value), matches != is_negated, true, &found.ids));
                }
                let check = best.unwrap_or_else(|| {
                    let base = years.base.map_or_else(String::new, |base| base.end.to_string());
                    failed(
                        kind,
                        &written,
                        &format!("a change needs both years; that of {base} is not in the dossier"),
                        false,
                    )
                });
                self.push(check);
            }
            Role::Share => {
                let of = items[at + 1..].iter().find_map(|item| match item {
                    Item::Field(mention) => Some(mention.clone()),
                    _ => None,
                });
                let Some(of) = of else { return };
                let Some(part) = self.look(subject, years.target, kind, &written) else { return };
                let Some(whole) = self.look(&of, years.target, kind, &written) else { return };
                self.ratio(quantity, &part, &whole, is_negated);
            }
            Role::PerEmployee => {
                let people = Mention { fields: vec!["employees".to_owned()], is_loss: false, is_gain: false };
                let Some(part) = self.look(subject, years.target, kind, &written) else { return };
                let Some(whole) = self.look(&people, years.target, kind, &written) else { return };
                self.ratio(quantity, &part, &whole, is_negated);
            }
            Role::Average | Role::Total => {
                let span = self.span_of(items).filter(|_| items.contains(&Item::Totalled));
                let span = span.or_else(|| Some((years.base.filter(|_| years.is_span)?.end, years.target?.end)));
                let Some((first, last)) = span else {
                    self.push(failed(kind, &written, "an average or a sum needs the years that it spans", false));
                    return;
                };
                let mut values = Vec::new();
                let (mut ids, mut is_cited) = (Vec::new(), true);
                for end in first..=last {
                    let Some(found) = self.look(subject, Some(Year::of(end)), kind, &written) else { return };
                    values.push(spoken(subject, &found));
                    is_cited &= found.is_cited;
                    ids.extend(found.ids);
                }
                let sum: f64 = values.iter().sum();
                #[expect(clippy::cast_precision_loss, reason = "a handful of years")]
                let value = if role == Role::Average { sum / values.len() as f64 } else { sum };
                let matches = quantity.says(value) && fits_unit(quantity, &subject.fields[0]);
                self.push(outcome(kind, &written, number(value), matches != is_negated, is_cited, &ids));
            }
        }
    }

    fn level(&mut self, quantity: &Quantity, subject: &Mention, found: &Found, items: &[Item], is_negated: bool) {
        let value = spoken(subject, found);
        let mut says = quantity.says(value);
        // "ett negativt resultat på 2 mkr"
        if !quantity.is_signed && items.contains(&Item::Negative) {
            says = quantity.says(-value);
        }
        // A cost or a loss can be written with its sign.
        if quantity.is_signed && (super::is_cost(&found.field) || subject.is_loss) {
            says = quantity.says(-value) || quantity.says(value);
        }
        if subject.is_gain && found.value < 0.0 {
            says = false;
        }
        let unit = fits_unit(quantity, &found.field);
        let mut check = outcome(
            CheckKind::Figure,
            &quantity.written,
            number(found.value),
            (says && unit) != is_negated,
            found.is_cited,
            &found.ids,
        );
        if says && !unit {
            check.reason = format!("{} is in another unit", found.field);
        }
        self.push(check);
    }

    fn ratio(&mut self, quantity: &Quantity, part: &Found, whole: &Found, is_negated: bool) {
        if whole.value == 0.0 {
            self.push(failed(CheckKind::Figure, &quantity.written, "the figure that is divided by is 0", false));
            return;
        }
        let value = part.value.abs() / whole.value.abs();
        let mut ids = part.ids.clone();
        ids.extend(whole.ids.clone());
        let matches = quantity.says(value);
        self.push(outcome(
            CheckKind::Figure,
            &quantity.written,
            number(value),
            matches != is_negated,
            part.is_cited && whole.is_cited,
            &ids,
        ));
    }
}

/// The figure whose growth is meant.
fn grown(subject: &Mention) -> Mention {
    let fields =
        subject.fields.iter().map(|field| if field == "growth_yoy" { "revenue".to_owned() } else { field.clone() });
    Mention { fields: fields.collect(), ..subject.clone() }
}

/// The change that the figures give, and whether it is the one that is written.
#[expect(clippy::too_many_arguments, reason = "one comparison with all that decides it")]
fn change(
    quantity: &Quantity,
    role: Role,
    subject: &Mention,
    now: &Found,
    before: &Found,
    span: i32,
    signals: &Signals,
    way_before: Option<Way>,
) -> (Option<f64>, bool) {
    let (new, old) = comparable(now, before);
    let adjust = |value: f64, found: &Found| spoken(subject, &Found { value, ..found.clone() });
    let (new, old) = (adjust(new, now), adjust(old, before));
    let is_down =
        signals.change.or(signals.compare).or(if signals.has_growth { None } else { way_before }) == Some(Way::Down);
    let signed = |value: f64| if is_down && !quantity.is_signed { -value } else { value };
    match (&quantity.counted, role) {
        (Counted::Times, Role::Multiple) | (Counted::Bare, Role::Multiple) => {
            let value = (old > 0.0).then(|| new / old);
            (value, value.is_some_and(|value| quantity.says(value)))
        }
        (Counted::Percent, Role::PerYear) => {
            let value = (old > 0.0 && new > 0.0).then(|| (new / old).powf(1.0 / f64::from(span)) - 1.0);
            (value, value.is_some_and(|value| quantity.says(signed(value))))
        }
        (Counted::Percent, _) => {
            let value = (old > 0.0).then(|| new / old - 1.0);
            (value, value.is_some_and(|value| quantity.says(signed(value))))
        }
        (Counted::Points, _) => {
            let value = new - old;
            (Some(value), is_share(&now.field) && quantity.says(signed(value)))
        }
        _ => {
            let value = new - old;
            (Some(value), fits_unit(quantity, &now.field) && quantity.says(signed(value)))
        }
    }
}

/// Whether the unit that is written can be that of the field.
fn fits_unit(quantity: &Quantity, field: &str) -> bool {
    matches!(
        (unit_of(field), &quantity.counted),
        (Unit::Sek, Counted::Sek | Counted::Scaled | Counted::Bare)
            | (Unit::Share | Unit::Times, Counted::Percent | Counted::Bare | Counted::Times)
            | (Unit::Days, Counted::Days | Counted::Bare)
            | (Unit::People, Counted::People | Counted::Bare)
            | (
                Unit::Number | Unit::Score | Unit::Year | Unit::None,
                Counted::Bare | Counted::Scaled | Counted::Thing(_)
            )
    )
}

pub(super) fn unit_of(field: &str) -> Unit {
    if field == "employees" {
        return Unit::People;
    }
    if let Some(field) = catalogue::find(field) {
        return field.unit;
    }
    if crate::line::Line::from_key(field).is_some() { Unit::Sek } else { Unit::None }
}

fn is_share(field: &str) -> bool {
    matches!(unit_of(field), Unit::Share) || field == "growth_yoy"
}
