//! The stages of a run: cheap looks at many companies before costly ones at few.

use serde::{Deserialize, Serialize};

/// The screening stage: the rules' score, from the figures alone.
pub const SCREEN: &str = "screen";
/// The last stage: the analysis as a report for other programs.
pub const COMPANY_REPORT: &str = "company_report";

/// What surrounds the analysis of a run in stages, which always begins with a screening by rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// The least score, 0 to 100, of a company that goes on after the screening; `None` lets all go on.
    #[serde(default)]
    pub min_points: Option<u8>,
    /// Whether websites are looked for and read before the analysis, as far as they are not fresh.
    pub research: bool,
    /// Whether the analysis is kept as the company's report for other programs.
    pub report: bool,
}

impl Stages {
    /// Whether the stages can be kept.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(self) -> Result<(), String> {
        if self.min_points.is_some_and(|points| points > 100) {
            return Err("min_points is a score from 0 to 100".to_owned());
        }
        Ok(())
    }

    /// Whether a company with this score of the screening goes on.
    #[must_use]
    pub fn lets_through(self, points: Option<u8>) -> bool {
        self.min_points.is_none_or(|least| points.is_some_and(|points| points >= least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn company_without_a_score_goes_on_only_where_no_score_is_asked_for() {
        let stages = Stages { min_points: Some(50), ..Stages::default() };
        assert!(stages.lets_through(Some(50)) && !stages.lets_through(Some(49)) && !stages.lets_through(None));
        assert!(Stages::default().lets_through(None));
        assert!(Stages { min_points: Some(101), ..stages }.check().is_err());
    }
}
