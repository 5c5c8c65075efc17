//! Making and walking filter trees: every parser builds through these, so that equal meanings have one canonical shape.

use std::collections::BTreeSet;

use super::{Condition, FieldId, Filter};

impl Filter {
    /// Whether any condition stands in it; a filter without one passes every company, or none.
    #[must_use]
    pub fn has_conditions(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::has_conditions),
            Self::Not(part) => part.has_conditions(),
            Self::Condition(_) => true,
        }
    }

    /// The filter that every company passes.
    pub const EVERYTHING: Self = Self::All(Vec::new());
    /// The filter that no company passes.
    pub const NOTHING: Self = Self::Any(Vec::new());

    /// Every part holds: nested ANDs are joined, parts that always hold are left out, a single part stands alone.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.swap_remove(0) } else { Self::All(flat) }
    }

    /// At least one part holds: nested ORs are joined, parts that never hold are left out, a single part stands alone.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.swap_remove(0) } else { Self::Any(flat) }
    }

    /// The part does not hold; a double negation disappears.
    #[must_use]
    #[allow(clippy::should_implement_trait)] // `!filter` would hide that a tree is built.
    pub fn not(part: Self) -> Self {
        match part {
            Self::Not(inner) => *inner,
            Self::All(parts) if parts.is_empty() => Self::NOTHING,
            Self::Any(parts) if parts.is_empty() => Self::EVERYTHING,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The same meaning in canonical shape; trees out of a parser already have it.
    #[must_use]
    pub fn canonical(self) -> Self {
        match self {
            Self::All(parts) => Self::all(parts.into_iter().map(Self::canonical)),
            Self::Any(parts) => Self::any(parts.into_iter().map(Self::canonical)),
            Self::Not(part) => Self::not(part.canonical()),
            condition @ Self::Condition(_) => condition,
        }
    }

    /// Whether every company passes by the tree's shape alone.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        matches!(self, Self::All(parts) if parts.is_empty())
    }

    /// The parts of the outermost AND: one chip each.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) => parts.iter().collect(),
            other => vec![other],
        }
    }

    /// Without the parts of the outermost AND that are about this field alone: what the field's own facet or
    /// histogram counts, so that its other values can be seen.
    #[must_use]
    pub fn without_field(&self, field: FieldId) -> Self {
        let is_own = |part: &Self| {
            let (mut own, mut other) = (false, false);
            part.each_condition(&mut |condition| match condition.field() == Some(field) {
                true => own = true,
                false => other = true,
            });
            own && !other
        };
        Self::all(self.parts().into_iter().filter(|part| !is_own(part)).cloned())
    }

    /// Calls back for every condition, left to right.
    pub fn each_condition<'a>(&'a self, visit: &mut impl FnMut(&'a Condition)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each_condition(visit)),
            Self::Not(part) => part.each_condition(visit),
            Self::Condition(condition) => visit(condition),
        }
    }

    /// The fields of the catalogue that it is about.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<FieldId> {
        let mut fields = BTreeSet::new();
        self.each_condition(&mut |condition| fields.extend(condition.field()));
        fields
    }

    /// Names of the sets outside the catalogue that it needs.
    #[must_use]
    pub fn sets(&self) -> BTreeSet<&str> {
        let mut sets = BTreeSet::new();
        self.each_condition(&mut |condition| {
            if let Condition::InSet { set } = condition {
                sets.insert(set.as_str());
            }
        });
        sets
    }
}

impl Condition {
    /// The field of the catalogue that it is about; `None` for `orgnr` and sets.
    #[must_use]
    pub fn field(&self) -> Option<FieldId> {
        match self {
            Self::IntegerRange { field, .. }
            | Self::RealRange { field, .. }
            | Self::DateRange { field, .. }
            | Self::IntegerIn { field, .. }
            | Self::RealIn { field, .. }
            | Self::CodeIn { field, .. }
            | Self::Is { field, .. }
            | Self::Text { field, .. }
            | Self::IsNull { field } => Some(*field),
            Self::OrgnrIn { .. } | Self::InSet { .. } => None,
        }
    }
}
