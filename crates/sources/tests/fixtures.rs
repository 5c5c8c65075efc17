//! The committed fixtures are what the generator writes, and what is read out of them is what was meant.

#[path = "../examples/write_fixtures/reports.rs"]
mod reports;

use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use domain::line::Line;
use serde_json::Value;
use sources::package::walk::{self, Found};
use sources::package::{Limits, Parser};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures"))
}

/// The files in a zip, zips within it opened too: how it was compressed does not matter.
fn content(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return vec![(name.to_owned(), bytes.to_vec())] };
    (0..zip.len())
        .flat_map(|index| {
            let mut entry = zip.by_index(index).unwrap();
            let inner = format!("{name}!{}", entry.name().unwrap());
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            content(&inner, &bytes)
        })
        .collect()
}

#[test]
fn the_committed_fixtures_are_current() {
    let made = reports::all().unwrap();
    for (name, bytes) in &made {
        let kept = std::fs::read(folder().join(name)).unwrap_or_default();
        let is_cut = |(path, _): &&(String, Vec<u8>)| !path.contains(&reports::CUT.to_string());
        let (made, kept) = (content(name, bytes), content(name, &kept));
        assert!(
            made.iter().filter(is_cut).eq(kept.iter().filter(is_cut)),
            "fixtures/{name} is not what the generator writes; run: make fixtures"
        );
    }
    let mut kept: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "README.md")
        .collect();
    kept.sort();
    assert_eq!(kept, made.into_iter().map(|(name, _)| name).collect::<Vec<_>>());
}

/// Every package of a file with its name, found as the import finds them.
fn packages(name: &str) -> Vec<(String, Vec<u8>)> {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    let mut found = Vec::new();
    let _ = walk::walk(name, Cursor::new(bytes), &Limits::default(), &mut |step| {
        match step.found {
            Some(Found::Package { name, bytes }) => {
                found.push((name.rsplit('!').next().unwrap_or(&name).to_owned(), bytes));
            }
            Some(other) => panic!("{other:?}"),
            None => {}
        }
        ControlFlow::Continue(())
    });
    found
}

#[test]
fn every_figure_of_every_fixture_is_read_as_it_was_meant() {
    let expected: Vec<Value> = serde_json::from_slice(&std::fs::read(folder().join("expected.json")).unwrap()).unwrap();
    let mut files: Vec<&str> = expected.iter().map(|company| company["file"].as_str().unwrap()).collect();
    files.dedup();
    let mut read = Vec::new();
    for file in &files {
        for (name, bytes) in packages(file) {
            match Parser::default().parse(&name, &bytes) {
                Ok(parsed) => read.push((*file, parsed.filing)),
                Err(error) => assert!(name.contains(&reports::CUT.to_string()), "{file}: {error}"),
            }
        }
    }
    assert_eq!(read.len(), expected.len());
    for company in &expected {
        let (file, orgnr) = (company["file"].as_str().unwrap(), company["orgnr"].as_str().unwrap());
        let found = read.iter().find(|(found, filing)| *found == file && filing.orgnr.to_string() == orgnr);
        let filing = &found.unwrap_or_else(|| panic!("{file}: no report of {orgnr}")).1;
        assert_eq!(filing.company_name.as_deref(), company["name"].as_str(), "{file}");
        assert_eq!(filing.framework.as_str(), company["framework"], "{file}");
        assert_eq!(filing.warnings, Vec::<String>::new(), "{file}");
        let periods = company["periods"].as_array().unwrap();
        assert_eq!(filing.statements.len(), periods.len(), "{file}");
        for (statement, period) in filing.statements.iter().zip(periods) {
            let place = format!("{file} {} {}", period["period_end"], period["scope"]);
            assert_eq!(statement.period.start().to_string(), period["period_start"], "{place}");
            assert_eq!(statement.period.end().to_string(), period["period_end"], "{place}");
            assert_eq!(statement.scope.as_str(), period["scope"], "{place}");
            assert_eq!(statement.currency.to_string(), period["currency"], "{place}");
            let employees = statement.employees.map(|employees| employees.to_string());
            assert_eq!(employees.as_deref(), period["employees"].as_str(), "{place}");
            for line in Line::ALL {
                assert_eq!(statement.get(*line), period["lines"][line.key()].as_i64(), "{place} {}", line.key());
            }
            assert_eq!(domain::identity::check(statement), [], "{place}");
        }
    }
}
