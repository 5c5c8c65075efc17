//! What an approved analysis gives the company's row, and the rule by which one is approved without a person.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lever::{Lever, Recommendation};
use super::report::Report;

/// What the newest approved analysis says of a company, as far as companies are screened by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovedAnalysis {
    /// Fit score, 0 to 100; `None` where too little was known for one.
    pub points: Option<u8>,
    /// What to do next: a person's word where one said otherwise than the score.
    pub recommendation: Option<Recommendation>,
    /// Levers in the order of [`Lever::ALL`], each once.
    pub levers: Vec<Lever>,
    /// The day on which it was made, in UTC.
    pub made_on: NaiveDate,
}

impl ApprovedAnalysis {
    /// Levers in their order, each once; words that are no lever of this version are left out.
    #[must_use]
    pub fn levers_of(keys: &[String]) -> Vec<Lever> {
        Lever::ALL.iter().copied().filter(|lever| keys.iter().any(|key| key == lever.key())).collect()
    }
}

/// Which results of a run need no person to be approved. It is looked at once, when a result is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutoApproval {
    /// The least fit score, 0 to 100; a result without a score is never approved by the rule.
    pub min_points: u8,
    /// Only where every sentence that was written stood the check, and there is one.
    pub only_verified: bool,
}

impl AutoApproval {
    /// Whether the rule can be kept.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(self) -> Result<(), String> {
        if self.min_points > 100 { Err("min_points is a score from 0 to 100".to_owned()) } else { Ok(()) }
    }

    /// Whether a result is approved by the rule.
    #[must_use]
    pub fn approves(self, points: Option<u8>, report: &Report) -> bool {
        let counts = report.counts;
        let is_verified = counts.verified > 0 && counts.contradicted == 0 && counts.not_found == 0;
        points.is_some_and(|points| points >= self.min_points) && (is_verified || !self.only_verified)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::report::Counts;
    use crate::analysis::revise::tests::report;

    #[test]
    fn rule_asks_for_the_score_and_for_sentences_that_all_stand() {
        let with = |verified, contradicted, not_found| Report {
            counts: Counts { verified, contradicted, not_found },
            ..report()
        };
        let rule = AutoApproval { min_points: 60, only_verified: true };
        assert!(rule.approves(Some(60), &with(3, 0, 0)));
        assert!(!rule.approves(Some(59), &with(3, 0, 0)));
        assert!(!rule.approves(None, &with(3, 0, 0)));
        assert!(!rule.approves(Some(90), &with(3, 1, 0)));
        assert!(!rule.approves(Some(90), &with(3, 0, 1)));
        assert!(!rule.approves(Some(90), &with(0, 0, 0)), "nothing written is nothing verified");
        let lenient = AutoApproval { only_verified: false, ..rule };
        assert!(lenient.approves(Some(90), &with(0, 1, 1)));
        assert!(AutoApproval { min_points: 101, only_verified: false }.check().is_err());
    }

    #[test]
    fn levers_come_in_their_order_once_and_without_unknown_words() {
        let keys = ["financing", "pricing", "financing", "astrology"].map(str::to_owned);
        assert_eq!(ApprovedAnalysis::levers_of(&keys), [Lever::Pricing, Lever::Financing]);
    }
}
