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

/// The bundled figures of a company that were taken from its package, beside what the parser reads in it now.
#[test]
fn figures_from_packages_are_what_the_packages_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/se_arsredovisning_zip");
    for (orgnr, file, frame) in [
        ("5590852777", "5590852777_2024_k2.zip", Framework::K2),
        ("5590179924", "5590179924_2020_k2.zip", Framework::K2),
        ("5569201998", "5569201998_2021_k3.zip", Framework::K3),
        ("5568022171", "5568022171_2022_esef.zip", Framework::Ifrs),
    ] {
        let Ok(bytes) = std::fs::read(format!("{folder}/{file}")) else {
            println!("skipped: ../shared/data/se_arsredovisning_zip/{file} not present");
            continue;
        };
        let filed = sources::package::parse(file, &bytes).unwrap().filing;
        let companies = companies().unwrap();
        let company = companies.iter().find(|company| company.record.orgnr.to_string() == orgnr).unwrap();
        let (bundled, _) = company
            .reports
            .iter()
            .find(|(_, provenance)| provenance.contains(&filed.sha256[..16]))
            .expect("the report names the package it was taken from");
        assert_eq!(bundled.framework, frame);
        assert_eq!(bundled.statements.len(), filed.statements.len());
        for (bundled, filed) in bundled.statements.iter().zip(&filed.statements) {
            assert_eq!(
                (bundled.period, bundled.scope, bundled.employees),
                (filed.period, filed.scope, filed.employees)
            );
            for line in Line::ALL {
                assert_eq!(bundled.get(*line), filed.get(*line), "{orgnr} {:?} {}", bundled.period, line.key());
            }
            for (line, index) in &bundled.line_facts {
                let (_, original) = filed.line_facts.iter().find(|(filed, _)| filed == line).unwrap();
                let (bundled, filed) = (&bundled.facts[*index as usize], &filed.facts[*original as usize]);
                assert_eq!((&bundled.concept, &bundled.as_filed), (&filed.concept, &filed.as_filed));
                // A line that is a sum shows its first fact; the others are the fact itself.
                assert_eq!(bundled.negative, filed.negative, "{}", line.key());
            }
        }
    }
}

#[test]
fn every_company_of_the_open_data_is_there() {
    let companies = companies().unwrap();
    assert_eq!(companies.len(), 22);
    let reports: usize = companies.iter().map(|company| company.reports.len()).sum();
    assert_eq!(reports, 41);
}
