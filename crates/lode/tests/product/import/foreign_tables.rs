//! Tables, names and register answers as people and registers have them, from the file to what the database holds.

use ingest::ImportKind;

use super::fixtures::{import, orgnr, request, write};

fn hyphened(number: u64, hyphen: char) -> String {
    format!("{:06}{hyphen}{:04}", number / 10_000, number % 10_000)
}

type Figures = (Option<i64>, Option<i64>, Option<i64>, Option<i64>, String);

async fn figures(db: &testing::TestDatabase, number: u64) -> Figures {
    sqlx::query_as(
        "SELECT revenue, ebit, depreciation, total_assets, quality FROM current_financials WHERE orgnr = $1 ORDER BY period_end DESC",
    )
    .bind(number.cast_signed())
    .fetch_one(db.pool())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_table_with_titles_units_and_totals_is_read_and_told() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let text = format!(
        "sep=;\nExport från Företagsregister;;;;;\nBelopp i tkr;;;;;\n\
         Org.nr;Företag;Bokslut;Nettoomsättning, kkr;Rörelseresultat;Omsättning 2022\n\
         {};\"Rad\nbryt\u{AD}ning AB\";2023-12-31 00:00:00;5 335,-;\u{2212}800;1\n\
         SE{:010}01;Moms AB;31.12.2023;5\u{202F}335:-;(800);1\n\
         Summa;;;10 670;-1 600;2\n",
        hyphened(orgnr(1), '\u{2013}'),
        orgnr(2)
    );
    let path = write(folder.path(), "accounts.csv", text);
    let done = import(&db, &request(ImportKind::Accounts, &path), folder.path()).await;
    assert_eq!((done.report.read, done.report.new, done.report.rejected), (2, 2, 0), "{:?}", done.rejections);
    for number in [orgnr(1), orgnr(2)] {
        let (revenue, ebit, ..) = figures(&db, number).await;
        assert_eq!((revenue, ebit), (Some(5_335_000), Some(-800_000)));
    }
    let told: String = done.report.first_warnings.iter().map(|warning| format!("{}\n", warning.text)).collect();
    for words in ["Export från", "Belopp i tkr", "“Omsättning 2022” is not used", "is a total"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let name: Option<String> = sqlx::query_scalar("SELECT name FROM companies WHERE orgnr = $1")
        .bind(orgnr(1).cast_signed())
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert_eq!(name.as_deref(), Some("Rad brytning AB"));
}

#[tokio::test]
async fn positive_costs_are_turned_or_the_table_is_refused() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let header = "orgnr;year;operating_income;personnel_costs;depreciation;ebit;total_assets";
    let text = format!("{header}\n{};2023;5335000;4235000;300000;800000;2000000\n", orgnr(1));
    let path = write(folder.path(), "sums.csv", text);
    let done = import(&db, &request(ImportKind::Accounts, &path), folder.path()).await;
    assert_eq!((done.report.new, done.report.rejected), (1, 0), "{:?}", done.rejections);
    assert_eq!(figures(&db, orgnr(1)).await.2, Some(-300_000));
    assert!(done.report.first_warnings.iter().any(|warning| warning.text.contains("are read as costs")));
    let path = write(folder.path(), "alone.csv", format!("orgnr;year;revenue;depreciation\n{};2023;9;3\n", orgnr(2)));
    let done = import(&db, &request(ImportKind::Accounts, &path), folder.path()).await;
    assert_eq!((done.report.new, done.report.rejected), (0, 1));
    assert!(
        done.rejections[0].remedy.as_deref().is_some_and(|remedy| remedy.contains("@costs")),
        "{:?}",
        done.rejections
    );
}

#[tokio::test]
async fn a_year_read_in_thousands_is_suspect_and_its_neighbours_are_not() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let row = |year: i32, factor: i64| {
        format!("{};{year};{};{};{};{}\n", orgnr(1), 5_335 * factor, 2_000 * factor, 1_500 * factor, 50 * factor)
    };
    let text = format!(
        "orgnr;year;revenue;total_assets;equity;share_capital\n{}{}{}",
        row(2021, 1_000),
        row(2022, 1_000),
        row(2023, 1)
    );
    let path = write(folder.path(), "years.csv", text);
    let done = import(&db, &request(ImportKind::Accounts, &path), folder.path()).await;
    assert_eq!(done.report.new, 3, "{:?}", done.rejections);
    let judged: Vec<(String, Vec<String>)> = sqlx::query_as(
        "SELECT quality, broken_identities FROM current_financials WHERE orgnr = $1 ORDER BY period_end",
    )
    .bind(orgnr(1).cast_signed())
    .fetch_all(db.pool())
    .await
    .unwrap();
    assert_eq!(judged[2], ("suspect".to_owned(), vec!["scale".to_owned()]));
    assert!(judged[..2].iter().all(|(quality, _)| quality != "suspect"), "{judged:?}");
    // The newest year that can be trusted is what screens show.
    let revenue: Option<i64> =
        sqlx::query_scalar("SELECT revenue FROM company_facts").fetch_one(db.pool()).await.unwrap();
    assert_eq!(revenue, Some(5_335_000));
}

#[tokio::test]
async fn a_search_answer_of_the_register_is_read_and_again_line_by_line() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let entity = |number: u64, name: &str| {
        format!(
            r#"{{"organisasjonsnummer":"{number:09}","navn":"{name}","organisasjonsform":{{"kode":"ASA"}},"hjemmeside":"www.exempel.example"}}"#
        )
    };
    let list =
        format!("{},{}", entity(800_000_009, "PÅHITTADE FJORDEN ASA"), entity(800_000_017, "PÅHITTADE NESSET ASA"));
    let answer = format!(
        r#"{{"_embedded":{{"enheter":[{list}]}},"page":{{"size":2,"totalElements":4,"totalPages":2,"number":0}}}}"#
    );
    let path = write(folder.path(), "search.json", answer);
    let done = import(&db, &request(ImportKind::Companies, &path), folder.path()).await;
    assert_eq!((done.report.new, done.report.rejected), (2, 0), "{:?}", done.rejections);
    assert!(done.report.first_warnings[0].text.contains("page 1 of 2"), "{:?}", done.report.first_warnings);
    let path = write(folder.path(), "lines.jsonl", list.replace("},{\"org", "}\n{\"org"));
    let done = import(&db, &request(ImportKind::Companies, &path), folder.path()).await;
    assert_eq!((done.report.read, done.report.unchanged), (2, 2), "{:?}", done.rejections);
    let homepage: Option<String> = sqlx::query_scalar("SELECT homepage FROM companies WHERE orgnr = 800000009")
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert_eq!(homepage.as_deref(), Some("https://www.exempel.example"));
}
