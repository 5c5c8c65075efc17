//! The algebra of lists: any expression of union, intersection and difference.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use screen::CompanySet;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Levels of an expression.
pub const MOST_LEVELS: usize = 16;
/// Lists that an expression may name.
pub const MOST_LISTS: usize = 50;

/// What the companies of lists make together.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Expression {
    /// The companies of a list.
    List(Uuid),
    /// Those in at least one part.
    #[schema(no_recursion)]
    Union(Vec<Expression>),
    /// Those in every part.
    #[schema(no_recursion)]
    Intersection(Vec<Expression>),
    /// Those in the first part and in none of the others.
    #[schema(no_recursion)]
    Difference(Vec<Expression>),
}

/// Why an expression cannot be worked out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// A union, intersection or difference of nothing.
    #[error("a union, an intersection and a difference each need at least one part")]
    Empty,
    /// Too deep.
    #[error("an expression goes at most {MOST_LEVELS} levels deep")]
    TooDeep,
    /// Too many lists.
    #[error("an expression names at most {MOST_LISTS} lists")]
    TooMany,
}

impl Expression {
    /// The lists that it names.
    ///
    /// # Errors
    /// When it is empty somewhere, too deep or names too many.
    pub fn lists(&self) -> Result<BTreeSet<Uuid>, ExpressionError> {
        let mut lists = BTreeSet::new();
        self.collect(&mut lists, 1)?;
        if lists.len() > MOST_LISTS { Err(ExpressionError::TooMany) } else { Ok(lists) }
    }

    fn collect(&self, lists: &mut BTreeSet<Uuid>, level: usize) -> Result<(), ExpressionError> {
        match self {
            _ if level > MOST_LEVELS => Err(ExpressionError::TooDeep),
            Self::List(id) => {
                lists.insert(*id);
                Ok(())
            }
            Self::Union(parts) | Self::Intersection(parts) | Self::Difference(parts) => {
                if parts.is_empty() {
                    return Err(ExpressionError::Empty);
                }
                parts.iter().try_for_each(|part| part.collect(lists, level + 1))
            }
        }
    }

    /// The companies; a list without any counts as empty.
    #[must_use]
    pub fn companies(&self, members: &HashMap<Uuid, Arc<CompanySet>>) -> CompanySet {
        let fold = |parts: &[Self], join: fn(&CompanySet, &CompanySet) -> CompanySet| {
            let mut parts = parts.iter().map(|part| part.companies(members));
            let first = parts.next().unwrap_or_default();
            parts.fold(first, |so_far, part| join(&so_far, &part))
        };
        match self {
            Self::List(id) => members.get(id).map(|set| CompanySet::clone(set)).unwrap_or_default(),
            Self::Union(parts) => fold(parts, CompanySet::union),
            Self::Intersection(parts) => fold(parts, CompanySet::intersection),
            Self::Difference(parts) => fold(parts, CompanySet::difference),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn set(numbers: &[u64]) -> CompanySet {
        numbers.iter().copied().collect()
    }

    fn lists() -> HashMap<Uuid, Arc<CompanySet>> {
        let of = |numbers| Arc::new(set(numbers));
        [(id(1), of(&[1, 2, 3, 4])), (id(2), of(&[2, 4, 6])), (id(3), of(&[4, 5]))].into()
    }

    #[test]
    fn works_out_what_is_written() {
        let json = serde_json::json!({ "difference": [
            { "union": [{ "intersection": [{ "list": id(1) }, { "list": id(2) }] }, { "list": id(3) }] },
            { "list": id(9) },
            { "intersection": [{ "list": id(2) }, { "list": id(3) }] },
        ] });
        let expression: Expression = serde_json::from_value(json).unwrap();
        assert_eq!(expression.lists().unwrap().len(), 4);
        assert_eq!(expression.companies(&lists()), set(&[2, 5]));
    }

    #[test]
    fn refuses_what_means_nothing() {
        assert_eq!(Expression::Union(Vec::new()).lists(), Err(ExpressionError::Empty));
        let deep = (0..MOST_LEVELS).fold(Expression::List(id(1)), |inner, _| Expression::Union(vec![inner]));
        assert_eq!(deep.lists(), Err(ExpressionError::TooDeep));
        let many = (0..=MOST_LISTS as u128).map(|number| Expression::List(id(number))).collect();
        assert_eq!(Expression::Union(many).lists(), Err(ExpressionError::TooMany));
    }

    /// Laws that hold for sets: |A ∪ B| = |A| + |B| − |A ∩ B|, A − B and A ∩ B part A.
    #[test]
    fn obeys_the_laws_of_sets() {
        let (a, b) = (Expression::List(id(1)), Expression::List(id(2)));
        let of = |make: fn(Vec<Expression>) -> Expression| make(vec![a.clone(), b.clone()]).companies(&lists());
        let (both, either, only) = (of(Expression::Intersection), of(Expression::Union), of(Expression::Difference));
        assert_eq!(either.len(), 4 + 3 - both.len());
        assert_eq!(both.union(&only), *lists()[&id(1)]);
    }
}
