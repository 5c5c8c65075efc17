//! Workbooks as people have them, and hostile ones.

use std::io::Write;

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::write::SimpleFileOptions;

use super::*;

fn rows(most: u32) -> Budget {
    Budget::of_request(most)
}

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().unwrap()
}

fn pipeline() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Tom").unwrap();
    workbook.add_worksheet().set_name("Dold").unwrap().set_hidden(true).write(0, 0, "hemligt").unwrap();
    let sheet = workbook.add_worksheet().set_name("Bolag").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(1, 1, "Org.nr").unwrap().write(1, 2, "Namn").unwrap().write(1, 3, "Förfaller").unwrap();
    sheet.write(2, 1, 5_560_125_790_i64).unwrap().write(2, 2, "Volvo; \"AB\"\nGöteborg").unwrap();
    sheet.write_with_format(2, 3, ExcelDateTime::from_ymd(2026, 3, 31).unwrap(), &day).unwrap();
    sheet.write(4, 1, "556016-0680").unwrap().write(4, 3, 12.5).unwrap();
    sheet.write_formula(4, 2, rust_xlsxwriter::Formula::new("=\"Eric\"&\"sson\"").set_result("Ericsson")).unwrap();
    saved(workbook)
}

#[test]
fn the_first_visible_sheet_with_anything_becomes_text_with_a_line_per_row() {
    let table = read_table(&pipeline(), &rows(100)).unwrap();
    assert_eq!(table.sheet, "Bolag");
    let expected =
        "\nOrg.nr;Namn;Förfaller\n5560125790;\"Volvo; \"\"AB\"\" Göteborg\";2026-03-31\n\n556016-0680;Ericsson;12.5\n";
    assert_eq!(table.text, expected);
}

#[test]
fn what_is_no_table_says_what_it_is_and_what_to_do() {
    let far = |row, column| {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(row, column, 1).unwrap();
        saved(workbook)
    };
    for (bytes, words) in [
        (far(1_048_575, 0), "more than 100 rows"),
        (far(0, 16_383), "more than 512 columns"),
        (saved(Workbook::new()), "no visible sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "old .xls"),
        (b"PK\x03\x04 but no more".to_vec(), "cannot be read"),
        (b"orgnr;name".to_vec(), "cannot be read"),
    ] {
        let error = read_table(&bytes, &rows(100)).unwrap_err();
        assert!(error.reason().contains(words), "{}: {words}", error.reason());
        assert!(error.remedy_text().is_some());
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
    for _ in 0..100 {
        archive.write_all(&[b' '; 1 << 20]).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 200_000);
    let error = read_table(&bytes, &rows(100)).unwrap_err();
    assert!(error.reason().contains("more than 96 MB"), "{}", error.reason());
    assert_eq!(error.place().entry.as_deref(), Some("xl/sharedStrings.xml"));
}

/// A workbook whose sheet is given as XML, with one shared string.
fn of_parts(shared: &str, cells: &str) -> Vec<u8> {
    const OPEN: &str = "http://schemas.openxmlformats.org";
    let parts = [
        ("[Content_Types].xml", format!("<Types xmlns=\"{OPEN}/package/2006/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{OPEN}/package/2006/relationships\"><Relationship Id=\"r\" \
                 Type=\"{OPEN}/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{OPEN}/spreadsheetml/2006/main\" xmlns:r=\"{OPEN}/officeDocument/2006/relationships\">\
                 <sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{OPEN}/package/2006/relationships\">\
                 <Relationship Id=\"r1\" Type=\"{OPEN}/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"{OPEN}/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>\
                 </Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{OPEN}/spreadsheetml/2006/main\">{shared}</sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{OPEN}/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn cell_rows(count: usize, columns: &[&str]) -> String {
    let cells = |row: usize| -> String {
        columns.iter().map(|column| format!("<c r=\"{column}{row}\" t=\"s\"><v>0</v></c>")).collect()
    };
    (1..=count).map(|row| format!("<row r=\"{row}\">{}</row>", cells(row))).collect()
}

#[test]
fn what_small_workbooks_grow_to_ends_at_the_budget() {
    let long = format!("<si><t>{}</t></si>", "A".repeat(900_000));
    let short = "<si><t>A</t></si>";
    for (workbook, words) in [
        // One text named by every cell.
        (of_parts(&long, &cell_rows(12_000, &["A", "B", "C", "D"])), "of text"),
        // One cell far right and one far left in every row: what is between them becomes separators.
        (of_parts(short, &cell_rows(19_000, &["A", "SR"])), "of text"),
        // More cells than a table has.
        (of_parts(short, &cell_rows(15_000, &["A"; 30])), "cells"),
        // The texts beside the sheets, where they pass for a sheet.
        (of_parts("", &"<si/>".repeat(1_100_000)), "parts"),
        // A million empty texts beside the sheets.
        (of_parts(&"<si/>".repeat(1_100_000), &cell_rows(1, &["A"])), "parts"),
    ] {
        assert!(workbook.len() < 1 << 20, "{} bytes", workbook.len());
        let begun = std::time::Instant::now();
        let error = read_table(&workbook, &rows(20_000)).unwrap_err();
        assert!(error.reason().contains(words), "{}: {words}", error.reason());
        assert!(error.remedy_text().is_some());
        assert!(begun.elapsed().as_secs() < 20, "{words} took {:?}", begun.elapsed());
    }
}

#[test]
fn reading_stops_when_nobody_waits() {
    let workbook = of_parts("<si><t> </t></si>", &cell_rows(10_000, &["A", "B"]));
    let budget = rows(20_000);
    budget.cancelled.cancel();
    let error = read_table(&workbook, &budget).unwrap_err();
    assert!(error.reason().contains("given up"), "{}", error.reason());
}

#[test]
fn a_cell_that_comes_twice_or_late_stands_where_it_belongs() {
    let cells = "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>2</v></c><c r=\"B2\"><v>3</v></c></row>\
                 <row r=\"1\"><c r=\"C1\"><v>4</v></c></row>";
    assert_eq!(read_table(&of_parts("", cells), &rows(100)).unwrap().text, ";;4\n2;3;\n");
}

/// A damaged workbook within intact zip entries: what the checksums of the archive do not catch.
fn with_damage(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(pipeline())).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut place = at;
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        to.start_file(String::from_utf8_lossy(entry.name_raw()), SimpleFileOptions::default()).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if let Some(from) = content.get_mut(place..).filter(|_| place != usize::MAX) {
            let length = from.len().min(bytes.len());
            from[..length].copy_from_slice(&bytes[..length]);
            place = usize::MAX;
        } else {
            place = place.saturating_sub(content.len());
        }
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), tail in 0..4_000_usize) {
        let _ = read_table(&bytes, &rows(100));
        let mut cut = pipeline();
        cut.truncate(tail);
        let _ = read_table(&cut, &rows(100));
    }

    #[test]
    fn no_damage_makes_it_panic(at in 0..9_000_usize, bytes in proptest::collection::vec(any::<u8>(), 1..8)) {
        let _ = read_table(&with_damage(at, &bytes), &rows(100));
    }
}
