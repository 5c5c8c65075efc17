//! Writing companies in bulk: COPY into a temporary table, then one statement.

use serde::Serialize;
use sqlx::{AssertSqlSafe, Executor, PgConnection};

use super::{StoredCompany, key};
use crate::copy::BinaryRows;

const COLUMNS: [&str; 23] = [
    "orgnr",
    "name",
    "other_names",
    "legal_form",
    "status",
    "registered_status",
    "is_operating",
    "registered_on",
    "deregistered_on",
    "deregistration_reason",
    "procedures",
    "activity_description",
    "sni",
    "street",
    "care_of",
    "postcode",
    "city",
    "country",
    "advertising_block",
    "homepage",
    "is_demo",
    "sources",
    "field_sources",
];

/// Inserts companies that are not there yet and returns the numbers that were inserted; one that somebody else
/// inserted meanwhile is left alone and its number left out. Companies must be in the order of their numbers.
///
/// # Errors
/// When the database refuses a value or does not answer.
pub async fn insert_missing(conn: &mut PgConnection, companies: &[&StoredCompany]) -> sqlx::Result<Vec<i64>> {
    if companies.is_empty() {
        return Ok(Vec::new());
    }
    stage(conn, companies).await?;
    let columns = COLUMNS.join(", ");
    sqlx::query_scalar(AssertSqlSafe(format!(
        "INSERT INTO companies ({columns}) SELECT {columns} FROM incoming_companies ORDER BY orgnr
         ON CONFLICT (orgnr) DO NOTHING RETURNING orgnr"
    )))
    .fetch_all(conn)
    .await
}

/// Replaces companies that are there, whose rows the caller has locked.
///
/// # Errors
/// When the database refuses a value or does not answer.
pub async fn update(conn: &mut PgConnection, companies: &[&StoredCompany]) -> sqlx::Result<()> {
    if companies.is_empty() {
        return Ok(());
    }
    stage(conn, companies).await?;
    let sets: Vec<String> = COLUMNS[1..].iter().map(|column| format!("{column} = i.{column}")).collect();
    sqlx::query(AssertSqlSafe(format!(
        "UPDATE companies c SET {}, updated_at = now() FROM incoming_companies i WHERE c.orgnr = i.orgnr",
        sets.join(", ")
    )))
    .execute(conn)
    .await?;
    Ok(())
}

async fn stage(conn: &mut PgConnection, companies: &[&StoredCompany]) -> sqlx::Result<()> {
    conn.execute("DROP TABLE IF EXISTS incoming_companies").await?;
    conn.execute("CREATE TEMPORARY TABLE incoming_companies (LIKE companies INCLUDING DEFAULTS) ON COMMIT DROP")
        .await?;
    let mut rows = BinaryRows::new(COLUMNS.len() as i16);
    for company in companies {
        encode(&mut rows, company);
    }
    rows.send(conn, &format!("COPY incoming_companies ({}) FROM STDIN (FORMAT BINARY)", COLUMNS.join(", "))).await?;
    Ok(())
}

fn encode(rows: &mut BinaryRows, company: &StoredCompany) {
    let record = &company.record;
    let address = record.address.clone().unwrap_or_default();
    rows.begin_row();
    rows.bigint(Some(key(record.orgnr)));
    rows.text(record.name.as_deref());
    rows.jsonb(&list(record.other_names.as_deref()));
    rows.text(record.legal_form.as_deref());
    rows.text(Some(record.overall_status().as_str()));
    rows.text(record.status.map(domain::company::CompanyStatus::as_str));
    rows.boolean(record.is_operating);
    rows.date(record.registered_on);
    rows.date(record.deregistered_on);
    rows.text(record.deregistration_reason.as_deref());
    rows.jsonb(&list(record.procedures.as_deref()));
    rows.text(record.activity_description.as_deref());
    rows.jsonb(&list(record.sni.as_deref()));
    for part in [&address.street, &address.care_of, &address.postcode, &address.city, &address.country] {
        rows.text(part.as_deref());
    }
    rows.boolean(record.advertising_block);
    rows.text(record.homepage.as_deref());
    rows.boolean(Some(record.is_demo));
    rows.jsonb(&json(&company.sources));
    rows.jsonb(&json(&company.field_sources));
}

fn list<T: Serialize>(items: Option<&[T]>) -> String {
    items.map_or_else(|| "[]".to_owned(), json)
}

/// Plain data with string keys always serialises; should a type ever break that, null is refused by the schema.
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
