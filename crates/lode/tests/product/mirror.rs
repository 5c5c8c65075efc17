//! The Parquet mirror holds what the database holds, is replaced as a whole, and is read by programs of another make.

use std::path::Path;
use std::process::Command;

use artifacts::Files;
use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::FIELDS;
use domain::facts::FactValue;
use domain::line::Line;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::test_runner::TestRunner;
use services::mirror::{Manifest, read, write};
use store::PgPool;

use crate::universe::data;

/// Companies of every kind of value, with up to three years in two filings, which disagree about some.
async fn fill(db: &PgPool) {
    data::fill(db, &data::random(&mut TestRunner::deterministic(), 300)).await;
    for sql in [
        "INSERT INTO filings (orgnr, kind, framework, sha256, size_bytes, known_on, filed_at, report_end, imported_at)
         SELECT orgnr, 'annual_report', 'k2', md5(orgnr || ' ' || n), 10, make_date(2023 + n, 6, 1), make_date(2023 + n, 6, 1),
                make_date(2022 + n, 12, 31), now()
         FROM companies CROSS JOIN generate_series(1, 2) AS n WHERE orgnr % 3 <> 0",
        "INSERT INTO financial_periods (orgnr, period_start, period_end, scope, filing_id, months, currency, rounding, quality, revenue,
                ebit, total_assets, employees)
         SELECT f.orgnr, make_date(y, 1, 1), make_date(y, 12, 31), 'company', f.id, 12, 'SEK', 0, 'ok', f.orgnr % 1000 * 1000,
                CASE WHEN f.orgnr % 7 <> 0 THEN -5000 * (extract(year FROM f.report_end) - 2020)::bigint END, 70000, 2.5
         FROM filings AS f CROSS JOIN LATERAL (SELECT extract(year FROM f.report_end)::integer - back AS y FROM generate_series(0, 1) AS back) AS years",
    ] {
        sqlx::raw_sql(sql).execute(db).await.unwrap();
    }
}

/// A value as the reader of the crate gives it.
fn value(field: &Field) -> FactValue {
    match field {
        Field::Null => FactValue::Null,
        Field::Long(number) => FactValue::Integer(*number),
        Field::Double(number) => FactValue::Real(*number),
        Field::Bool(yes) => FactValue::Boolean(*yes),
        Field::Date(days) => FactValue::Date(NaiveDate::from_epoch_days(*days).unwrap()),
        Field::Str(text) => FactValue::Text(text.as_str().into()),
        Field::ListInternal(list) => {
            let text = |one: &Field| if let Field::Str(text) = one { text.as_str().into() } else { panic!("{one:?}") };
            FactValue::Texts(list.elements().iter().map(text).collect())
        }
        other => panic!("{other:?}"),
    }
}

/// Every row of a table of the mirror, each file read whole and compared with its hash.
fn rows(folder: &Path, manifest: &Manifest, table: &str) -> Vec<Vec<FactValue>> {
    let table = manifest.tables.iter().find(|known| known.name == table).unwrap();
    let mut rows = Vec::new();
    for file in &table.files {
        let bytes = std::fs::read(folder.join(&file.name)).unwrap();
        let hash = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
        assert_eq!((bytes.len() as u64, hex::encode(hash)), (file.bytes, file.sha256.clone()), "{}", file.name);
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let before = rows.len();
        for row in reader.get_row_iter(None).unwrap() {
            let row = row.unwrap();
            let names: Vec<&String> = row.get_column_iter().map(|(name, _)| name).collect();
            assert_eq!(names, table.columns.iter().map(|column| &column.name).collect::<Vec<_>>());
            rows.push(row.get_column_iter().map(|(_, field)| value(field)).collect());
        }
        assert_eq!((rows.len() - before) as u64, file.rows, "{}", file.name);
    }
    assert_eq!(rows.len() as u64, table.rows);
    rows
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}

