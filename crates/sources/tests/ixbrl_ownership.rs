//! Whose a document is: one filing is of one company and one set of contexts, in whatever it is packed.

mod ixbrl_support;

use domain::line::Line::*;
use ixbrl_support::{Doc, companion_of, duration, fact, imported, report_of, schema, text, zipped};
use sources::package::{Parser, parse};

const ALFA: &str = "556677-8899";
const BETA: &str = "559085-2777";
const AUDIT: &str = "/ar/rar/2020-12-01/se-ar-rar-2020-12-01";

fn one(orgnr: &str, year: &str, revenue: i64) -> (String, String, Option<i64>) {
    (orgnr.replace('-', ""), format!("{year}-12-31"), Some(revenue))
}

#[test]
fn loose_reports_of_two_companies_in_one_zip_are_two_filings() {
    let (alfa, beta) = (report_of(ALFA, "Alfa AB", "2023", 100), report_of(BETA, "Beta AB", "2022", 900));
    for (first, second) in [("a.xhtml", "b.xhtml"), ("alfa/r.xhtml", "beta/r.xhtml")] {
        let zip = zipped(&[(first, alfa.as_bytes()), (second, beta.as_bytes())]);
        let (found, told) = imported("week.zip", &zip);
        assert_eq!((found, told), (vec![one(ALFA, "2023", 100), one(BETA, "2022", 900)], vec![]));
        let read = Parser::default().reports("week.zip", &zip).unwrap();
        let files: Vec<_> = read.reports.into_iter().map(|report| report.unwrap().own_file.unwrap()).collect();
        assert_eq!(
            files,
            [(first.to_owned(), alfa.clone().into_bytes()), (second.to_owned(), beta.clone().into_bytes())]
        );
        assert_eq!(
            parse("week.zip", &zip).unwrap_err().to_string(),
            "week.zip: the package holds 2 reports, each a filing of its own. Import it as an archive."
        );
    }
}

#[test]
fn two_years_of_one_company_in_one_zip_are_two_filings_and_not_swapped() {
    let (newer, older) = (report_of(ALFA, "Alfa AB", "2023", 200), report_of(ALFA, "Alfa AB", "2022", 100));
    let zip = zipped(&[("2023.xhtml", newer.as_bytes()), ("2022.xhtml", older.as_bytes())]);
    assert_eq!(imported("alfa.zip", &zip), (vec![one(ALFA, "2023", 200), one(ALFA, "2022", 100)], vec![]));
}

#[test]
fn a_report_and_its_auditors_are_one_filing_and_a_stranger_beside_them_is_another() {
    let (alfa, beta) = (report_of(ALFA, "Alfa AB", "2023", 100), report_of(BETA, "Beta AB", "2022", 900));
    let audit = companion_of(ALFA, AUDIT);
    let pair = zipped(&[("r.xhtml", alfa.as_bytes()), ("audit.xhtml", audit.as_bytes())]);
    let read = parse("alfa.zip", &pair).unwrap().filing;
    assert_eq!((read.documents.len(), read.size_bytes), (2, pair.len() as u64));
    let three =
        zipped(&[("r.xhtml", alfa.as_bytes()), ("audit.xhtml", audit.as_bytes()), ("b.xhtml", beta.as_bytes())]);
    let (found, told) = imported("three.zip", &three);
    assert_eq!(found, [one(ALFA, "2023", 100), one(BETA, "2022", 900)]);
    assert_eq!(told, ["audit.xhtml hold no figures and stand beside several reports; they were passed over"]);
}

#[test]
fn a_companion_of_another_company_is_told_and_says_nothing_of_this_one() {
    let alfa = report_of(ALFA, "Alfa AB", "2023", 100);
    let strange = companion_of(BETA, "/gaap/coa/rplc/2020-12-01/se-coa-rplc-2020-12-01");
    let zip = zipped(&[("r.xhtml", alfa.as_bytes()), ("c.xhtml", strange.as_bytes())]);
    let (found, told) = imported("a.zip", &zip);
    assert_eq!(found, [one(ALFA, "2023", 100)]);
    assert_eq!(told, ["a.zip!c.xhtml is about 559085-2777 and was not read"]);
}

