//! The bundled figures are read, add up, and are what the filed packages say.

use std::collections::HashSet;

use domain::identity;
use domain::statement::Quality;

use super::*;

#[test]
fn every_bundled_period_is_sound() {
    let companies = companies().unwrap();
    let mut seen = HashSet::new();
    for company in &companies {
        assert!(seen.insert(company.record.orgnr), "{} occurs twice", company.record.orgnr);
        assert!(!company.record.is_demo && !super::super::generate::is_fictitious(company.record.orgnr));
        for (filing, provenance) in &company.reports {
            assert!(!provenance.is_empty() && !filing.statements.is_empty());
            for statement in &filing.statements {
                let (quality, broken) = identity::quality(statement);
                assert!(quality != Quality::Suspect, "{} {:?}: {broken:?}", filing.orgnr, statement.period);
                assert!(!statement.figures.is_empty());
            }
        }
    }
}
