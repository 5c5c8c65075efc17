//! Orders: “sorted by revenue, descending”, “largest first”.

use super::{Found, Sentence};
use crate::ask::Order;
use crate::ask::lexicon::Meaning;
use crate::catalogue::Better;

impl Sentence<'_> {
    /// “Sorted by revenue, descending”, “largest first”, “highest margin first”.
    pub(super) fn order(&self, at: usize) -> Option<(Found, usize)> {
        let found = |field, descending, end| Some((Found::Order(Order { field, descending }), end));
        let order = self.find(at, |meaning| {
            if let Meaning::Order(field, descending) = meaning { Some((*field, *descending)) } else { None }
        });
        if let Some((field, descending)) = order {
            return found(field, descending, at + 1);
        }
        let rank = |at: usize| match (self.has(at, &Meaning::Most), self.has(at, &Meaning::Least)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        if self.has(at, &Meaning::Sort) {
            let mut next = self.glue(at + 1);
            let order = self.find(next, |meaning| {
                if let Meaning::Order(field, descending) = meaning { Some((*field, *descending)) } else { None }
            });
            if let Some((field, descending)) = order {
                return found(field, descending, next + 1);
            }
            let most = rank(next);
            next = if most.is_some() { self.glue(next + 1) } else { next };
            let field = self.pieces.get(next)?.field()?;
            let by_itself = field.field().better != Better::Lower && field.field().key != "name";
            // “Increased by revenue above …” is no order, “top companies by revenue” is.
            if self.pieces[at].is_filler() && self.comparison(self.glue(next + 1), Some(field)).0.is_some() {
                return None;
            }
            let (descending, end) = self.direction(next + 1);
            return found(field, descending.or(most).unwrap_or(by_itself), end);
        }
        let most = rank(at)?;
        let next = self.glue(at + 1);
        let field = self.pieces.get(next)?.field()?;
        self.has(next + 1, &Meaning::First).then_some(())?;
        found(field, most, next + 2)
    }

    /// “(, ) descending”, “highest first”.
    fn direction(&self, at: usize) -> (Option<bool>, usize) {
        let start = if self.pieces.get(at).is_some_and(|piece| piece.is_break) { at + 1 } else { at };
        let next = self.glue(start);
        if self.has(next, &Meaning::Descending) {
            return (Some(true), next + 1);
        }
        if self.has(next, &Meaning::Ascending) {
            return (Some(false), next + 1);
        }
        (None, at)
    }
}
