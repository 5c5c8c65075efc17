//! Tables as people and programs make them: what each kind must be read as.

use domain::line::Line;
use domain::statement::Statement;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;
use crate::register_file::RegisterFile;
use crate::row::Content;

fn read(text: &str, mapping: Option<&str>) -> (Vec<AccountsRow>, Vec<String>, Vec<SourceError>) {
    collect(accounts(text.as_bytes(), mapping).unwrap())
}

fn collect<R: Read>(rows: Accounts<R>) -> (Vec<AccountsRow>, Vec<String>, Vec<SourceError>) {
    let (mut found, mut told, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row {
            Ok(row) => {
                told.extend(row.warnings);
                if let Content::Record(record) = row.content {
                    found.push(record);
                }
            }
            Err(error) => errors.push(error),
        }
    }
    (found, told, errors)
}

fn one(text: &str, mapping: Option<&str>) -> Statement {
    let (mut rows, _, errors) = read(text, mapping);
    assert!(errors.is_empty(), "{text}: {errors:?}");
    rows.remove(0).filing.statements.remove(0)
}

fn from_workbook(workbook: &mut Workbook, mapping: Option<&str>) -> (Vec<AccountsRow>, Vec<String>, Vec<SourceError>) {
    let bytes = workbook.save_to_buffer().unwrap();
    let mut file = RegisterFile::open(std::io::Cursor::new(bytes)).unwrap();
    collect(accounts_of(file.table().unwrap(), mapping).unwrap())
}

#[test]
fn units_in_headings_are_read_in_every_usual_spelling() {
    for heading in [
        "Nettoomsättning, tkr",
        "Nettoomsättning tkr",
        "Nettoomsättning (i tkr)",
        "Nettoomsättning i tusental kronor",
        "Omsättning KSEK",
        "Net sales (SEK thousands)",
        "Revenue in thousands of SEK",
        "TSEK Omsättning",
        "revenue_tkr",
    ] {
        let statement = one(&format!("orgnr;year;{heading}\n5590852777;2023;5335\n"), None);
        assert_eq!((statement.get(Line::Revenue), statement.rounding), (Some(5_335_000), 3), "{heading}");
    }
    let euro = one("orgnr;year;Revenue (EURm);Total assets (EUR thousand)\n5590852777;2023;5.3;2000\n", None);
    assert_eq!(
        (euro.currency.code(), euro.get(Line::Revenue), euro.get(Line::TotalAssets)),
        ("EUR", Some(5_300_000), Some(2_000_000))
    );
}

#[test]
fn a_unit_around_the_table_counts_where_headings_name_none() {
    for text in [
        "Belopp i tkr;;\norgnr;year;revenue\n5590852777;2023;5335\n",
        "orgnr;year;revenue\n;;tkr\n5590852777;2023;5335\n",
        "orgnr;year;revenue\n5590852777;2023;5335\n;;\nAlla belopp i tkr.;;\n",
        "Utdrag ur register\nSiffror i KSEK\n\norgnr;year;revenue\n5590852777;2023;5335\n",
    ] {
        assert_eq!(one(text, None).get(Line::Revenue), Some(5_335_000), "{text}");
    }
    let kept = one("Belopp i tkr;;\norgnr;year;revenue (kr)\n5590852777;2023;5335\n", None);
    assert_eq!(kept.get(Line::Revenue), Some(5_335));
    let both =
        accounts(&b"Belopp i tkr;;\nBelopp i mkr;;\norgnr;year;revenue\n5590852777;2023;5335\n"[..], None).unwrap_err();
    assert!(both.to_string().contains("two units"), "{both}");
    // A mapping names the heading with its unit.
    let mapped = one("id;FY;Oms (tkr)\n5590852777;2023;5335\n", Some("orgnr = id\nyear = FY\nrevenue = Oms (tkr)"));
    assert_eq!(mapped.get(Line::Revenue), Some(5_335_000));
}

