//! The wide facts row of each company: one column per field of the catalogue.

use std::sync::LazyLock;

use domain::catalogue::{FIELDS, FieldKind};
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::FieldId;
use domain::orgnr::Orgnr;
use futures::TryStreamExt;
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, ValueRef};

use crate::change_feed::FeedCursor;
use crate::companies::{key, orgnr_of};
use crate::copy::{BinaryReader, BinaryRows, day_from_2000};
use crate::universe::Where;
use crate::universe::condition::Statement;

/// `orgnr, name, status, …`: the columns in the order of the catalogue.
static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    std::iter::once("orgnr").chain(FIELDS.iter().map(|field| field.key)).collect::<Vec<_>>().join(", ")
});

/// Writes rows that differ from what is there and notes each in the change feed; returns how many differed.
/// The caller holds the locks of the companies.
///
/// # Errors
/// When a company does not exist, or the database does not answer.
pub async fn upsert(conn: &mut PgConnection, facts: &[CompanyFacts]) -> sqlx::Result<u64> {
    if facts.is_empty() {
        return Ok(0);
    }
    conn.execute("DROP TABLE IF EXISTS incoming_facts").await?;
    conn.execute("CREATE TEMPORARY TABLE incoming_facts (LIKE company_facts) ON COMMIT DROP").await?;
    let mut rows = BinaryRows::new(FIELDS.len() as i16 + 1);
    for company in facts {
        encode(&mut rows, company);
    }
    let columns = &*COLUMNS;
    rows.send(conn, &format!("COPY incoming_facts ({columns}) FROM STDIN (FORMAT BINARY)")).await?;
    let updates: Vec<String> = FIELDS.iter().map(|field| format!("{0} = EXCLUDED.{0}", field.key)).collect();
    let done = sqlx::query(AssertSqlSafe(format!(
        "WITH written AS (
             INSERT INTO company_facts AS kept ({columns}) SELECT {columns} FROM incoming_facts ORDER BY orgnr
             ON CONFLICT (orgnr) DO UPDATE SET {} WHERE kept.* IS DISTINCT FROM EXCLUDED.* RETURNING orgnr
         )
         INSERT INTO change_feed (orgnr) SELECT orgnr FROM written ORDER BY orgnr",
        updates.join(", ")
    )))
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() > 0 {
        crate::change_feed::wake(conn).await?;
    }
    Ok(done.rows_affected())
}

/// Fills empty tables with companies of which nothing but the facts is known: for measurements, and many times as fast as imports. The
/// change feed is told nothing, so it comes before anybody reads.
///
/// # Errors
/// When a company is there already, or the database does not answer.
pub async fn fill(conn: &mut PgConnection, companies: impl Iterator<Item = CompanyFacts>) -> sqlx::Result<u64> {
    const ROWS_AT_ONCE: usize = 20_000;
    let mut companies = companies.peekable();
    let mut filled = 0;
    while companies.peek().is_some() {
        let (mut bare, mut facts) = (BinaryRows::new(1), BinaryRows::new(FIELDS.len() as i16 + 1));
        for company in companies.by_ref().take(ROWS_AT_ONCE) {
            bare.begin_row();
            bare.bigint(Some(key(company.orgnr)));
            encode(&mut facts, &company);
        }
        filled += facts.len();
        let mut tx = conn.begin().await?;
        bare.send(&mut tx, "COPY companies (orgnr) FROM STDIN (FORMAT BINARY)").await?;
        facts.send(&mut tx, &format!("COPY company_facts ({}) FROM STDIN (FORMAT BINARY)", &*COLUMNS)).await?;
        tx.commit().await?;
    }
    conn.execute("ANALYZE company_facts").await?;
    Ok(filled)
}

fn encode(rows: &mut BinaryRows, company: &CompanyFacts) {
    rows.begin_row();
    rows.bigint(Some(key(company.orgnr)));
    for (index, field) in FIELDS.iter().enumerate() {
        encode_value(rows, field.kind, company.values.get(index).unwrap_or(&FactValue::Null));
    }
}

/// A value of another kind than the field's is a fault of `domain::facts`; it is written as null, never as nonsense.
fn encode_value(rows: &mut BinaryRows, kind: FieldKind, value: &FactValue) {
    match (kind, value) {
        (FieldKind::Amount, FactValue::Integer(amount)) => rows.bigint(Some(*amount)),
        (FieldKind::Integer, FactValue::Integer(number)) => rows.integer(i32::try_from(*number).ok()),
        (FieldKind::Ratio | FieldKind::Count, FactValue::Real(number)) => rows.double(Some(*number)),
        (FieldKind::Boolean, FactValue::Boolean(yes)) => rows.boolean(Some(*yes)),
        (FieldKind::Date, FactValue::Date(day)) => rows.date(Some(*day)),
        (FieldKind::Category | FieldKind::Text, FactValue::Text(text)) => rows.text(Some(text)),
        (FieldKind::Categories, FactValue::Texts(texts)) => rows.texts(Some(texts)),
        (_, value) => {
            debug_assert!(value.is_null(), "{value:?} does not fit {kind:?}");
            rows.null();
        }
    }
}

