//! Companies by what a file calls them.

use domain::orgnr::Orgnr;
use sqlx::PgConnection;

use crate::companies::orgnr_of;

/// Those of the numbers that are companies.
///
/// # Errors
/// When the database does not answer.
pub async fn companies_of_numbers(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<Orgnr>> {
    let found =
        sqlx::query_scalar!("SELECT orgnr FROM companies WHERE orgnr = ANY($1)", orgnrs).fetch_all(conn).await?;
    found.into_iter().map(orgnr_of).collect()
}

/// The companies that have one of these names, given in lower case, with that name.
///
/// # Errors
/// When the database does not answer.
pub async fn companies_of_names(conn: &mut PgConnection, names: &[String]) -> sqlx::Result<Vec<(String, Orgnr)>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"SELECT lower(name) AS "name!", orgnr FROM companies WHERE lower(name) = ANY($1) ORDER BY orgnr"#,
        names
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok((row.name, orgnr_of(row.orgnr)?))).collect()
}