#[test]
fn a_row_of_units_below_the_headings_may_say_other_things_of_other_columns() {
    for units in [";tkr;st", ";(tkr);", "text;TSEK;antal", "nr;i tkr;personer"] {
        let text = format!("orgnr;Omsättning;Anställda;year\n{units};\n5590852777;1 250;12;2023\n");
        assert_eq!(one(&text, None).get(Line::Revenue), Some(1_250_000), "{units}");
    }
    // A row without its number is no row of units.
    let (rows, _, errors) = read("orgnr;Omsättning;year\n;7;2023\n5590852777;8;2023\n", None);
    assert_eq!((rows.len(), errors.len()), (1, 1));
}

#[test]
fn a_month_beside_the_year_ends_the_period() {
    let statement = one("orgnr;År;Bokslutsmånad;Omsättning\n5590852777;2023;6;8\n", None);
    assert_eq!(statement.period, one("orgnr;Bokslut;Omsättning\n5590852777;2023-06-30;8\n", None).period);
    let statement = one("orgnr;Bokslutsmånad;Omsättning 2023\n5590852777;april;8\n", None);
    assert_eq!(statement.period.end().to_string(), "2023-04-30");
    let (rows, _, errors) = read("orgnr;År;Bokslutsmånad;Omsättning\n5590852777;2023;sommar;8\n", None);
    assert!(rows.is_empty() && errors[0].to_string().contains("no month"), "{errors:?}");
}

#[test]
fn columns_that_say_something_known_and_are_not_read_are_named() {
    let text = "orgnr;year;Nettoomsättning;Omsättning;Omsättning 2022;EBITDA;Soliditet;Favoritfärg;Anställda (tkr);Intäkter, tkr\n\
        5590852777;2023;1;2;3;4;5;blå;6;7\n";
    let (rows, told, _) = read(text, None);
    assert_eq!(rows[0].filing.statements[0].get(Line::Revenue), Some(1));
    for words in [
        "“Omsättning” is not used: revenue is read from “Nettoomsättning”",
        "Omsättning 2022",
        "EBITDA",
        "Soliditet",
        "Anställda (tkr)",
        "“Intäkter, tkr” is not used: it may be revenue or",
    ] {
        assert!(told.iter().any(|text| text.contains(words)), "{words}: {told:?}");
    }
    assert!(!told.iter().any(|text| text.contains("Favoritfärg")));
}

#[test]
fn a_column_whose_cells_say_group_or_company_is_the_scope() {
    use domain::scope::Scope;
    let text = "orgnr;year;Typ;Omsättning\n5590852777;2023;Koncern;12\n5590852777;2023;Moderbolag;2\n";
    let (rows, told, errors) = read(text, None);
    let scopes: Vec<_> = rows.iter().map(|row| row.filing.statements[0].scope).collect();
    assert_eq!((scopes, errors.len()), (vec![Scope::Group, Scope::Company], 0));
    assert!(told.iter().any(|told| told.contains("“Typ”") && told.contains("scope")), "{told:?}");
    // Words of legal forms alone, or a cell that says something else, are no scope.
    for cells in [["Moderbolag", "Bolag"], ["Koncern", "Handel"]] {
        let text =
            format!("orgnr;year;Typ;Omsättning\n5590852777;2023;{};12\n5590852777;2022;{};2\n", cells[0], cells[1]);
        let (rows, ..) = read(&text, None);
        assert!(rows.iter().all(|row| row.filing.statements[0].scope == Scope::Company), "{cells:?}");
    }
}