/// The rows of companies, in the order of their numbers; companies without a row are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn read(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<CompanyFacts>> {
    let sql = format!("SELECT {} FROM company_facts WHERE orgnr = ANY($1) ORDER BY orgnr", &*COLUMNS);
    whole_rows(sqlx::query(AssertSqlSafe(sql)).bind(orgnrs).fetch(conn), orgnrs.len()).await
}

/// At most `limit` rows of companies with a greater number than `after`, in the order of their numbers.
///
/// # Errors
/// When the database does not answer.
pub async fn read_after(conn: &mut PgConnection, after: i64, limit: i64) -> sqlx::Result<Vec<CompanyFacts>> {
    let sql = format!("SELECT {} FROM company_facts WHERE orgnr > $1 ORDER BY orgnr LIMIT $2", &*COLUMNS);
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(after).bind(limit).fetch(conn);
    whole_rows(rows, usize::try_from(limit).unwrap_or(0)).await
}

async fn whole_rows(
    mut rows: impl futures::Stream<Item = sqlx::Result<PgRow>> + Unpin,
    expected: usize,
) -> sqlx::Result<Vec<CompanyFacts>> {
    let mut found = Vec::with_capacity(expected);
    while let Some(row) = rows.try_next().await? {
        let mut columns = Vec::with_capacity(FIELDS.len() + 1);
        for index in 0..=FIELDS.len() {
            let value = row.try_get_raw(index)?;
            columns.push(if value.is_null() {
                None
            } else {
                Some(value.as_bytes().map_err(sqlx::Error::Decode)?.to_vec())
            });
        }
        let columns: Vec<Option<&[u8]>> = columns.iter().map(Option::as_deref).collect();
        found.push(decode(&columns)?);
    }
    Ok(found)
}

/// The numbers of the companies that match, each with its values of some fields, in no order.
///
/// # Errors
/// When the database does not answer.
pub async fn matching(
    conn: &mut PgConnection,
    filter: Where<'_>,
    fields: &[FieldId],
) -> sqlx::Result<Vec<(Orgnr, Vec<FactValue>)>> {
    let mut statement = Statement::new(select(fields));
    statement.push(" WHERE ");
    filter.push(&mut statement);
    let mut rows = statement.build().fetch(conn);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await? {
        found.push(decode_fields(&row, fields)?);
    }
    Ok(found)
}

/// The values of some fields of these companies, in no order; companies without a row are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn fields_of(
    conn: &mut PgConnection,
    orgnrs: &[Orgnr],
    fields: &[FieldId],
) -> sqlx::Result<Vec<(Orgnr, Vec<FactValue>)>> {
    let keys: Vec<i64> = orgnrs.iter().map(|orgnr| key(*orgnr)).collect();
    let mut statement = Statement::new(select(fields));
    statement.push(" WHERE orgnr = ANY(").push_bind(keys).push(")");
    let mut rows = statement.build().fetch(conn);
    let mut found = Vec::with_capacity(orgnrs.len());
    while let Some(row) = rows.try_next().await? {
        found.push(decode_fields(&row, fields)?);
    }
    Ok(found)
}

/// `SELECT orgnr, … FROM company_facts` with the columns of the fields, whose names come from the catalogue.
fn select(fields: &[FieldId]) -> String {
    let columns: Vec<&str> = std::iter::once("orgnr").chain(fields.iter().map(|field| field.field().key)).collect();
    format!("SELECT {} FROM company_facts", columns.join(", "))
}

fn decode_fields(row: &PgRow, fields: &[FieldId]) -> sqlx::Result<(Orgnr, Vec<FactValue>)> {
    let malformed = || sqlx::Error::Decode("a row of company_facts has an unexpected form".into());
    let orgnr = orgnr_of(row.try_get(0)?)?;
    let value = |(index, field): (usize, &FieldId)| {
        let value = row.try_get_raw(index + 1)?;
        if value.is_null() {
            return Ok(FactValue::Null);
        }
        let bytes = value.as_bytes().map_err(sqlx::Error::Decode)?;
        decode_value(field.field().kind, bytes).ok_or_else(malformed)
    };
    Ok((orgnr, fields.iter().enumerate().map(value).collect::<sqlx::Result<_>>()?))
}

