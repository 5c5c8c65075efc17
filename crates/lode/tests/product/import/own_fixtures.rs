//! The project's own fixtures end to end: reports, registers and a table in one database, every figure as it was meant.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ingest::{ImportKind, ImportRequest};
use serde_json::Value;

use super::fixtures::{import, rejection, request};

fn fixtures() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures"))
}

fn reports() -> ImportRequest {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "zip"))
        .collect();
    paths.sort();
    ImportRequest { paths, ..request(ImportKind::Filings, Path::new("")) }
}

#[tokio::test]
async fn reports_of_every_taxonomy_and_package_give_the_figures_that_were_written() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let expected: Vec<Value> =
        serde_json::from_slice(&std::fs::read(fixtures().join("expected.json")).unwrap()).unwrap();
    let done = import(&db, &reports(), folder.path()).await;
    let count = expected.len() as u64;
    assert_eq!((done.report.read, done.report.new, done.report.rejected), (count + 1, count, 1));
    assert!(rejection(&done, "week_2025_26_1.zip!").reason.contains("cut off"), "{:?}", done.rejections);

    let rows: Vec<(i64, Value)> =
        sqlx::query_as("SELECT orgnr, to_jsonb(f) FROM current_financials f ORDER BY orgnr, period_end DESC, scope")
            .fetch_all(db.pool())
            .await
            .unwrap();
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (orgnr, row) in rows {
        found.entry(orgnr.to_string()).or_default().push(row);
    }
    assert_eq!(found.len(), expected.len());
    for company in &expected {
        let periods = company["periods"].as_array().unwrap();
        let rows = &found[company["orgnr"].as_str().unwrap()];
        assert_eq!(rows.len(), periods.len(), "{}", company["file"]);
        for (row, period) in rows.iter().zip(periods) {
            let place = format!("{} {}", company["file"], period["period_end"]);
            for field in ["period_start", "period_end", "scope", "currency"] {
                assert_eq!(row[field], period[field], "{place} {field}");
            }
            let employees = period["employees"].as_str().map(|text| text.parse::<f64>().unwrap());
            assert_eq!(row["employees"].as_f64(), employees, "{place}");
            for line in domain::line::Line::ALL {
                assert_eq!(row[line.key()], period["lines"][line.key()], "{place} {}", line.key());
            }
            assert_ne!(row["quality"], "suspect", "{place}");
        }
    }

    // The registers know the same companies; every third one sleeps, whichever file is read last.
    for order in
        [["bolagsverket_bulkfil.txt", "scb_bulkfil_JE.txt"], ["scb_bulkfil_JE.txt", "bolagsverket_bulkfil.txt"]]
    {
        for file in order {
            let kind = if file.starts_with("scb") { ImportKind::Scb } else { ImportKind::Register };
            let done = import(&db, &request(kind, &fixtures().join(file)), folder.path()).await;
            assert_eq!(done.report.rejected, 0, "{file}: {:?}", done.rejections);
            assert_eq!(done.report.excluded_sole_traders, u64::from(kind == ImportKind::Register));
        }
        let statuses: Vec<(String, i64)> =
            sqlx::query_as("SELECT status, count(*) FROM companies GROUP BY 1 ORDER BY 1")
                .fetch_all(db.pool())
                .await
                .unwrap();
        let asleep = (count / 3).cast_signed();
        let wanted = [("active", count.cast_signed() - asleep), ("deregistered", 1), ("dormant", asleep)];
        assert_eq!(statuses, wanted.map(|(status, number)| (status.to_owned(), number)));
    }

    let table = import(&db, &request(ImportKind::Accounts, &fixtures().join("accounts.csv")), folder.path()).await;
    assert_eq!((table.report.read, table.report.new, table.report.periods, table.report.rejected), (4, 4, 4, 0));
}
