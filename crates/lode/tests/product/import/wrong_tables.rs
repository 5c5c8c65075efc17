//! Rows and tables that cannot be used.

use std::fs::File;

use ingest::ImportKind;

use super::fixtures::{import, orgnr, rejection, request, write};

const HEADER: &str = "organisationsidentitet;namnskyddslopnummer;registreringsland;organisationsnamn;organisationsform;avregistreringsdatum;avregistreringsorsak;pagandeAvvecklingsEllerOmstruktureringsforfarande;registreringsdatum;verksamhetsbeskrivning;postadress\n";

fn register_row(orgnr: u64, list: &str, name: &str) -> String {
    format!(
        "\"{orgnr:010}${list}-IDORG\";\"\";\"SE-LAND\";\"{name}$FORETAGSNAMN-ORGNAM$1993-03-15\";\"AB-ORGFO\";\"\";\"\";\"\";\"1993-03-15\";\"Handel; med\nvaror\";\"Gatan 1$$UMEÅ$90325$SE-LAND\"\n"
    )
}

#[tokio::test]
async fn register_rows_that_cannot_be_used_are_named_and_the_rest_is_taken() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let mut text = HEADER.as_bytes().to_vec();
    text.extend(register_row(orgnr(1), "ORGNR", "Ett AB").bytes());
    text.extend(register_row(1_965_010_112, "PERSON", "Enskild Firma").bytes());
    text.extend(register_row(orgnr(2) ^ 1, "ORGNR", "Fel Kontrollsiffra AB").bytes());
    text.extend(register_row(orgnr(1), "ORGNR", "Ett till AB").bytes());
    let mut latin = register_row(orgnr(3), "ORGNR", "Namn");
    latin.truncate(latin.len() - 1);
    let latin: Vec<u8> = latin.chars().map(|c| c as u32 as u8).chain([b'\n']).collect();
    text.extend(latin);
    text.extend(register_row(orgnr(4), "ORGNR", "Fyra AB").bytes());
    let path = write(folder.path(), "bolagsverket_bulkfil.txt", text);
    let done = import(&db, &request(ImportKind::Register, &path), folder.path()).await;
    let report = &done.report;
    assert_eq!(
        (report.read, report.new, report.unchanged, report.rejected, report.excluded_sole_traders),
        (6, 3, 1, 1, 1)
    );
    let wrong = rejection(&done, "bolagsverket_bulkfil.txt");
    assert!(
        wrong.reason.contains("UTF-8")
            && wrong.place.as_deref().is_some_and(|p| p.contains("row 5") && p.contains("line")),
        "{wrong:?}"
    );
    let warnings: String = report.first_warnings.iter().map(|w| w.text.as_str()).collect();
    assert!(warnings.contains("check digit") && warnings.contains("already given in row 1"), "{warnings}");
    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM companies ORDER BY orgnr").fetch_all(db.pool()).await.unwrap();
    assert_eq!(names, ["Ett AB", "Fel Kontrollsiffra AB", "Fyra AB"]);
    let again = import(&db, &request(ImportKind::Register, &path), folder.path()).await;
    assert_eq!((again.report.new, again.report.changed, again.report.unchanged), (0, 0, 4));
}

#[tokio::test]
async fn tables_of_the_wrong_kind_say_so_and_other_files_go_on() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let input = folder.path().join("in");
    write(&input, "a.txt", HEADER.replace(';', "\t") + "x");
    write(&input, "b.txt", b"a\0b\0");
    write(&input, "c.txt", "%PDF-1.4");
    write(&input, "d.txt", HEADER.to_owned() + &register_row(orgnr(9), "ORGNR", "Nio AB"));
    // One line of 2 GB; the file is sparse, so it takes no room.
    File::create(input.join("e.txt")).unwrap().set_len(2 << 30).unwrap();
    let done = import(&db, &request(ImportKind::Register, &input), folder.path()).await;
    assert_eq!((done.report.new, done.report.rejected, done.report.files_done), (1, 4, 5), "{:?}", done.rejections);
    for (file, words) in [("a.txt", "separated"), ("b.txt", ""), ("c.txt", "PDF"), ("e.txt", "")] {
        let found = rejection(&done, file);
        assert!(found.reason.contains(words) && found.remedy.is_some(), "{file}: {found:?}");
    }
}

