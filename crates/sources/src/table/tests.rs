//! Tables from several programs, and what is wrong with some of them.

use domain::company::{CompanyRecord, CompanyStatus};
use domain::line::Line;
use domain::scope::Scope;
use proptest::prelude::*;

use super::*;
use crate::error::Extent;
use crate::row::{Content, SourceRow};

fn company_rows(bytes: &[u8], mapping: Option<&str>) -> Vec<Result<SourceRow<CompanyRecord>, SourceError>> {
    companies(bytes, mapping).unwrap().collect()
}

fn account_rows(text: &str, mapping: Option<&str>) -> Vec<Result<SourceRow<AccountsRow>, SourceError>> {
    accounts(text.as_bytes(), mapping).unwrap().collect()
}

fn account(text: &str, mapping: Option<&str>) -> AccountsRow {
    match account_rows(text, mapping).remove(0).unwrap().content {
        Content::Record(row) => row,
        Content::SoleTrader => panic!("accounts were expected"),
    }
}

#[test]
fn delimiters_and_encodings_are_found_out() {
    for delimiter in [";", ",", "\t", "|"] {
        let text = "Org.nr;Företagsnamn;Postort\n559085-2777;Höör Bygg AB;HÖÖR\n".replace(';', delimiter);
        let latin = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &latin, &marked] {
            let row = company_rows(bytes, None).remove(0).unwrap();
            let record = row.record().unwrap();
            assert_eq!(record.name.as_deref(), Some("Höör Bygg AB"), "{delimiter:?}");
            assert_eq!(record.address.as_ref().and_then(|address| address.city.as_deref()), Some("HÖÖR"));
        }
    }
}

#[test]
fn every_field_of_a_company_is_read() {
    let text = "orgnr;name;legal_form;status;registered_on;sni;postcode;advertising_block\n\
        5590852777;Exempel AB;AB;konkurs;2016-11-15;62.010 01110 x;961 98;ja\n";
    let row = company_rows(text.as_bytes(), None).remove(0).unwrap();
    let record = row.record().unwrap();
    assert_eq!((record.legal_form.as_deref(), record.status), (Some("49"), Some(CompanyStatus::Bankrupt)));
    let codes: Vec<_> = record.sni.iter().flatten().map(|sni| sni.code.as_str()).collect();
    assert_eq!(codes, ["62010", "01110"]);
    assert_eq!(record.address.as_ref().and_then(|address| address.postcode.as_deref()), Some("96198"));
    assert_eq!(record.advertising_block, Some(true));
}

#[test]
fn the_spreadsheet_of_enhetsregisteret_is_read_as_its_entities_are() {
    let head = "\"organisasjonsnummer\",\"navn\",\"organisasjonsform.kode\",\"organisasjonsform.beskrivelse\",\
        \"naeringskode1.kode\",\"hjemmeside\",\"forretningsadresse.adresse\",\"forretningsadresse.poststed\",\
        \"forretningsadresse.postnummer\",\"forretningsadresse.landkode\",\"registreringsdatoenhetsregisteret\",\
        \"konkurs\",\"underAvvikling\",\"underTvangsavviklingEllerTvangsopplosning\"\n";
    let row = |form: &str, states: &str| {
        let text = format!(
            "{head}\"800000009\",\"PÅHITTADE FJORDEN\",\"{form}\",\"x\",\"03.211\",\"www.exempel.example\",\
             \"Eksempelgata 1\",\"BERGEN\",\"5035\",\"NO\",\"1995-02-20\",{states}\n"
        );
        company_rows(text.as_bytes(), None).remove(0)
    };
    for (states, status) in [
        ("false,false,false", Some(CompanyStatus::Active)),
        ("true,true,false", Some(CompanyStatus::Bankrupt)),
        ("2024-05-01,false,false", Some(CompanyStatus::Bankrupt)),
        ("false,true,false", Some(CompanyStatus::Winding)),
        ("false,false,true", Some(CompanyStatus::Winding)),
        (",false,", None),
    ] {
        let row = row("ASA", states).unwrap();
        let record = row.record().unwrap();
        assert_eq!((record.status, record.legal_form.as_deref()), (status, Some("ASA")), "{states}");
        assert_eq!(record.sni.as_ref().map(|codes| codes[0].code.as_str()), Some("03211"));
        let address = record.address.clone().unwrap();
        let parts = [address.street, address.postcode, address.city, address.country].map(Option::unwrap);
        assert_eq!(parts, ["Eksempelgata 1", "5035", "BERGEN", "NO"]);
        assert_eq!(record.registered_on.map(|day| day.to_string()).as_deref(), Some("1995-02-20"));
        assert!(row.warnings.is_empty(), "{:?}", row.warnings);
    }
    assert_eq!(row("ENK", "false,false,false").unwrap().content, Content::SoleTrader);
    assert!(row("BEDR", "false,false,false").unwrap_err().to_string().contains("sub-unit"));
    assert_eq!(row("QQQ", "false,false,false").unwrap().warnings, ["legal form “QQQ” is not known"]);
}