fn folders(place: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(place)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_holds_what_the_database_holds() {
    let db = testing::database().await;
    let (place, work) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let to = Files::open(place.path().to_str().unwrap()).unwrap();
    assert_eq!(read(&to).await.unwrap(), None);
    let empty = write(db.pool(), &to, work.path(), at(0), |_| {}).await.unwrap();
    assert_eq!(rows(place.path(), &empty, "companies").len(), 0);
    fill(db.pool()).await;
    let manifest = write(db.pool(), &to, work.path(), at(1), |_| {}).await.unwrap();
    assert_eq!(read(&to).await.unwrap(), Some(manifest.clone()));

    let mut conn = db.pool().acquire().await.unwrap();
    let known = store::company_facts::read_after(&mut conn, 0, 10_000).await.unwrap();
    let companies = rows(place.path(), &manifest, "companies");
    assert_eq!((companies.len(), known.len()), (300, 300));
    for (row, facts) in companies.iter().zip(&known) {
        assert_eq!(row[0], FactValue::Integer(facts.orgnr.number().cast_signed()));
        assert_eq!(row[1..], facts.values, "{}", facts.orgnr);
        assert_eq!(row.len(), FIELDS.len() + 1);
    }
    let numbers: Vec<i64> = known.iter().map(|facts| facts.orgnr.number().cast_signed()).collect();
    let mut years = store::current_periods::current(&mut conn, &numbers, None).await.unwrap();
    years.sort_by_key(|year| (year.statement.period.end(), year.orgnr));
    let periods = rows(place.path(), &manifest, "periods");
    assert!(years.len() > 500 && years.iter().any(|year| !year.restatements.is_empty()), "{} years", years.len());
    assert_eq!(periods.len(), years.len());
    let columns = &manifest.tables[1].columns;
    let column = |name: &str| columns.iter().position(|column| column.name == name).unwrap();
    for (row, year) in periods.iter().zip(&years) {
        let of = |name: &str| &row[column(name)];
        assert_eq!(*of("orgnr"), FactValue::Integer(year.orgnr.number().cast_signed()));
        assert_eq!(*of("period_end"), FactValue::Date(year.statement.period.end()));
        assert_eq!(*of("is_restated"), FactValue::Boolean(!year.restatements.is_empty()));
        for line in Line::ALL {
            let wanted = year.statement.get(*line).map_or(FactValue::Null, FactValue::Integer);
            assert_eq!(*of(line.key()), wanted, "{} of {}", line.key(), year.orgnr);
        }
    }
    by_arrow(place.path(), &manifest, years.len());
}

/// Python's Arrow counts companies and sums the revenue of one year, which is a folder of its own.
fn by_arrow(place: &Path, manifest: &Manifest, years: usize) {
    let python = std::env::var("LODE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let program = "
import sys, pyarrow.dataset as dataset
folder = sys.argv[1]
companies = dataset.dataset(folder + '/companies', format='parquet').to_table()
periods = dataset.dataset(folder + '/periods', format='parquet', partitioning='hive')
year = periods.to_table(filter=dataset.field('year') == 2024)
print(companies.num_rows, periods.to_table().num_rows, set(end.year for end in year['period_end'].to_pylist()) == {2024})
";
    let has_arrow = Command::new(&python).args(["-c", "import pyarrow.dataset"]).output();
    if !has_arrow.is_ok_and(|done| done.status.success()) {
        println!("skipped: {python} (LODE_PYTHON names another) has no pyarrow, so only crate parquet read the mirror");
        return;
    }
    let done = Command::new(&python).args(["-c", program]).arg(place.join(&manifest.folder)).output().unwrap();
    let told = String::from_utf8_lossy(&done.stdout).trim().to_owned();
    assert_eq!(told, format!("300 {years} True"), "{}", String::from_utf8_lossy(&done.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_mirror_and_the_one_before_stay_and_one_that_fails_changes_nothing() {
    let db = testing::database().await;
    data::fill(db.pool(), &data::plain(5)).await;
    let (place, work) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let to = Files::open(place.path().to_str().unwrap()).unwrap();
    // What was cut off long ago, and what is no mirror.
    std::fs::create_dir_all(place.path().join("mirror-20200101T000000000Z/companies")).unwrap();
    std::fs::create_dir_all(place.path().join("other")).unwrap();
    let first = write(db.pool(), &to, work.path(), at(1), |_| {}).await.unwrap();
    assert_eq!(folders(place.path()), ["mirror-20200101T000000000Z", first.folder.as_str(), "other"]);
    let second = write(db.pool(), &to, work.path(), at(2), |_| {}).await.unwrap();
    let third = write(db.pool(), &to, work.path(), at(3), |_| {}).await.unwrap();
    assert_eq!(folders(place.path()), [second.folder.as_str(), third.folder.as_str(), "other"]);
    // The place does not take the files: the manifest names what was there before.
    let blocked = place.path().join(format!("mirror-{}", at(4).format("%Y%m%dT%H%M%S%3fZ")));
    std::fs::write(&blocked, "in the way").unwrap();
    write(db.pool(), &to, work.path(), at(4), |_| {}).await.unwrap_err();
    assert_eq!(read(&to).await.unwrap(), Some(third));
}