#[test]
fn the_sign_of_costs_is_inferred_from_the_sums_and_told_or_asked_for() {
    let header = "orgnr;year;operating_income;other_external_costs;personnel_costs;depreciation;ebit\n";
    let (rows, told, _) = read(&format!("{header}5590852777;2023;5335;2000;2235;300;800\n"), None);
    let statement = &rows[0].filing.statements[0];
    assert_eq!((statement.get(Line::Depreciation), statement.get(Line::Ebit)), (Some(-300), Some(800)));
    assert!(told.iter().any(|text| text.contains("are read as costs")), "{told:?}");
    let (rows, told, _) = read(&format!("{header}5590852777;2023;5335;-2000;-2235;-300;800\n"), None);
    assert_eq!(rows[0].filing.statements[0].get(Line::Depreciation), Some(-300));
    assert!(told.is_empty(), "{told:?}");
    let refused = accounts(&b"orgnr;year;revenue;personnel_costs\n5590852777;2023;100;40\n"[..], None).unwrap_err();
    assert!(refused.to_string().contains("@costs = positive"), "{refused}");
    // One row against one decides nothing; among many the one is refused.
    let (turned, kept) = ("5335;2000;2235;300;800", "5335;-2000;-2235;-300;800");
    let table = |count: usize| {
        let rows: String = (0..count).map(|at| format!("5590852777;{};{turned}\n", 2000 + at)).collect();
        format!("{header}{rows}5590852777;2023;{kept}\n")
    };
    assert!(accounts(table(1).as_bytes(), None).is_err() || read(&table(1), None).2.len() == 1);
    let (rows, _, errors) = read(&table(12), None);
    assert_eq!((rows.len(), errors.len()), (12, 1), "{errors:?}");
}

#[test]
fn typed_cells_of_a_workbook_are_never_read_again_as_text() {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let mut workbook = Workbook::new();
    let info = workbook.add_worksheet().set_name("Om").unwrap();
    info.write(0, 0, "Beskrivning av uttaget").unwrap();
    let sheet = workbook.add_worksheet().set_name("Bokslut").unwrap();
    sheet.write(0, 0, "Export från register").unwrap();
    sheet.write(2, 0, "Uttagsdatum").unwrap().write(2, 1, "2024-05-01").unwrap();
    sheet
        .write_row(
            4,
            0,
            ["Org.nr", "Företag", "Bokslut", "Nettoomsättning (tkr)", "Årets resultat (tkr)", "Summa tillgångar (tkr)"],
        )
        .unwrap();
    sheet.write(5, 0, 5_590_852_777_i64).unwrap().write(5, 1, "Exempel AB").unwrap();
    sheet.write_with_format(5, 2, ExcelDateTime::from_ymd(2023, 12, 31).unwrap(), &day).unwrap();
    sheet.write(5, 3, 5335.5).unwrap().write(5, 4, 635.125).unwrap().write(5, 5, "2 000").unwrap();
    sheet.write(6, 0, "Summa").unwrap().write(6, 3, 5335.5).unwrap();
    sheet.write(8, 0, "Källa: registret.").unwrap();
    for mapping in [None, Some("@decimal = ,"), Some("@decimal = .")] {
        let (rows, told, errors) = from_workbook(&mut workbook, mapping);
        assert!(errors.is_empty(), "{errors:?}");
        let statement = &rows[0].filing.statements[0];
        assert_eq!(statement.get(Line::Revenue), Some(5_335_500), "{mapping:?}");
        assert_eq!(statement.get(Line::NetIncome), Some(635_125), "{mapping:?}");
        assert_eq!(statement.get(Line::TotalAssets), Some(2_000_000), "{mapping:?}");
        assert_eq!(statement.period.end().to_string(), "2023-12-31");
        for words in ["“Om”", "Export från register", "is a total", "is a note"] {
            assert!(told.iter().any(|text| text.contains(words)), "{words}: {told:?}");
        }
    }
}

