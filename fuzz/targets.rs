// What each target does with any bytes. Also run by a test of crate `sources` over the inputs in fuzz/regressions.
#![allow(dead_code, reason = "each binary uses one of them")]

use domain::facts::{CompanyProfile, Coverage, StatementVersion};
use domain::filing::Framework;
use domain::filter::complete::{SetNames, complete};
use domain::filter::vocabulary::Vocabulary;
use domain::statement::Statement;

/// What is done with the bytes; it must not panic.
pub type Target = fn(&[u8]);

/// The name of each target and what it does.
pub const ALL: &[(&str, Target)] = &[
    ("package", package),
    ("document", document),
    ("bolagsverket_bulk", bolagsverket_bulk),
    ("scb_bulk", scb_bulk),
    ("table", table),
    ("brreg", brreg),
    ("api_answers", api_answers),
    ("filter_text", filter_text),
    ("filter_json", filter_json),
];

/// A filed package, and everything that is worked out from its statements.
pub fn package(bytes: &[u8]) {
    read_package("4190000012_2024-12-31.zip", bytes);
}

/// A bare document: no zip to get through first.
pub fn document(bytes: &[u8]) {
    if !bytes.starts_with(b"PK") {
        read_package("4190000012_2024-12-31.xhtml", bytes);
    }
}

fn read_package(name: &str, bytes: &[u8]) {
    // Small limits, so that a bomb is refused and the fuzzer's own memory limit tells of a real fault.
    let limits = sources::package::Limits { package: 4 << 20, entry: 8 << 20, total: 16 << 20, ..Default::default() };
    let mut parser = sources::package::Parser::new(limits);
    let mut read = |name: &str, bytes: &[u8]| match parser.reports(name, bytes) {
        Ok(found) => {
            for report in found.reports {
                match report {
                    Ok(report) => {
                        let filing = report.parsed.filing;
                        for group in &filing.unused {
                            assert!(group.count as usize >= group.figures.len() && !group.sentence().is_empty());
                        }
                        work_out(filing.orgnr, filing.framework, filing.statements);
                    }
                    Err(error) => assert!(!error.to_string().is_empty()),
                }
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    };
    // As the import walks, into archives of archives; and the bytes as a package, whatever the walk makes of them.
    let mut left = 32_u32;
    let _ = sources::package::walk::walk(name, std::io::Cursor::new(bytes), &limits, &mut |step| {
        if let Some(sources::package::walk::Found::Package { name, bytes }) = step.found {
            read(name.rsplit('!').next().unwrap_or(&name), &bytes);
        }
        left -= 1;
        if left == 0 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    });
    read(name, bytes);
}

/// Quality, and every metric of the catalogue.
fn work_out(orgnr: domain::orgnr::Orgnr, framework: Framework, statements: Vec<Statement>) {
    let versions: Vec<StatementVersion> = statements
        .into_iter()
        .map(|statement| {
            let (quality, _) = domain::identity::quality(&statement);
            StatementVersion { statement, quality, framework, filed_at: None }
        })
        .collect();
    let coverage = Coverage::default();
    let today = "2026-01-01".parse().expect("a day");
    let facts = domain::facts::compute(orgnr, &CompanyProfile::default(), &versions, coverage, today);
    for value in &facts.values {
        if let domain::facts::FactValue::Real(number) = value {
            assert!(number.is_finite(), "a metric is {number}");
        }
    }
}

/// Bolagsverket's bulk file.
pub fn bolagsverket_bulk(bytes: &[u8]) {
    if let Ok(rows) = sources::bolagsverket_bulk::read(bytes) {
        assert!(rows.count() <= bytes.len() + 1);
    }
    // The header stands in the way of most inputs.
    let header = "organisationsidentitet;namnskyddslopnummer;registreringsland;organisationsnamn;organisationsform;avregistreringsdatum;avregistreringsorsak;pagandeAvvecklingsEllerOmstruktureringsforfarande;registreringsdatum;verksamhetsbeskrivning;postadress\n";
    let whole = [header.as_bytes(), bytes].concat();
    assert!(sources::bolagsverket_bulk::read(&whole[..]).is_ok_and(|rows| rows.count() <= whole.len()));
}

/// SCB's bulk file.
pub fn scb_bulk(bytes: &[u8]) {
    if let Ok(rows) = sources::scb_bulk::read(bytes) {
        assert!(rows.count() <= bytes.len() + 1);
    }
    let header = "ForAndrTyp\tCOAdress\tForetagsnamn\tFtgStat\tGatuadress\tJEStat\tJurForm\tNamn\tNg1\tNg2\tNg3\tNg4\tNg5\tPeOrgNr\tPostNr\tPostOrt\tRegDatKtid\tReklamsparrtyp\t\r\n";
    let whole = [header.as_bytes(), bytes].concat();
    assert!(sources::scb_bulk::read(&whole[..]).is_ok_and(|rows| rows.count() <= whole.len()));
}

/// Tables of companies and accounts; what stands before a NUL is the mapping file.
pub fn table(bytes: &[u8]) {
    let (mapping, text) = match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (std::str::from_utf8(&bytes[..at]).ok(), &bytes[at + 1..]),
        None => (None, bytes),
    };
    if let Ok(rows) = sources::table::companies(text, mapping) {
        assert!(rows.count() <= text.len() + 1);
    }
    let headings =
        b"orgnr;name;period_start;period_end;year;months;revenue;ebit;total_assets;equity;employees;status;sni\n";
    for text in [text.to_vec(), [&headings[..], text].concat()] {
        let Ok(rows) = sources::table::accounts(&text[..], mapping) else { continue };
        for row in rows.flatten() {
            if let Some(accounts) = row.record() {
                let filing = accounts.filing.clone();
                work_out(filing.orgnr, filing.framework, filing.statements);
            }
        }
    }
}

/// Answers of the Norwegian registers.
pub fn brreg(bytes: &[u8]) {
    if let Ok(filings) = sources::brreg::accounts::parse(bytes) {
        for filing in filings.into_iter().flatten() {
            work_out(filing.orgnr, filing.framework, filing.statements);
        }
    }
    let _ = sources::brreg::entity::read(bytes).count();
}

/// Answers of Bolagsverket's API.
pub fn api_answers(bytes: &[u8]) {
    let _ = sources::bolagsverket_api::organisation::parse(bytes);
    let _ = sources::bolagsverket_api::documents::parse(bytes);
    let _ = sources::bolagsverket_api::problem::parse(bytes);
}

/// The filter language: what can be read is printed, and what was printed reads as the same.
pub fn filter_text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let cursor = text.char_indices().map(|(at, _)| at).nth(text.chars().count() / 2).unwrap_or(0);
    let _ = complete(text, cursor, 8, Vocabulary::builtin(), &SetNames::default());
    if let Ok(filter) = domain::filter::parse::parse(text) {
        same_again(&filter);
    }
}

/// The same as JSON.
pub fn filter_json(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice(bytes) else { return };
    if let Ok(filter) = domain::filter::json::from_json(&value, "", Vocabulary::builtin()) {
        same_again(&filter);
    }
}

fn same_again(filter: &domain::filter::Filter) {
    let text = domain::filter::print::print(filter);
    let read = domain::filter::parse::parse(&text);
    assert_eq!(read.as_ref().map_err(ToString::to_string), Ok(filter), "{text}");
    let json = domain::filter::json::to_json(filter);
    let read = domain::filter::json::from_json(&json, "", Vocabulary::builtin());
    assert_eq!(read.as_ref().map_err(ToString::to_string), Ok(filter), "{json}");
}