#[test]
fn pages_feeds_and_papers_beside_packages_make_no_package_of_the_archive() {
    let package = |orgnr, year, revenue| zipped(&[("r.xhtml", report_of(orgnr, "X AB", year, revenue).as_bytes())]);
    let (alfa, beta) = (package(ALFA, "2023", 100), package(BETA, "2022", 900));
    let archive = zipped(&[
        ("index.html", b"<html><body>Unclosed <br> list</body></html>".as_slice()),
        ("alfa.zip", &alfa),
        ("README.txt", b"read me"),
        ("feed.xml", b"<feed/>"),
        ("beta.zip", &beta),
        ("k.pdf", b"%PDF-1.7"),
        ("__MACOSX/._alfa.zip", b"\0\x05\x16\x07"),
        ("._beta.zip", b"\0\x05\x16\x07"),
    ]);
    let (found, told) = imported("week.zip", &archive);
    assert_eq!(found, [one(ALFA, "2023", 100), one(BETA, "2022", 900)]);
    assert_eq!(
        told,
        [
            "week.zip: 4 files are no annual report and no archive and were passed over: README.txt, feed.xml, k.pdf, index.html"
        ]
    );
    // A loose report beside the packages is one too, and archives lie in archives.
    let gamma = report_of("556920-1998", "Gamma AB", "2024", 7);
    let mixed = zipped(&[("week.zip", &archive), ("gamma.xhtml", gamma.as_bytes())]);
    let (found, _) = imported("year.zip", &mixed);
    assert_eq!(found, [one(ALFA, "2023", 100), one(BETA, "2022", 900), one("556920-1998", "2024", 7)]);
}

#[test]
fn more_loose_reports_than_a_package_can_hold_are_all_found() {
    let names: Vec<String> = (0..80).map(|at| format!("{at}.xhtml")).collect();
    let texts: Vec<String> = (0..80).map(|at| report_of(ALFA, "Alfa AB", "2023", at)).collect();
    let entries: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let (found, told) = imported("many.zip", &zipped(&entries));
    assert_eq!((found.len(), told), (80, vec![]));
    assert!(found.iter().enumerate().all(|(at, (_, _, revenue))| *revenue == Some(at as i64)));
}

#[test]
fn the_same_report_twice_in_a_package_is_read_once() {
    let alfa = report_of(ALFA, "Alfa AB", "2023", 100);
    let zip = zipped(&[("a.xhtml", alfa.as_bytes()), ("copy/a.xhtml", alfa.as_bytes())]);
    let (found, told) = imported("a.zip", &zip);
    assert_eq!((found, told.len()), (vec![one(ALFA, "2023", 100)], 1));
}

#[test]
fn sidecars_and_empty_pages_do_not_refuse_a_package() {
    let alfa = report_of(ALFA, "Alfa AB", "2023", 100);
    for beside in ["._r.xhtml", "__MACOSX/._r.xhtml", "a/__MACOSX/r.xhtml", "empty.html", "page.html"] {
        let bytes: &[u8] = match beside {
            "empty.html" => b"",
            "page.html" => b"<html><body><p>not XHTML<br></body>",
            _ => b"\0\x05\x16\x07\0\0\xff\xfe",
        };
        let zip = zipped(&[(beside, bytes), ("r.xhtml", alfa.as_bytes())]);
        assert_eq!(imported("a.zip", &zip).0, [one(ALFA, "2023", 100)], "{beside}");
    }
}

#[test]
fn a_broken_report_among_several_is_refused_by_name_and_the_others_are_read() {
    let (alfa, beta) = (report_of(ALFA, "Alfa AB", "2023", 100), report_of(BETA, "Beta AB", "2022", 900));
    let zip = zipped(&[("a.xhtml", alfa.as_bytes()), ("b.xhtml", beta.replace("</body>", "").as_bytes())]);
    let (found, told) = imported("two.zip", &zip);
    assert_eq!(found, [one(ALFA, "2023", 100)]);
    assert!(told.len() == 1 && told[0].starts_with("two.zip!b.xhtml, line"), "{told:?}");
}

#[test]
fn contexts_of_two_companies_in_one_report_are_refused_by_name() {
    let mut doc = Doc::with(&(fact("Nettoomsattning", "period0", "5", "") + &fact("Tillgangar", "other", "7", "")));
    doc.contexts += &ixbrl_support::instant("other", "2024-12-31").replace(ALFA, BETA);
    let refused = doc.refused();
    assert!(refused.contains("about two companies, 556677-8899 and 559085-2777 (context “other”)"), "{refused}");
    // The same number in another spelling is the same company.
    doc.contexts = doc.contexts.replace(BETA, "165566778899");
    assert_eq!(doc.newest().get(TotalAssets), Some(7));
    // A context that no figure has says nothing.
    let mut unused = Doc::with(&fact("Nettoomsattning", "period0", "5", ""));
    unused.contexts += &ixbrl_support::instant("other", "2024-12-31").replace(ALFA, BETA);
    assert_eq!(unused.newest().get(Revenue), Some(5));
}