/// Reads every row as fast as the server sends them and hands each to `row`; returns the place in the change feed from
/// which to follow, taken in the same snapshot so that no change is missed (some may be seen twice). What was read is on
/// the server's disk.
///
/// # Errors
/// When the database does not answer, or `row` fails.
pub async fn read_all(
    conn: &mut PgConnection,
    mut row: impl FnMut(CompanyFacts) -> sqlx::Result<()>,
) -> sqlx::Result<FeedCursor> {
    let mut tx = conn.begin().await?;
    tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    tx.execute("SET LOCAL statement_timeout = 0").await?;
    let cursor = crate::change_feed::horizon(&mut tx).await?;
    let mut reader = BinaryReader::default();
    {
        let mut pieces =
            tx.copy_out_raw(&format!("COPY company_facts ({}) TO STDOUT (FORMAT BINARY)", &*COLUMNS)).await?;
        while let Some(piece) = pieces.try_next().await? {
            reader.push(&piece, |columns| row(decode(columns)?))?;
        }
    }
    if !reader.is_complete() {
        return Err(sqlx::Error::Protocol("the stream of company facts ended early".to_owned()));
    }
    let end = crate::change_feed::end_of_log(&mut tx).await?;
    tx.commit().await?;
    crate::change_feed::until_flushed(conn, &end).await?;
    Ok(cursor)
}

fn decode(columns: &[Option<&[u8]>]) -> sqlx::Result<CompanyFacts> {
    let malformed = || sqlx::Error::Decode("a row of company_facts has an unexpected form".into());
    let (Some(Some(orgnr)), values) = (columns.first(), columns.get(1..).unwrap_or_default()) else {
        return Err(malformed());
    };
    let orgnr = orgnr_of(i64::from_be_bytes((*orgnr).try_into().map_err(|_| malformed())?))?;
    let values = FIELDS
        .iter()
        .zip(values)
        .map(|(field, bytes)| match bytes {
            None => Some(FactValue::Null),
            Some(bytes) => decode_value(field.kind, bytes),
        })
        .collect::<Option<Vec<_>>>()
        .filter(|values| values.len() == FIELDS.len())
        .ok_or_else(malformed)?;
    Ok(CompanyFacts { orgnr, values })
}

fn decode_value(kind: FieldKind, bytes: &[u8]) -> Option<FactValue> {
    Some(match kind {
        FieldKind::Amount => FactValue::Integer(i64::from_be_bytes(bytes.try_into().ok()?)),
        FieldKind::Integer => FactValue::Integer(i64::from(i32::from_be_bytes(bytes.try_into().ok()?))),
        FieldKind::Ratio | FieldKind::Count => FactValue::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
        FieldKind::Boolean => FactValue::Boolean(*bytes.first()? != 0),
        FieldKind::Date => FactValue::Date(day_from_2000(i32::from_be_bytes(bytes.try_into().ok()?))?),
        FieldKind::Category | FieldKind::Text => FactValue::Text(std::str::from_utf8(bytes).ok()?.into()),
        FieldKind::Categories => FactValue::Texts(decode_texts(bytes)?),
    })
}

/// `text[]` of one dimension without nulls, as [`BinaryRows::texts`] writes it.
fn decode_texts(bytes: &[u8]) -> Option<Box<[Box<str>]>> {
    let word = |at: usize| Some(i32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if word(0)? == 0 {
        return Some(Box::default());
    }
    let (count, mut at) = (word(12)?, 20);
    let mut texts = Vec::with_capacity(usize::try_from(count).ok()?.min(1000));
    for _ in 0..count {
        let size = usize::try_from(word(at)?).ok()?;
        texts.push(std::str::from_utf8(bytes.get(at + 4..at + 4 + size)?).ok()?.into());
        at += 4 + size;
    }
    Some(texts.into())
}

/// Companies after this number that are not marked as stale and are by the day: see [`domain::facts::is_stale`] and
/// [`domain::facts::is_website_stale`]. Ascending.
///
/// # Errors
/// When the database does not answer.
pub async fn grown_stale(
    conn: &mut PgConnection,
    today: chrono::NaiveDate,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<i64>> {
    let days = i32::try_from(domain::facts::WEBSITE_FRESH_DAYS).unwrap_or(i32::MAX);
    // The newest period of all decides, as in the rule; it can be newer than the one whose figures are shown.
    sqlx::query_scalar!(
        "SELECT f.orgnr FROM company_facts f
         WHERE f.is_stale IS DISTINCT FROM true AND f.orgnr > $2
           AND (f.enriched_on + $4::integer < $1
                OR (SELECT max(p.period_end) FROM financial_periods p WHERE p.orgnr = f.orgnr) + interval '18 months' < $1::date)
         ORDER BY f.orgnr LIMIT $3",
        today,
        after,
        limit,
        days
    )
    .fetch_all(conn)
    .await
}