#[test]
fn a_day_of_deregistration_says_the_status_where_no_column_does() {
    let text = "orgnr;name;avregistreringsdatum\n5590852777;Exempel AB;2024-05-01\n";
    let row = company_rows(text.as_bytes(), None).remove(0).unwrap();
    assert_eq!(row.record().unwrap().status, Some(CompanyStatus::Deregistered));
}

#[test]
fn words_of_the_register_for_a_status_are_read_and_a_mailbox_is_no_homepage() {
    let cases = [
        ("Konkurs inledd", Some(CompanyStatus::Bankrupt)),
        ("Likvidation pågår", Some(CompanyStatus::Winding)),
        ("Fusion avslutad", Some(CompanyStatus::Deregistered)),
        ("Konkurs avslutad", None),
    ];
    for (words, status) in cases {
        let text = format!("orgnr;name;status;homepage\n5590852777;Exempel AB;{words};info@exempel.se\n");
        let row = company_rows(text.as_bytes(), None).remove(0).unwrap();
        let record = row.record().unwrap();
        assert_eq!((record.status, record.homepage.as_deref()), (status, None), "{words}");
        assert_eq!(row.warnings.iter().filter(|told| told.contains("mailbox")).count(), 1, "{:?}", row.warnings);
        assert_eq!(row.warnings.iter().any(|told| told.contains(words)), status.is_none(), "{:?}", row.warnings);
    }
}

#[test]
fn accounts_with_swedish_headings_decimal_comma_and_units() {
    let text = "Organisationsnummer;Bokslutsdatum;Nettoomsättning (tkr);Rörelseresultat (tkr);Summa tillgångar;Anställda\n\
        559085-2777;2024-12-31;1 234,5;-12;1 000 000;2,5\n";
    let row = account(text, None);
    let statement = &row.filing.statements[0];
    assert_eq!(statement.get(Line::Revenue), Some(1_234_500));
    assert_eq!(statement.get(Line::Ebit), Some(-12_000));
    assert_eq!(statement.get(Line::TotalAssets), Some(1_000_000));
    assert_eq!((statement.rounding, statement.period.months()), (3, 12));
    assert_eq!(statement.employees, Some("2.5".parse().unwrap()));
}

#[test]
fn a_mapping_names_headings_units_and_options() {
    let mapping = "# figures of a supplier\n@unit = mkr\n@decimal = .\n@costs = positive\n@scope = group\n@delimiter = ,\n\
        orgnr = id\nyear = FY\nrevenue = Sales\npersonnel_costs = Staff [tkr]\n";
    let row = account("id,FY,Sales,Staff,junk\n5590852777,2023,\"1,234.5\",70,x\n", Some(mapping));
    let statement = &row.filing.statements[0];
    assert_eq!(statement.get(Line::Revenue), Some(1_234_500_000));
    assert_eq!(statement.get(Line::PersonnelCosts), Some(-70_000), "a cost is negative in Lode");
    assert_eq!(statement.scope, Scope::Group);
    assert_eq!(statement.period.end().to_string(), "2023-12-31");
}

#[test]
fn the_same_row_is_the_same_filing_wherever_it_stands() {
    let one = account("orgnr;year;revenue\n5590852777;2023;100\n", None);
    let two = account("orgnr\tyear\trevenue\tname\n559085-2777\t2023\t100\tX\n", None);
    let other = account("orgnr;year;revenue\n5590852777;2023;101\n", None);
    assert_eq!(one.filing.sha256, two.filing.sha256);
    assert_ne!(one.filing.sha256, other.filing.sha256);
}

