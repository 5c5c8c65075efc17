//! Tagged figures of known concepts that a reader did not use: why, how many, which.
//!
//! Nothing that a filing says of a line that Lode knows is dropped in silence: what is not used is kept here by its
//! reason, told by the import and shown with the filing.

use serde::{Deserialize, Serialize};

use crate::statement::ContextPeriod;

/// Most figures that are kept one by one for a reason; all are counted.
pub const FIGURES_KEPT: usize = 40;
/// Most concepts that a sentence names.
const CONCEPTS_NAMED: usize = 4;

/// Why a tagged figure was not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnusedReason {
    /// Its day or days are those of no fiscal year of the report.
    NoYear,
    /// It is the balance of the day before the first year of the report begins.
    OpeningBalance,
    /// Its context is narrowed to a part of the company: a segment, a scenario, a dimension.
    PartOfCompany,
    /// It belongs to another target document of the same Inline XBRL.
    OtherTarget,
    /// It is a member of a tuple, not a line of the statements.
    InTuple,
    /// It is a fraction, which no core line is.
    Fraction,
    /// Lode does not know its transformation.
    UnknownTransformation,
    /// Its text is no number by its transformation, or its scale or sign is none.
    NotANumber,
    /// It is in another currency than the statement.
    OtherCurrency,
    /// Its unit is no money where the line is an amount, or money where it is a count.
    OtherUnit,
    /// It is larger than any amount that can be kept.
    TooLarge,
}

impl UnusedReason {
    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoYear => "no_year",
            Self::OpeningBalance => "opening_balance",
            Self::PartOfCompany => "part_of_company",
            Self::OtherTarget => "other_target",
            Self::InTuple => "in_tuple",
            Self::Fraction => "fraction",
            Self::UnknownTransformation => "unknown_transformation",
            Self::NotANumber => "not_a_number",
            Self::OtherCurrency => "other_currency",
            Self::OtherUnit => "other_unit",
            Self::TooLarge => "too_large",
        }
    }

    /// Whether sound reports have such figures, so that they are counted and shown but no cause for a warning.
    #[must_use]
    pub fn is_usual(self) -> bool {
        matches!(self, Self::OpeningBalance | Self::PartOfCompany | Self::InTuple)
    }
}

/// One figure that was not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusedFigure {
    /// Qualified concept with the conventional prefix.
    pub concept: String,
    /// Key of the core line that it could have been, or `employees`.
    pub line: String,
    /// Id of the context in the document.
    pub context: String,
    /// The days of that context, where it has any.
    #[serde(default)]
    pub period: Option<ContextPeriod>,
    /// The text between the tags; empty where it was not read.
    #[serde(default)]
    pub as_filed: String,
    /// Index of the document (archive entry) within the filing.
    #[serde(default)]
    pub document: u16,
}

/// The figures that were not used for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusedFigures {
    /// Why.
    pub reason: UnusedReason,
    /// What the reason is about: a day, two days, a transformation, a unit, a target; may be empty.
    #[serde(default)]
    pub detail: String,
    /// How many.
    pub count: u32,
    /// The first [`FIGURES_KEPT`] of them.
    pub figures: Vec<UnusedFigure>,
}

impl UnusedFigures {
    /// What happened, in a sentence: `7 tagged figures not used: their day, 2024-01-01, ends no year of the report (…)`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (figures, their, they) =
            if self.count == 1 { ("figure", "its", "it is") } else { ("figures", "their", "they are") };
        let detail = &self.detail;
        let why = match self.reason {
            UnusedReason::NoYear if detail.is_empty() => format!("{their} context has no days"),
            UnusedReason::NoYear if detail.contains('–') => {
                format!("{their} days, {detail}, are no year of the report")
            }
            UnusedReason::NoYear => format!("{their} day, {detail}, ends no year of the report"),
            UnusedReason::OpeningBalance => {
                format!("{they} of {detail}, the day before the report's first year")
            }
            UnusedReason::PartOfCompany => format!("{they} about a part of the company, not the whole"),
            UnusedReason::OtherTarget => format!("{they} of another target document, “{detail}”"),
            UnusedReason::InTuple => format!("{they} inside a tuple"),
            UnusedReason::Fraction => format!("{they} tagged as a fraction"),
            UnusedReason::UnknownTransformation => format!("Lode does not know {their} transformation {detail}"),
            UnusedReason::NotANumber => format!("{they} not a number of the format {detail}"),
            UnusedReason::OtherCurrency => format!("{they} in {detail}, another currency than the statement's"),
            UnusedReason::OtherUnit => format!("{their} unit, {detail}, is not that of the line"),
            UnusedReason::TooLarge => format!("{they} larger than any amount that can be kept"),
        };
        let mut concepts: Vec<&str> = Vec::new();
        for figure in &self.figures {
            let name = figure.concept.rsplit(':').next().unwrap_or(&figure.concept);
            if !concepts.contains(&name) {
                concepts.push(name);
            }
        }
        let more = if concepts.len() > CONCEPTS_NAMED { " …" } else { "" };
        concepts.truncate(CONCEPTS_NAMED);
        format!("{} tagged {figures} not used: {why} ({}{more})", self.count, concepts.join(", "))
    }
}

/// Adds a figure to those of the same reason and detail.
pub fn add(all: &mut Vec<UnusedFigures>, reason: UnusedReason, detail: &str, figure: UnusedFigure) {
    let known = all.iter().position(|group| group.reason == reason && group.detail == detail);
    let at = known.unwrap_or_else(|| {
        all.push(UnusedFigures { reason, detail: detail.to_owned(), count: 0, figures: Vec::new() });
        all.len() - 1
    });
    if let Some(group) = all.get_mut(at) {
        group.count += 1;
        if group.figures.len() < FIGURES_KEPT {
            group.figures.push(figure);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(concept: &str) -> UnusedFigure {
        UnusedFigure {
            concept: format!("se-gen-base:{concept}"),
            line: "cash".to_owned(),
            context: "c".to_owned(),
            period: None,
            as_filed: String::new(),
            document: 0,
        }
    }

    #[test]
    fn figures_of_one_reason_are_counted_together_and_named() {
        let mut all = Vec::new();
        for concept in ["Tillgangar", "KassaBank", "KassaBank"] {
            add(&mut all, UnusedReason::NoYear, "2024-01-01", figure(concept));
        }
        add(&mut all, UnusedReason::UnknownTransformation, "ixt:numroman", figure("Nettoomsattning"));
        let sentences: Vec<String> = all.iter().map(UnusedFigures::sentence).collect();
        assert_eq!(
            sentences,
            [
                "3 tagged figures not used: their day, 2024-01-01, ends no year of the report (Tillgangar, KassaBank)",
                "1 tagged figure not used: Lode does not know its transformation ixt:numroman (Nettoomsattning)"
            ]
        );
    }

    #[test]
    fn all_are_counted_and_the_first_are_kept() {
        let mut all = Vec::new();
        for _ in 0..FIGURES_KEPT + 5 {
            add(&mut all, UnusedReason::PartOfCompany, "", figure("EgetKapital"));
        }
        assert_eq!((all[0].count as usize, all[0].figures.len()), (FIGURES_KEPT + 5, FIGURES_KEPT));
    }
}