#[tokio::test]
async fn rows_of_accounts_and_companies_that_contradict_are_refused() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let rows = format!(
        "orgnr;name;period_start;period_end;revenue;total_assets;equity;net_income\n\
         {a};Ett AB;2021-01-01;2021-12-31;100;100;50;10\n\
         {a};Ett AB;2021-01-01;2021-12-31;200;100;50;10\n\
         {a};Ett AB;2022-12-31;2022-01-01;100;100;50;10\n\
         {b};Fel AB;2021-01-01;2021-12-31;100;100;50;10\n\
         {c};Tre AB;2021-01-01;2021-12-31;hundra;100;50;10\n\
         {c};Tre AB;2020-01-01;2020-12-31;300;100;50;10\n",
        a = orgnr(1),
        b = orgnr(2) ^ 1,
        c = orgnr(3),
    );
    let path = write(folder.path(), "bokslut.csv", rows);
    let done = import(&db, &request(ImportKind::Accounts, &path), folder.path()).await;
    let reasons: Vec<String> =
        done.rejections.iter().map(|r| format!("{} {}", r.place.as_deref().unwrap_or(""), r.reason)).collect();
    let said = |row: &str, words: &str| {
        assert!(reasons.iter().any(|r| r.contains(row) && r.contains(words)), "{row} {words}: {reasons:#?}")
    };
    said("row 2", "already given in row 1");
    said("row 3", "before it starts");
    said("row 4", "check digit");
    said("row 5", "revenue");
    let revenues: Vec<(i64, Option<i64>)> =
        sqlx::query_as("SELECT orgnr, revenue FROM financial_periods ORDER BY orgnr")
            .fetch_all(db.pool())
            .await
            .unwrap();
    assert!(
        revenues.contains(&(orgnr(1) as i64, Some(100))) && revenues.contains(&(orgnr(3) as i64, Some(300))),
        "{revenues:?}"
    );
    assert!(!revenues.contains(&(orgnr(1) as i64, Some(200))));

    let months = write(
        folder.path(),
        "manader.csv",
        format!("orgnr;period_end;months;revenue\n{a};2021-12-31;-3;100\n{a};2020-12-31;12;90\n", a = orgnr(20)),
    );
    let done = import(&db, &request(ImportKind::Accounts, &months), folder.path()).await;
    assert_eq!((done.report.new, done.report.rejected), (1, 1));
    let wrong = rejection(&done, "manader.csv");
    let text = format!("{:?} {}", wrong.place, wrong.reason);
    assert!(text.contains("row 1") && text.contains("months"), "{text}");

    let spaced = write(folder.path(), "fel.csv", format!("orgnr revenue\n{} 5\n", orgnr(21)));
    let done = import(&db, &request(ImportKind::Accounts, &spaced), folder.path()).await;
    assert_eq!((done.report.new, done.report.rejected), (0, 1), "a wrong delimiter refuses the file");
    assert!(done.rejections[0].remedy.is_some(), "{:?}", done.rejections);

    let companies = write(folder.path(), "bolag.csv", format!("orgnr;name\n{a};Ett AB\n{a};Annat AB\n", a = orgnr(10)));
    let done = import(&db, &request(ImportKind::Companies, &companies), folder.path()).await;
    assert_eq!((done.report.new, done.report.rejected), (1, 1));
    assert!(done.rejections[0].reason.contains("already given in row 1"));
}

#[tokio::test]
async fn a_file_of_wrong_rows_keeps_the_first_ten_thousand_and_counts_the_rest() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let rows: String = (0..10_500).map(|row| format!("nonsense-{row};2023;1\n")).collect();
    let path = write(folder.path(), "wrong.csv", format!("orgnr;year;revenue\n{};2023;9\n{rows}", orgnr(1)));
    let done = import(&db, &request(ImportKind::Accounts, &path), folder.path()).await;
    assert_eq!((done.report.read, done.report.new, done.report.rejected), (10_501, 1, 10_500), "{:?}", done.report);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM import_rejections").fetch_one(db.pool()).await.unwrap();
    assert_eq!(kept, 10_000);
}