#[test]
fn an_empty_cell_is_missing_and_zero_is_zero() {
    let row = account("orgnr;year;revenue;ebit;equity\n5590852777;2023;;0;–\n", None);
    let statement = &row.filing.statements[0];
    assert_eq!(
        (statement.get(Line::Revenue), statement.get(Line::Ebit), statement.get(Line::Equity)),
        (None, Some(0), None)
    );
}

#[test]
fn each_kind_of_wrong_row_has_its_place_and_reason() {
    let header = "orgnr;period_end;months;revenue\n";
    for (row, field, words) in [
        ("5590852778;2024-12-31;12;1", "orgnr", "last digit should be 7"),
        ("55908527;2024-12-31;12;1", "orgnr", "8 digits instead of ten"),
        (";2024-12-31;12;1", "orgnr", "missing"),
        ("5590852777;2024-12-31;-12;1", "months", "1 to 18"),
        ("5590852777;2024-12-31;24;1", "months", "1 to 18"),
        ("5590852777;31/02/2024;12;1", "period_end", "not a date"),
        ("5590852777;01/02/2024;12;1", "period_end", "two ways"),
        ("5590852777;2024;12;1", "period_end", "year alone"),
        ("5590852777;;12;1", "period_end", "missing"),
        ("5590852777;2024-12-31;12;1,234", "revenue", "two ways"),
        ("5590852777;2024-12-31;12;abc", "revenue", "not a number"),
    ] {
        let rows = account_rows(&format!("{header}{row}\n5590852777;2024-12-31;12;1\n"), None);
        let error = rows[0].as_ref().unwrap_err();
        assert!(error.to_string().contains(words), "{row}: {error}");
        assert_eq!(
            (error.place().row, error.place().line, error.place().field.as_deref()),
            (Some(1), Some(2), Some(field))
        );
        assert!(rows[1].is_ok(), "the next row is read");
    }
    let short = account_rows(&format!("{header}5590852777;2024-12-31\n"), None).remove(0).unwrap_err();
    assert!(short.to_string().contains("2 fields, the header 4"));
}

#[test]
fn sole_traders_are_counted_and_not_kept() {
    let rows = company_rows(b"orgnr;name\n811228-9874;Per Person\n19811228-9874;Per Person\n", None);
    assert!(rows.iter().all(|row| row.as_ref().is_ok_and(|row| row.content == Content::SoleTrader)));
}

#[test]
fn a_file_that_is_no_table_is_named() {
    for (bytes, words) in [
        (&b"PK\x03\x04rest"[..], "Excel"),
        (b"%PDF-1.4", "PDF"),
        (b"\xFF\xFEo\0", "UTF-16"),
        (b"\xEF\xBB\xBF <!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "web page"),
        (
            b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>orgnr</td></tr></table>",
            "web page",
        ),
        (b"<?xml version=\"1.0\"?><Workbook/>", "web page or XML"),
        (b"", "empty"),
        (b"a;b\0c\n", "not text"),
        (b"name;city\nx;y\n", "organisation number"),
        (b"orgnr namn ort\n", "delimiter"),
    ] {
        let error = companies(bytes, None).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.extent(), Extent::Input);
    }
    let error = accounts(&b"orgnr;year\n"[..], None).unwrap_err();
    assert!(error.to_string().contains("no column holds an amount"));
    let error = accounts(&b"orgnr;revenue\n"[..], None).unwrap_err();
    assert!(error.to_string().contains("period"));
}

#[test]
fn a_wrong_mapping_is_named_with_its_line() {
    for (mapping, line, words) in [
        ("orgnr", 1, "no “=”"),
        ("\nrevenu = x", 2, "not a field"),
        ("@unit = kilo", 1, "kr, tkr and mkr"),
        ("orgnr = id\norgnr = id2", 2, "twice"),
        ("orgnr = Nummer", 1, "no column “Nummer”"),
    ] {
        let error = companies(&b"id;name\n"[..], Some(mapping)).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.place().line, Some(line), "{mapping}");
    }
}

const CODES: &str = "ORGNR;BOKSLUT;SI;SDI;ADI;EK;FK;ORS;DR;SV;KBP;SOM;SED;SEK;SKG;SGE\n";

