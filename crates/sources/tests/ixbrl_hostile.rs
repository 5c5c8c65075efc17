//! What is wrong with a package is told with its place and remedy; nothing panics, and memory stays bounded.

mod ixbrl_support;

use ixbrl_support::{Doc, duration, fact, walked, zipped};
use proptest::prelude::*;
use sources::ixbrl::writer::{self, Style};
use sources::package::{Limits, Parser, Problem, parse};

fn good() -> String {
    Doc::with(&fact("Nettoomsattning", "period0", "5 335", "")).text()
}

fn package() -> Vec<u8> {
    zipped(&[("report.xhtml", good().as_bytes())])
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], expected: &str) {
    let error = parse(name, bytes).expect_err("it should be refused");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn an_empty_file() {
    refused("a.zip", b"", "a.zip: the file is empty. Download it again.");
    refused("a.zip", &zipped(&[("r.xhtml", b"")]), "a.zip!r.xhtml: the file is empty. Download it again.");
}

#[test]
fn a_truncated_zip_wherever_it_is_cut() {
    let whole = package();
    refused(
        "a.zip",
        &whole[..whole.len() / 2],
        "a.zip: the zip archive is cut off: the directory at its end is missing. Download it again.",
    );
    for length in 0..whole.len() {
        let error = parse("a.zip", &whole[..length]).unwrap_err();
        assert!(
            matches!(
                error.problem,
                Problem::Empty | Problem::Truncated { .. } | Problem::NotAPackage { .. } | Problem::DamagedZip { .. }
            ),
            "{length}: {error}"
        );
    }
}

#[test]
fn a_pdf_or_another_file_under_a_zips_name() {
    refused(
        "a.zip",
        b"%PDF-1.7 ...",
        "a.zip: this is a PDF document, not a zip package or an XHTML report. Import the package that the register delivers.",
    );
    refused(
        "a.zip",
        b"hello",
        "a.zip: this is something else, not a zip package or an XHTML report. Import the package that the register delivers.",
    );
    refused(
        "a.xhtml",
        b"{\"a\":1}",
        "a.xhtml: this is JSON, not a zip package or an XHTML report. Import the package that the register delivers.",
    );
}

#[test]
fn a_flipped_byte_is_noticed() {
    let whole = package();
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        // Either it is refused, or the byte did not matter to the document (a date stamp, a letter of its name).
        if let Ok(parsed) = parse("5566778899_2024.zip", &bytes) {
            assert_eq!(parsed.filing.statements[0].get(domain::line::Line::Revenue), Some(5335), "{at}");
        }
    }
}

#[test]
fn a_zip_bomb_by_ratio_by_entry_and_in_all() {
    let zeros = vec![b' '; 9 << 20];
    let error = parse("a.zip", &zipped(&[("r.xhtml", &zeros)])).unwrap_err();
    assert!(
        error.to_string().starts_with("a.zip!r.xhtml: the entry inflates ")
            && error.to_string().contains("as a zip bomb does"),
        "{error}"
    );
    let small = Limits { entry: 1000, ..Limits::default() };
    let error = Parser::new(small).parse("a.zip", &package()).unwrap_err();
    assert!(matches!(error.problem, Problem::TooLarge { limit: 1000, .. }), "{error}");
    let padded = good() + &" ".repeat(3000);
    let total = Limits { total: 8000, ..Limits::default() };
    let error = Parser::new(total)
        .parse("a.zip", &zipped(&[("1.xhtml", padded.as_bytes()), ("2.xhtml", padded.as_bytes())]))
        .unwrap_err();
    assert_eq!((error.place.entry.as_str(), error.problem.code()), ("a.zip!2.xhtml", "too_large"));
}

#[test]
fn a_size_that_lies() {
    let mut bytes = package();
    let directory = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    bytes[directory + 24..directory + 28].copy_from_slice(&7_000_000_u32.to_le_bytes());
    refused(
        "a.zip",
        &bytes,
        "a.zip!report.xhtml: the zip archive is damaged: an entry promises more than its data can hold. Download it again.",
    );
    bytes[directory + 24..directory + 28].copy_from_slice(&10_u32.to_le_bytes());
    refused(
        "a.zip",
        &bytes,
        "a.zip!report.xhtml: the zip archive is damaged: an entry is longer than its directory says. Download it again.",
    );
}

#[test]
fn a_document_of_two_gigabytes_is_refused_before_it_is_looked_at() {
    let limits = Limits { package: 100, ..Limits::default() };
    let line = "x".repeat(2_000);
    let error = Parser::new(limits).parse("a.xhtml", line.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.xhtml: 2000 bytes is more than the limit of 100. Check that it is an annual report; a bulk archive is imported package by package."
    );
    assert!(Limits::default().package < 2 << 30);
}

#[test]
fn one_line_of_many_megabytes() {
    let long =
        good().replace('\n', "").replace("<head>", &format!("<head><style>{}</style>", "a{b:c}".repeat(2 << 20)));
    assert!(long.len() > 12 << 20);
    assert_eq!(parse("5566778899_x.xhtml", long.as_bytes()).unwrap().filing.statements.len(), 1);
}