#[test]
fn titles_above_and_totals_below_are_gone_past_and_told() {
    let text = "sep=;\r\nExport från Företagsregister;;;\r\nUttagsdatum: 2024-05-01;;;\r\n;;;\r\n\
        Org.nr;Företag;Bokslut;Nettoomsättning\r\n559085-2777;Exempel AB;2023-12-31;5335000\r\n\
        Org.nr;Företag;Bokslut;Nettoomsättning\r\n559085-2777;Exempel AB;2022-12-31;5000000\r\n\
        Summa;;;10335000\r\n;Totalt;;10335000\r\n* Källa: register.;;;\r\n";
    let (rows, told, errors) = read(text, None);
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(rows.len(), 2);
    for words in ["Export från", "repeats the headings", "“Summa 10335000”", "Totalt", "is a note"] {
        assert!(told.iter().any(|text| text.contains(words)), "{words}: {told:?}");
    }
    // A company without its number is no total.
    let (_, _, errors) = read("orgnr;name;year;revenue\n;Total Bygg AB;2023;5\n", None);
    assert_eq!(errors.len(), 1);
}

#[test]
fn rows_of_every_delimiter_are_found_below_titles_of_another() {
    for delimiter in [";", ",", "\t", "|"] {
        let text = "Uttag, med kommatecken; och semikolon\norgnr;name;year;revenue\n5590852777;Exempel AB;2023;5335\n";
        let (title, table) = text.split_once('\n').unwrap();
        let text = format!("{title}\n{}", table.replace(';', delimiter));
        assert_eq!(one(&text, None).get(Line::Revenue), Some(5335), "{delimiter:?}");
    }
}

#[test]
fn organisation_numbers_and_dates_come_in_every_usual_form() {
    for number in
        ["559085\u{2013}2777", "SE559085277701", "16559085-2777", "=\"5590852777\"", "5590852777.0", "559085 2777"]
    {
        for day in ["2023-12-31 00:00:00", "31.12.2023", "2023/12/31", "20231231", "2023-12", "2023-12-30T23:00:00Z"] {
            let text = format!("orgnr;bokslut;revenue\n\"{}\";{day};1\n", number.replace('"', "\"\""));
            let statement = one(&text, None);
            assert_eq!(statement.period.end().to_string(), "2023-12-31", "{number} {day}");
            assert_eq!(statement.period.start().to_string(), "2023-01-01");
        }
    }
    let range = one("orgnr;Räkenskapsår;revenue\n5590852777;2022-07-01 - 2023-06-30;1\n", None);
    assert_eq!(range.period.start().to_string(), "2022-07-01");
    let (_, _, errors) = read("orgnr;year;revenue\n12289874;2023;1\n", None);
    assert!(errors[0].to_string().contains("dropped zeros") && errors[0].sample_text().is_none(), "{errors:?}");
}

#[test]
fn one_mark_is_decided_by_the_other_amounts_of_the_table() {
    let (rows, _, _) = read("orgnr;year;revenue (tkr)\n5590852777;2023;1,234\n5590852777;2022;1 000,5\n", None);
    assert_eq!(rows[0].filing.statements[0].get(Line::Revenue), Some(1_234));
    let (rows, _, _) =
        read("orgnr;year;revenue (tkr)\n5590852777;2023;\"1,234\"\n5590852777;2022;\"1,234,567\"\n", None);
    assert_eq!(rows[0].filing.statements[0].get(Line::Revenue), Some(1_234_000));
}

#[test]
fn names_are_one_line_and_guards_of_formulas_are_gone() {
    let text = "orgnr;name;homepage\n559085-2777;\"Rad\nbryt\u{AD}ning  AB\";www.exempel.example\n556012-5790;'+46 Plus AB;mejla oss\n";
    let rows: Vec<_> = companies(text.as_bytes(), None).unwrap().map(Result::unwrap).collect();
    let (first, second) = (rows[0].record().unwrap(), rows[1].record().unwrap());
    assert_eq!(
        (first.name.as_deref(), first.homepage.as_deref()),
        (Some("Rad brytning AB"), Some("https://www.exempel.example"))
    );
    assert_eq!((second.name.as_deref(), second.homepage.as_deref()), (Some("+46 Plus AB"), Some("mejla oss")));
}