#[test]
fn third_party_codes_mean_what_they_mean() {
    let row =
        account(&format!("{CODES}5590852777;2023-12;1000;1040;40;-55;-12;99;78;100;250;600;1500;700;500;1500\n"), None);
    let statement = &row.filing.statements[0];
    for (line, thousands) in [
        (Line::Revenue, 1000),
        (Line::OperatingIncome, 1040),
        (Line::ResultBeforeTax, 99),
        (Line::NetIncome, 78),
        (Line::Depreciation, -55),
        (Line::FinancialCosts, -12),
        (Line::Equity, 700),
        (Line::TotalAssets, 1500),
        (Line::EquityAndLiabilities, 1500),
        (Line::CurrentLiabilities, 500),
        (Line::Cash, 250),
    ] {
        assert_eq!(statement.get(line), Some(thousands * 1000), "{}", line.key());
    }
    assert_eq!(statement.period.end().to_string(), "2023-12-31");
}

#[test]
fn third_party_rows_that_break_or_cannot_show_an_identity_are_refused() {
    for (row, words) in [
        ("1000;1040;40;-55;-12;99;78;100;250;600;1500;700;500;1400", "does not hold"),
        ("1000;1040;40;-55;-12;99;78;100;250;1600;1500;700;500;1500", ""),
        ("1000;1040;40;-55;-12;99;78;400;250;600;1500;700;500;1500", "SV"),
        ("1000;1040;40;-55;-12;99;78;100;250;600;1500;1200;500;1500", ""),
        ("1000;1040;90;-55;-12;99;78;100;250;600;1500;700;500;1500", "SDI"),
        ("1000;1040;40;55;-12;99;78;100;250;600;1500;700;500;1500", "depreciation"),
        ("1000;1040;40;-55;-12;99;78;100;250;600;1500;700;500;", "SED and SGE"),
    ] {
        let error = account_rows(&format!("{CODES}5590852777;2023-12-31;{row}\n"), None).remove(0).unwrap_err();
        assert!(error.to_string().contains(words), "{row}: {error}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_the_end(bytes in proptest::collection::vec(any::<u8>(), 0..300), mapping in "\\PC{0,40}") {
        if let Ok(rows) = companies(&bytes[..], None) {
            prop_assert!(rows.count() <= bytes.len() + 1);
        }
        if let Ok(rows) = accounts(&bytes[..], Some(&mapping)) {
            prop_assert!(rows.count() <= bytes.len() + 1);
        }
    }

    #[test]
    fn any_cells_give_rows_or_errors(cells in proptest::collection::vec("[^\"\r\n;]{0,12}", 6)) {
        let text = format!("orgnr;period_end;months;revenue;employees;scope\n{}\n", cells.join(";"));
        if let Ok(rows) = accounts(text.as_bytes(), None) {
            prop_assert!(rows.count() <= 1);
        }
    }
}

#[test]
fn rows_of_separators_and_endless_headings_are_refused_or_cut_before_they_grow() {
    let wide = ";".repeat(1 << 20);
    let error = companies(wide.as_bytes(), None).expect_err("no table has a million columns");
    assert!(error.to_string().contains("1048577 columns"), "{error}");
    let headings: String = (0..100_000).map(|number| format!("column {number};")).collect();
    assert!(companies(format!("{headings}\n1;2\n").as_bytes(), None).is_err());
    let words = format!("orgnr;name;{}\n5590852777;Exempel AB;x\n", "omsättning per år och ".repeat(20_000));
    let row = company_rows(words.as_bytes(), None).remove(0).unwrap();
    assert_eq!(row.record().unwrap().name.as_deref(), Some("Exempel AB"), "a heading that says too much is left out");
    let below = format!("orgnr;name\n{wide}\n5590852777;Exempel AB\n");
    let rows = company_rows(below.as_bytes(), None);
    assert!(rows[0].is_err() && rows[1].is_ok(), "one row is lost, not the table: {rows:?}");
}

#[test]
fn of_long_rows_fewer_are_read_ahead() {
    let text = format!("orgnr;name\n{}", format!("5590852777;{}\n", "A".repeat(500_000)).repeat(100));
    let (table, problems) = Table::look_at(Kind::Companies, Input::Text(text.as_bytes()), None).unwrap();
    assert!(problems.is_empty() && table.ahead.len() < 20, "{} rows of half a megabyte wait", table.ahead.len());
    assert_eq!(company_rows(text.as_bytes(), None).len(), 100, "all are read");
}
