//! The operators of the filter language and which of them fit what.

use serde::Serialize;

use super::target::Target;
use crate::catalogue::{FieldKind, Hierarchy};
use crate::label::Label;

/// An operator; its name in the JSON forms is [`Operator::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Operator {
    /// Equal to the value.
    Equal,
    /// Not equal to the value, or no value.
    NotEqual,
    /// Below.
    Less,
    /// At most.
    LessEqual,
    /// Above.
    Greater,
    /// At least.
    GreaterEqual,
    /// From the first to the second value, both included.
    Between,
    /// One of the values.
    In,
    /// None of the values, or no value.
    NotIn,
    /// The pattern stands anywhere in the text.
    Contains,
    /// The text (or code) starts with the pattern.
    StartsWith,
    /// Every word of the pattern stands in the text, typos allowed.
    Fuzzy,
    /// No value.
    IsNull,
    /// Some value.
    NotNull,
    /// Member of a list.
    InList,
}

/// How many values an operator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// Exactly so many.
    Exactly(u8),
    /// One or more.
    List,
}

impl Operator {
    /// Every operator in the order to list them.
    pub const ALL: [Self; 15] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessEqual,
        Self::Greater,
        Self::GreaterEqual,
        Self::Between,
        Self::In,
        Self::NotIn,
        Self::Contains,
        Self::StartsWith,
        Self::Fuzzy,
        Self::IsNull,
        Self::NotNull,
        Self::InList,
    ];

    /// The name in the JSON forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Between => "between",
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::Contains => "contains",
            Self::StartsWith => "starts_with",
            Self::Fuzzy => "~",
            Self::IsNull => "is_null",
            Self::NotNull => "not_null",
            Self::InList => "in_list",
        }
    }

    /// How the text form writes it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::NotIn => "not in",
            Self::StartsWith => "starts with",
            Self::IsNull => "is null",
            Self::NotNull => "is not null",
            Self::InList => "in list",
            other => other.name(),
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> Label {
        let (sv, en) = match self {
            Self::Equal => ("är", "is"),
            Self::NotEqual => ("är inte", "is not"),
            Self::Less => ("under", "below"),
            Self::LessEqual => ("högst", "at most"),
            Self::Greater => ("över", "above"),
            Self::GreaterEqual => ("minst", "at least"),
            Self::Between => ("mellan", "between"),
            Self::In => ("någon av", "any of"),
            Self::NotIn => ("ingen av", "none of"),
            Self::Contains => ("innehåller", "contains"),
            Self::StartsWith => ("börjar med", "starts with"),
            Self::Fuzzy => ("liknar", "is like"),
            Self::IsNull => ("saknas", "is missing"),
            Self::NotNull => ("finns", "is known"),
            Self::InList => ("i listan", "in list"),
        };
        Label { sv, en }
    }

    /// The operator with this name, in any of the spellings that programs and people use.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let plain = name.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        Some(match plain.as_str() {
            "=" | "==" | "eq" | "equals" | "is" => Self::Equal,
            "!=" | "<>" | "≠" | "ne" | "neq" | "not_equals" | "is_not" => Self::NotEqual,
            "<" | "lt" => Self::Less,
            "<=" | "≤" | "lte" | "le" => Self::LessEqual,
            ">" | "gt" => Self::Greater,
            ">=" | "≥" | "gte" | "ge" => Self::GreaterEqual,
            "between" => Self::Between,
            "in" | "any_of" => Self::In,
            "not_in" | "nin" | "none_of" => Self::NotIn,
            "contains" => Self::Contains,
            "starts_with" | "startswith" => Self::StartsWith,
            "~" | "fuzzy" => Self::Fuzzy,
            "is_null" => Self::IsNull,
            "not_null" | "is_not_null" => Self::NotNull,
            "in_list" => Self::InList,
            _ => return None,
        })
    }

    /// How many values it takes.
    #[must_use]
    pub fn arity(self) -> Arity {
        match self {
            Self::IsNull | Self::NotNull => Arity::Exactly(0),
            Self::Between => Arity::Exactly(2),
            Self::In | Self::NotIn | Self::InList => Arity::List,
            _ => Arity::Exactly(1),
        }
    }

    /// The operators that fit a target, in the order to offer them.
    #[must_use]
    pub fn of(target: Target) -> &'static [Self] {
        use Operator::{
            Between, Contains, Equal, Fuzzy, Greater, GreaterEqual, In, InList, IsNull, Less, LessEqual, NotEqual,
            NotIn, NotNull, StartsWith,
        };
        match target {
            Target::Field(id) => match id.field().kind {
                FieldKind::Amount | FieldKind::Ratio | FieldKind::Count | FieldKind::Integer => {
                    &[GreaterEqual, LessEqual, Greater, Less, Between, Equal, NotEqual, In, NotIn, IsNull, NotNull]
                }
                FieldKind::Date => &[GreaterEqual, LessEqual, Greater, Less, Between, Equal, NotEqual, IsNull, NotNull],
                FieldKind::Category | FieldKind::Categories if id.field().hierarchy != Hierarchy::Flat => {
                    &[In, NotIn, Equal, NotEqual, StartsWith, IsNull, NotNull]
                }
                FieldKind::Category | FieldKind::Categories => &[In, NotIn, Equal, NotEqual, IsNull, NotNull],
                FieldKind::Boolean => &[Equal, NotEqual, IsNull, NotNull],
                FieldKind::Text => &[Contains, StartsWith, Fuzzy, Equal, NotEqual, In, NotIn, IsNull, NotNull],
            },
            Target::Orgnr => &[Equal, NotEqual, In, NotIn, InList],
            Target::Search => &[Fuzzy, Contains, StartsWith],
            Target::List | Target::Label => &[InList, In, NotIn, Equal, NotEqual],
            Target::Prospect => &[Equal, NotEqual, In, NotIn],
            Target::Excluded => &[Equal, NotEqual],
        }
    }
}