proptest! {
    #[test]
    fn a_table_in_any_layout_is_read_back(
        figures in proptest::collection::vec((1_000i64..9_999_999_999, -999_999_999i64..999_999_999, 1i64..9_999_999_999), 1..12),
        delimiter in prop_oneof![Just(';'), Just('\t'), Just('|')],
        titles in 0..4usize,
        unit in 0..3usize,
        dates in 0..5usize,
        has_total in any::<bool>(),
    ) {
        let (suffix, exponent) = [("", 0), (" (tkr)", 3), (", mkr", 6)][unit];
        let written = |amount: i64| {
            let digits = amount.unsigned_abs().to_string();
            let grouped: String = digits.bytes().rev().enumerate().map(|(at, digit)| {
                if at > 0 && at % 3 == 0 { format!("\u{A0}{}", char::from(digit)) } else { char::from(digit).to_string() }
            }).collect::<Vec<_>>().into_iter().rev().map(|part| part.chars().rev().collect::<String>()).collect();
            if amount < 0 { format!("\u{2212}{grouped}") } else { grouped }
        };
        let mut lines: Vec<String> = (0..titles).map(|at| format!("Rubrik nummer {at} över tabellen")).collect();
        lines.push(["Org.nr", "Bokslut", &format!("Nettoomsättning{suffix}"), &format!("Rörelseresultat{suffix}"), &format!("Summa tillgångar{suffix}")].join(&delimiter.to_string()));
        for (index, (revenue, ebit, assets)) in figures.iter().enumerate() {
            let day = chrono::NaiveDate::from_ymd_opt(2000 + index as i32, 12, 31).unwrap();
            let day = day.format(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%Y-%m-%d 00:00:00", "%Y-%m"][dates]).to_string();
            lines.push(["559085\u{2011}2777", &day, &written(*revenue), &written(*ebit), &written(*assets)].join(&delimiter.to_string()));
        }
        if has_total {
            lines.push(["Summa", "", "1", "2", "3"].join(&delimiter.to_string()));
        }
        let (rows, _, errors) = read(&lines.join("\r\n"), None);
        prop_assert!(errors.is_empty(), "{:?}", errors);
        prop_assert_eq!(rows.len(), figures.len());
        let factor = 10i64.pow(exponent);
        for (row, (revenue, ebit, assets)) in rows.iter().zip(&figures) {
            let statement = &row.filing.statements[0];
            prop_assert_eq!(statement.get(Line::Revenue), Some(revenue * factor));
            prop_assert_eq!(statement.get(Line::Ebit), Some(ebit * factor));
            prop_assert_eq!(statement.get(Line::TotalAssets), Some(assets * factor));
        }
    }
}

#[test]
fn abbreviated_headings_are_read_as_the_words_they_stand_for() {
    let text = "Orgnr;År;Oms. (tkr);Rörelseres. (tkr);Res. e. fin. (tkr);Årets res. (tkr);Bal.omsl. (tkr);Egetkap. (tkr);\
        Kortfr. skulder (tkr);Likv. medel (tkr);Pers.kostn. (tkr);Anst.\n5590852777;2023;1000;300;290;230;900;400;350;120;-410;7\n";
    let row = one(text, None);
    for (line, value) in [
        (Line::Revenue, 1_000_000),
        (Line::Ebit, 300_000),
        (Line::ResultAfterFinancialItems, 290_000),
        (Line::NetIncome, 230_000),
        (Line::TotalAssets, 900_000),
        (Line::Equity, 400_000),
        (Line::CurrentLiabilities, 350_000),
        (Line::Cash, 120_000),
    ] {
        assert_eq!(row.get(line), Some(value), "{}", line.key());
    }
    assert!(row.get(Line::PersonnelCosts).is_some(), "the column is read");
}
