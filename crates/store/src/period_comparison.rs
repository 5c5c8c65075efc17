//! What a company's current periods say against each other.

use std::collections::HashSet;

use domain::statement::{Quality, Statement};
use domain::suspicion::{Suspicion, scale_against_neighbours};

use crate::financial_periods::StoredPeriod;

/// Marks as suspect every current period of a company that is read in another unit than its neighbours. `versions` are in the order of
/// [`crate::financial_periods::current`] or `all_versions`, so that the first of a period and scope is the current one.
pub fn mark_suspect_scale(versions: &mut [StoredPeriod]) {
    let mut seen = HashSet::new();
    let mut current: Vec<usize> = Vec::new();
    for (at, version) in versions.iter().enumerate() {
        let period = version.statement.period;
        if seen.insert((version.orgnr, period.start(), period.end(), version.statement.scope)) {
            current.push(at);
        }
    }
    let statements: Vec<&Statement> = current.iter().map(|at| &versions[*at].statement).collect();
    let differs = scale_against_neighbours(&statements);
    let key = Suspicion::Scale.key();
    for at in current.iter().zip(differs).filter(|(_, differs)| *differs).map(|(at, _)| *at) {
        let judgement = &mut versions[at].judgement;
        judgement.quality = Quality::Suspect;
        if !judgement.broken.iter().any(|reason| reason == key) {
            judgement.broken.push(key.to_owned());
        }
    }
}