#[test]
fn contexts_and_text_that_name_two_companies_are_decided_by_a_third_or_refused() {
    let doc = Doc::with(&(fact("Nettoomsattning", "period0", "5", "") + &text("Organisationsnummer", BETA)));
    let read = |name: &str| parse(name, doc.text().as_bytes());
    let refused = read("r.xhtml").unwrap_err().to_string();
    assert!(refused.contains("is about 556677-8899 by its contexts and prints 559085-2777"), "{refused}");
    for (name, owner) in [("5566778899_2024-12-31.xhtml", "5566778899"), ("5590852777_2024-12-31.xhtml", "5590852777")]
    {
        let filing = read(name).unwrap().filing;
        assert_eq!(filing.orgnr.to_string(), owner);
        assert!(filing.warnings.iter().any(|told| told.contains("what stands beside it says the same")));
    }
    // One of the two that cannot be a number decides nothing.
    let broken = doc.text().replace(BETA, "559085-2778");
    let filing = parse("r.xhtml", broken.as_bytes()).unwrap().filing;
    assert_eq!(filing.orgnr.to_string(), "5566778899");
}

#[test]
fn an_id_that_is_defined_twice_differently_is_refused_and_twice_the_same_is_not() {
    let mut doc = Doc::with(&fact("Nettoomsattning", "period0", "5", ""));
    doc.contexts += &duration("period0", "2022-01-01", "2022-12-31");
    assert!(doc.refused().contains("the context “period0” is defined twice, differently"));
    doc.contexts = duration("period0", "2024-01-01", "2024-12-31").repeat(2);
    assert_eq!(doc.newest().get(Revenue), Some(5));
    doc.units += &ixbrl_support::unit("SEK", "iso4217:EUR");
    assert!(doc.refused().contains("the unit “SEK” is defined twice, differently"));
}

/// An ESEF document of a year whose ids say nothing of the year.
fn esef(entity: &str, year: &str, revenue: &str) -> String {
    let mut doc = Doc::with(&format!(
        "<ix:nonFraction name=\"ifrs-full:Revenue\" contextRef=\"c1\" unitRef=\"SEK\" decimals=\"0\">{revenue}</ix:nonFraction>"
    ));
    doc.declarations += " xmlns:ifrs-full=\"http://xbrl.ifrs.org/taxonomy/2022-03-24/ifrs-full\"";
    doc.schema = schema("x").replace("xbrl.taxonomier.se/se/fr/gaap", "example.com");
    doc.contexts = duration("c1", &format!("{year}-01-01"), &format!("{year}-12-31"));
    doc.text().replace("http://www.bolagsverket.se", "http://standards.iso.org/iso/17442").replace(ALFA, entity)
}

const LEI: &str = "5493000000000000TEST";

#[test]
fn files_directly_in_reports_are_reports_of_their_own() {
    for folders in [["", ""], ["sv/", "en/"]] {
        let (newer, older) = (esef(LEI, "2024", "900"), esef(LEI, "2023", "700"));
        let package = zipped(&[
            ("x/META-INF/reportPackage.json", b"{}".as_slice()),
            (&format!("x/reports/{}a.xhtml", folders[0]), newer.as_bytes()),
            (&format!("x/reports/{}b.xhtml", folders[1]), older.as_bytes()),
        ]);
        let filing = parse("5566778899_2024-12-31.zip", &zipped(&[("k.zip", &package)])).unwrap().filing;
        let years: Vec<_> =
            filing.statements.iter().map(|one| (one.period.end().to_string(), one.get(Revenue))).collect();
        assert_eq!(years, [("2024-12-31".to_owned(), Some(900)), ("2023-12-31".to_owned(), Some(700))]);
    }
}

#[test]
fn languages_of_one_report_agree_or_the_year_is_suspect() {
    let package = |second: &str| {
        let (sv, en) = (esef(LEI, "2024", "900"), esef(LEI, "2024", second).replace("<title>x", "<title>y"));
        zipped(&[("reports/sv.xhtml", sv.as_bytes()), ("reports/en.xhtml", en.as_bytes())])
    };
    let read = |bytes: &[u8]| parse("5566778899_2024-12-31.zip", bytes).unwrap().filing;
    let same = read(&package("900"));
    assert_eq!((same.statements.len(), same.warnings.len()), (1, 0), "{:?}", same.warnings);
    let other = read(&package("800"));
    assert_eq!(domain::identity::quality(&other.statements[0]).0, domain::statement::Quality::Suspect);
    assert_eq!(other.statements[0].get(Revenue), Some(900));
    assert!(other.warnings[0].contains("two reports in the package disagree about 1 lines"), "{:?}", other.warnings);
}

#[test]
fn reports_of_two_entities_in_one_report_package_are_refused_by_name() {
    let (one, two) = (esef(LEI, "2024", "900"), esef("5493000000000000ELSE", "2024", "700"));
    let zip = zipped(&[("reports/a.xhtml", one.as_bytes()), ("reports/b.xhtml", two.as_bytes())]);
    let refused = parse("5566778899_2024-12-31.zip", &zip).unwrap_err().to_string();
    assert!(refused.contains("of two companies, 5493000000000000TEST and 5493000000000000ELSE"), "{refused}");
}