#[test]
fn archives_in_archives_end_somewhere() {
    let mut bytes = package();
    for _ in 0..3 {
        bytes = zipped(&[("inner.zip", &bytes)]);
    }
    refused(
        "a.zip",
        &bytes,
        "a.zip!inner.zip!inner.zip!inner.zip: archives are nested more than 3 deep. Unpack the outer ones and import the package itself.",
    );
    let bulk = zipped(&[("1.zip", &package()), ("2.zip", &package())]);
    refused(
        "week.zip",
        &bulk,
        "week.zip: this archive holds 2 packages and no report of its own. Import it as a bulk archive.",
    );
    let mut parser = Parser::default();
    let (packages, told) = walked("week.zip", &bulk);
    assert_eq!(
        packages.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["week.zip!1.zip", "week.zip!2.zip"]
    );
    assert!(packages.iter().all(|(_, bytes)| parser.parse("a.zip", bytes).is_ok()) && told.is_empty());
    assert_eq!(walked("a.zip", &package()).0, [("a.zip".to_owned(), package())]);
}

#[test]
fn an_encrypted_entry_and_another_compression() {
    let mut bytes = package();
    let directory = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    refused("a.zip", &bytes, "a.zip!report.xhtml: the entry is encrypted. Ask for the package without a password.");
    bytes[directory + 8] &= !1;
    bytes[directory + 10] = 14;
    refused(
        "a.zip",
        &bytes,
        "a.zip!report.xhtml: compression method 14 is not supported. Pack the report again with plain zip (deflate).",
    );
}

#[test]
fn names_that_climb_out_of_the_archive() {
    for name in
        ["../evil.xhtml", "a/../../evil.xhtml", "/etc/evil.xhtml", "..\\evil.xhtml", "C:/evil.xhtml", "new\nline.xhtml"]
    {
        let mut bytes = zipped(&[(&"n".repeat(name.len()), good().as_bytes())]);
        for at in memchr::memmem::find_iter(&bytes.clone(), "n".repeat(name.len()).as_bytes()) {
            bytes[at..at + name.len()].copy_from_slice(name.as_bytes());
        }
        assert_eq!(parse("a.zip", &bytes).unwrap_err().problem, Problem::UnsafeName, "{name:?}");
    }
}

#[test]
fn broken_xml_names_its_line() {
    refused(
        "a.xhtml",
        good().replace("</body>", "</div></body>").as_bytes(),
        &format!(
            "a.xhtml, line 9 (byte {}): the XML is broken: </div> closes <body>. Ask the sender for a report that validates as XHTML.",
            good().find("</body>").unwrap()
        ),
    );
    let error = parse("a.xhtml", &good().as_bytes()[..1500]).unwrap_err();
    assert_eq!(error.problem.code(), "broken_xml");
}

#[test]
fn billion_laughs_are_not_expanded() {
    let laughs = "<!DOCTYPE html [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;\"><!ENTITY lol3 \"&lol2;&lol2;&lol2;\">]>\n<html";
    refused(
        "a.xhtml",
        good().replace("<html", laughs).as_bytes(),
        "a.xhtml, line 2 (byte 55): the document declares entities of its own (<!ENTITY …>), which are never expanded. Replace them with characters.",
    );
    let undeclared = good().replace("5 335", "5&lol;335");
    assert_eq!(parse("a.xhtml", undeclared.as_bytes()).unwrap_err().problem, Problem::UnknownEntity);
    // A plain document type, and HTML's own names, are harmless.
    let html = good()
        .replace("<html", "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" \"http://www.w3.org/x.dtd\">\n<html")
        .replace("5 335", "5&nbsp;335");
    assert!(parse("a.xhtml", html.as_bytes()).is_ok());
}

#[test]
fn encodings_declared_and_real() {
    let named = good().replace("<title>x</title>", "<title>Åäö</title>");
    let latin = named.replace("UTF-8", "ISO-8859-1");
    let bytes: Vec<u8> = latin.chars().map(|letter| letter as u8).collect();
    assert!(parse("a.xhtml", &bytes).is_ok(), "ISO-8859-1, declared");
    for (mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
        let units = mark.then_some(0xfeff).into_iter().chain(named.encode_utf16());
        let bytes: Vec<u8> =
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
        assert!(parse("a.xhtml", &bytes).is_ok(), "UTF-16, mark {mark}, little {little}");
    }
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend_from_slice(named.as_bytes());
    assert!(parse("a.xhtml", &marked).is_ok(), "UTF-8 with a byte order mark");
    // A .NET string writer declares UTF-16 and writes UTF-8.
    let parsed = parse("a.xhtml", named.replace("UTF-8", "utf-16").as_bytes()).unwrap();
    assert_eq!(parsed.filing.warnings, ["a.xhtml declares the encoding UTF-16LE but is UTF-8"]);
    let wrong: Vec<u8> = named.chars().map(|letter| letter as u8).collect();
    let error = parse("a.xhtml", &wrong).unwrap_err();
    assert_eq!((error.problem, error.place.line), (Problem::WrongEncoding { encoding: "UTF-8" }, Some(2)));
    let unknown = good().replace("UTF-8", "klingon");
    assert_eq!(
        parse("a.xhtml", unknown.as_bytes()).unwrap_err().problem,
        Problem::UnknownEncoding("klingon".to_owned())
    );
}

