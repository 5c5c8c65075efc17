//! A table of accounts out of an Excel workbook, as an analyst keeps it.

use ingest::ImportKind;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::fixtures::{import, orgnr, rejection, request, write};

fn number(n: u64) -> String {
    let digits = orgnr(n).to_string();
    format!("{}-{}", &digits[..6], &digits[6..])
}

/// Amounts in millions with decimals, dates as Excel keeps them, an empty row, and a row whose number is none.
fn accounts() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Tomt").unwrap();
    let sheet = workbook.add_worksheet().set_name("Bokslut 2024").unwrap();
    sheet.write_row(0, 0, ["Org.nr", "Bokslut", "Nettoomsättning (mkr)", "Summa tillgångar (mkr)"]).unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let rows = [(number(1), 1.234, Some(12.5)), (number(2), 1250.0, None), ("5561-12".to_owned(), 1.0, None)];
    for (row, (orgnr, revenue, assets)) in [1, 3, 4].into_iter().zip(rows) {
        sheet.write_string(row, 0, orgnr).unwrap();
        let end = ExcelDateTime::from_ymd(2024, 12, 31).unwrap();
        sheet.write_datetime_with_format(row, 1, &end, &day).unwrap();
        sheet.write_number(row, 2, revenue).unwrap();
        if let Some(assets) = assets {
            sheet.write_number(row, 3, assets).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_workbook_of_accounts_is_read_as_it_is_and_what_is_wrong_is_named_by_sheet_and_row() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let path = write(folder.path(), "bokslut.xlsx", accounts());
    let done = import(&db, &request(ImportKind::Accounts, &path), folder.path()).await;
    assert_eq!((done.report.new, done.report.periods, done.report.rejected), (2, 2, 1), "{:?}", done.rejections);
    let wrong = rejection(&done, "bokslut.xlsx");
    assert_eq!(wrong.file, "bokslut.xlsx!Bokslut 2024");
    assert!(wrong.place.as_deref().is_some_and(|place| place.contains("line 5")), "{wrong:?}");

    let figures: Vec<(i64, Option<i64>, Option<i64>)> =
        sqlx::query_as("SELECT orgnr, revenue, total_assets FROM company_facts ORDER BY orgnr")
            .fetch_all(db.pool())
            .await
            .unwrap();
    let company = |n| i64::try_from(orgnr(n)).unwrap();
    assert_eq!(figures, [(company(1), Some(1_234_000), Some(12_500_000)), (company(2), Some(1_250_000_000), None)]);
    let again = import(&db, &request(ImportKind::Accounts, &path), folder.path()).await;
    assert_eq!((again.report.new, again.report.changed, again.report.unchanged), (0, 0, 2));
}

#[tokio::test]
async fn a_workbook_that_cannot_be_read_says_why_and_another_file_goes_on() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let input = folder.path().join("in");
    let whole = accounts();
    write(&input, "a.xlsx", &whole[..whole.len() / 2]);
    write(&input, "b.xlsx", Workbook::new().save_to_buffer().unwrap());
    write(&input, "c.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest");
    write(&input, "d.xlsx", &whole);
    let done = import(&db, &request(ImportKind::Accounts, &input), folder.path()).await;
    assert_eq!((done.report.new, done.report.files_done), (2, 4), "{:?}", done.rejections);
    for (file, words) in
        [("a.xlsx", "cannot be read"), ("b.xlsx", "no visible sheet"), ("c.xlsx", "old Excel workbook")]
    {
        let found = done.rejections.iter().find(|one| one.file.starts_with(file)).unwrap();
        assert!(found.reason.contains(words) && found.remedy.is_some(), "{file}: {found:?}");
    }
}
