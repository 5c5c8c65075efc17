//! How many companies match, in all and per value.

use domain::catalogue::FieldKind;
use domain::facet::{ValueCount, sort_counts};
use domain::filter::FieldId;
use domain::filter::code::sni_section;
use sqlx::{PgConnection, Row};

use super::Where;
use super::condition::Statement;

/// The exact number of companies that match.
///
/// # Errors
/// When the database does not answer.
pub async fn count(conn: &mut PgConnection, filter: Where<'_>) -> sqlx::Result<u64> {
    let mut statement = Statement::new("SELECT count(*) FROM company_facts WHERE ");
    filter.push(&mut statement);
    let count: i64 = statement.build_query_scalar().fetch_one(conn).await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// How the values of a facet are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Each value by itself.
    Value,
    /// SNI at a level: 1 the section letter, 2–5 so many digits.
    Sni(u8),
}

/// Matching companies per value of a category or yes-no field, most frequent first, then by value, those without a value
/// last. A company with several codes counts once under each, one that is known to have none nowhere.
///
/// # Errors
/// When the database does not answer.
pub async fn facet(
    conn: &mut PgConnection,
    filter: Where<'_>,
    field: FieldId,
    level: Level,
) -> sqlx::Result<Vec<ValueCount>> {
    let key = field.field().key;
    let (digits, sections) = match level {
        Level::Value => (None, false),
        Level::Sni(1) => (Some(2), true),
        Level::Sni(digits) => (Some(i32::from(digits)), false),
    };
    let is_many = field.field().kind == FieldKind::Categories;
    let code = if is_many { "code" } else { key };
    let shown = digits.map_or_else(|| format!("{code}::text"), |digits| format!("left({code}, {digits})"));
    let from = match is_many {
        true => format!(
            "company_facts LEFT JOIN LATERAL (SELECT DISTINCT {} AS code FROM unnest({key}) AS code) AS each ON true",
            digits.map_or_else(|| "code".to_owned(), |digits| format!("left(code, {digits})"))
        ),
        false => "company_facts".to_owned(),
    };
    let mut statement = Statement::new(format!("SELECT {shown}, count(*) FROM {from} WHERE "));
    filter.push(&mut statement);
    if is_many {
        // Known to have no code is not the same as not known.
        statement.push(format!(" AND ({key} IS NULL OR code IS NOT NULL)"));
    }
    statement.push(" GROUP BY 1");
    let mut counts: std::collections::BTreeMap<Option<String>, u64> = std::collections::BTreeMap::new();
    for row in statement.build().fetch_all(conn).await? {
        let value: Option<String> = row.try_get(0)?;
        let value = match sections {
            true => value.and_then(|division| sni_section(&division)).map(String::from),
            false => value,
        };
        *counts.entry(value).or_default() += u64::try_from(row.try_get::<i64, _>(1)?).unwrap_or(0);
    }
    let mut counts: Vec<ValueCount> = counts.into_iter().collect();
    sort_counts(&mut counts);
    Ok(counts)
}