#[test]
fn units_contexts_prefixes_and_attributes_that_are_missing() {
    let with = |from: &str, to: &str| parse("a.xhtml", good().replace(from, to).as_bytes()).unwrap_err().to_string();
    let at = format!("a.xhtml, line 8 (byte {}): ", good().find("<ix:nonFraction").unwrap());
    assert_eq!(
        with("unitRef=\"SEK\"", "unitRef=\"USD\""),
        format!(
            "{at}the fact se-gen-base:Nettoomsattning refers to the unit “USD”, which the report does not define. Ask the sender for a corrected report."
        )
    );
    assert_eq!(
        with("contextRef=\"period0\"", "contextRef=\"period7\""),
        format!(
            "{at}the fact se-gen-base:Nettoomsattning refers to the context “period7”, which the report does not define. Ask the sender for a corrected report."
        )
    );
    assert!(with("unitRef=\"SEK\"", "").contains("the fact se-gen-base:Nettoomsattning has no unitRef"));
    assert!(with("name=\"se-gen-base:", "name=\"what:").contains("the prefix “what” is not declared"));
    assert!(
        with("iso4217:SEK", "xbrli:pure").contains("the unit of se-gen-base:Nettoomsattning is pure, not a currency")
    );
    assert!(with("2024-01-01", "2024-13-01").contains("the context “period0” has no readable dates"));
    assert!(
        with("5 335", "5 33x")
            .contains("the text of se-gen-base:Nettoomsattning is not a number of the format ixt:numspacecomma")
    );
    assert!(with("scale=\"0\"", "scale=\"many\"").contains("scale “many”"));
}

#[test]
fn impossible_periods_and_numbers() {
    let mut doc = Doc::with(
        &(fact("Nettoomsattning", "period0", "5", "")
            + &fact("Nettoomsattning", "long", "6", "")
            + &fact("Nettoomsattning", "back", "7", "")),
    );
    doc.contexts += &(duration("long", "2010-01-01", "2019-12-31") + &duration("back", "2008-12-31", "2008-01-01"));
    let parsed = doc.read();
    assert_eq!(parsed.filing.statements.len(), 1);
    let told: Vec<String> = parsed.filing.unused.iter().map(|group| group.sentence()).collect();
    assert_eq!(
        told,
        [
            "1 tagged figure not used: its days, 2010-01-01–2019-12-31, are no year of the report (Nettoomsattning)",
            "1 tagged figure not used: its days, 2008-12-31–2008-01-01, are no year of the report (Nettoomsattning)"
        ]
    );
    let huge =
        Doc::with(&(fact("Nettoomsattning", "period0", &"9".repeat(26), "") + &fact("Tillgangar", "balans0", "1", "")))
            .read();
    assert_eq!(huge.filing.statements[0].get(domain::line::Line::Revenue), None);
    assert!(huge.filing.warnings[0].contains("too large a number"));
}

#[test]
fn deep_nesting_ends_in_an_error_not_in_the_stack() {
    let deep = good().replace("</body>", &("<div>".repeat(100_000) + "</body>"));
    assert!(parse("a.xhtml", deep.as_bytes()).unwrap_err().to_string().contains("nested more than 4096 deep"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 5_000 }))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = parse("a.zip", &bytes);
    }

    #[test]
    fn no_change_to_a_document_panics(cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>(), 0..4), 1..12)) {
        let mut bytes = writer_document();
        for (from, to, byte, kind) in cuts {
            if bytes.is_empty() {
                break;
            }
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            match kind {
                0 => bytes[from] = byte,
                1 => { bytes.drain(from.min(to)..from.max(to).min(from.min(to) + 40)); }
                2 => { let piece = bytes[from.min(to)..from.max(to).min(from.min(to) + 200)].to_vec(); bytes.splice(from..from, piece); }
                _ => bytes.truncate(from.max(to)),
            }
        }
        let _ = parse("a.xhtml", &bytes);
    }

    #[test]
    fn no_change_to_a_package_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = package();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = parse("a.zip", &bytes);
    }
}

fn writer_document() -> Vec<u8> {
    let statements = ixbrl_support::statements(1_000_000);
    let report = writer::Report {
        orgnr: "556677-8899".parse().unwrap(),
        name: "Prov & Försök AB",
        seat: "Örebro",
        framework: domain::filing::Framework::K2,
        taxonomy: "2021-10-31".parse().unwrap(),
        statements: &statements,
    };
    writer::document(&report, &Style { bulk: 100, markup_rows: 1, ..Style::unusual() }).into_bytes()
}
