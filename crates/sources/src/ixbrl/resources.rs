//! Contexts and units: whom, when and in what a report measures.

use chrono::{Days, NaiveDate};

use super::document::{Dimension, RawContext, Unit};
use super::namespace::Family;
use super::reader::{Fault, Open, Reader, lossy};
use super::scan::{Tag, split};
use crate::package::error::Problem;

/// An element of a context or unit whose text is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaf {
    Identifier,
    StartDate,
    EndDate,
    Instant,
    Measure,
    Member,
}

/// The parts of a unit while it is read.
#[derive(Default)]
pub(super) struct UnitParts<'a> {
    pub id: &'a [u8],
    pub offset: usize,
    pub numerators: Vec<(Option<usize>, String)>,
    pub denominators: Vec<String>,
    pub below: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn instance(&mut self, tag: &Tag<'a>, local: &[u8]) {
        let attribute =
            |wanted: &[u8]| tag.attributes().find(|(name, _)| *name == wanted).map_or(&b""[..], |(_, value)| value);
        match local {
            b"context" => {
                self.document.contexts.push(RawContext {
                    id: attribute(b"id"),
                    offset: tag.offset,
                    ..RawContext::default()
                });
                self.push(Open::Context);
            }
            b"segment" | b"scenario" => self.begin_narrowing(),
            b"unit" => {
                self.unit = UnitParts { id: attribute(b"id"), offset: tag.offset, ..UnitParts::default() };
                self.push(Open::Unit);
            }
            b"unitNumerator" => self.push(Open::Numerator),
            b"unitDenominator" => {
                self.unit.below = true;
                self.push(Open::Denominator);
            }
            b"measure" => self.leaf(Leaf::Measure),
            b"identifier" => {
                if let Some(context) = self.document.contexts.last_mut() {
                    context.scheme = attribute(b"scheme");
                }
                self.leaf(Leaf::Identifier);
            }
            b"startDate" => self.leaf(Leaf::StartDate),
            b"endDate" => self.leaf(Leaf::EndDate),
            b"instant" => self.leaf(Leaf::Instant),
            b"forever" => {
                if let Some(context) = self.document.contexts.last_mut() {
                    context.forever = true;
                }
            }
            _ => {}
        }
    }

    pub(super) fn dimension(&mut self, tag: &Tag<'a>, is_explicit: bool) {
        let qualified = tag.attributes().find(|(name, _)| *name == b"dimension").map_or(&b""[..], |(_, value)| value);
        let (prefix, name) = split(qualified);
        let is_known = self
            .lookup(prefix)
            .is_some_and(|index| matches!(self.document.namespaces[index].family, Family::Swedish(_) | Family::Ifrs));
        self.parts += 1;
        if let Some(context) = self.document.contexts.last_mut() {
            context.dimensions.push(Dimension { is_known, name, member: String::new() });
        }
        if is_explicit {
            self.leaf(Leaf::Member);
        }
    }

    pub(super) fn leaf_end(&mut self, what: Leaf, text: &str) -> Result<(), Fault> {
        if let Leaf::Measure = what {
            let (prefix, local) = text.split_once(':').unwrap_or(("", text));
            let namespace = self
                .active
                .iter()
                .rev()
                .map(|(_, index)| *index)
                .find(|index| self.document.namespaces[*index].prefix == prefix.as_bytes());
            if self.unit.below {
                self.unit.denominators.push(local.to_owned());
            } else {
                self.unit.numerators.push((namespace, local.to_owned()));
            }
            return Ok(());
        }
        let Some(context) = self.document.contexts.last_mut() else { return Ok(()) };
        let (offset, id) = (context.offset, context.id);
        let date = || {
            let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
            day.ok_or_else(|| (offset, Problem::BadContext(lossy(id))))
        };
        // Midnight at the end of a period belongs to the day before it.
        let midnight = text.get(10..).is_some_and(|time| time.starts_with("T00:00:00"));
        let last = |day: NaiveDate| if midnight { day.checked_sub_days(Days::new(1)).unwrap_or(day) } else { day };
        match what {
            Leaf::Identifier => context.identifier = text.chars().take(40).collect(),
            Leaf::StartDate => context.start = Some(date()?),
            Leaf::EndDate => context.end = Some(last(date()?)),
            Leaf::Instant => context.instant = Some(last(date()?)),
            Leaf::Member => {
                if let Some(dimension) = context.dimensions.last_mut() {
                    dimension.member = text.rsplit(':').next().unwrap_or(text).chars().take(120).collect();
                }
            }
            Leaf::Measure => {}
        }
        Ok(())
    }

    pub(super) fn context_end(&mut self) -> Result<(), Fault> {
        match self.document.contexts.last() {
            Some(context)
                if context.instant.is_none()
                    && !context.forever
                    && (context.start.is_none() || context.end.is_none()) =>
            {
                Err((context.offset, Problem::BadContext(lossy(context.id))))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn unit_end(&mut self) {
        let parts = std::mem::take(&mut self.unit);
        let currency = match parts.numerators.as_slice() {
            [(Some(namespace), code)]
                if parts.denominators.is_empty() && self.document.namespaces[*namespace].family == Family::Currency =>
            {
                code.parse().ok()
            }
            _ => None,
        };
        let unit = currency.map_or_else(
            || {
                let mut label = parts.numerators.iter().map(|(_, local)| local.as_str()).collect::<Vec<_>>().join("*");
                if !parts.denominators.is_empty() {
                    label = format!("{label}/{}", parts.denominators.join("*"));
                }
                Unit::Other(label.chars().take(60).collect())
            },
            Unit::Currency,
        );
        self.document.units.push((parts.id, unit, parts.offset));
    }
}
