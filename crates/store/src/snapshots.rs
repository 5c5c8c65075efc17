//! Frozen screens: the companies that matched at one moment, and what has changed since.
//!
//! A snapshot is of the state that one transaction of Postgres sees. A follower of the change feed may say which companies
//! pass, and is believed where that transaction sees nothing noted after the follower's place: one that lags behind never is.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::{FIELDS, Field, FieldKind};
use domain::facts::{CompanyFacts, FactValue};
use domain::orgnr::Orgnr;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::change_feed::{self, FeedCursor};
use crate::companies::{key, orgnr_of};
use crate::universe::Where;

/// A frozen screen without its companies.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Identity.
    pub id: Uuid,
    /// Name, where it was given one.
    pub name: Option<String>,
    /// Canonical text of the filter.
    pub filter_text: String,
    /// Canonical JSON of the filter.
    pub filter: Value,
    /// Version of the data.
    pub data_version: String,
    /// Number of companies.
    pub company_count: i64,
    /// Hash of filter and companies.
    pub hash: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// What is frozen.
#[derive(Clone, Debug)]
pub struct NewSnapshot<'a> {
    /// Name.
    pub name: Option<&'a str>,
    /// Canonical text of the filter.
    pub filter_text: &'a str,
    /// Canonical JSON of the filter.
    pub filter_json: &'a Value,
    /// The filter itself.
    pub filter: Where<'a>,
    /// Its companies, where somebody who follows the change feed knows them.
    pub known: Option<&'a Known>,
}

/// The companies that pass a filter, as a follower of the change feed knows them.
#[derive(Clone, Debug)]
pub struct Known {
    /// Up to where the follower has read the feed, at least.
    pub place: FeedCursor,
    /// The companies, ascending.
    pub orgnrs: Vec<Orgnr>,
}

/// The companies that pass the filter in the state that the transaction sees: those that are known where nothing has been
/// noted after the place of that knowledge, else those that Postgres finds in a pass over every company.
async fn passing(conn: &mut PgConnection, filter: Where<'_>, known: Option<&Known>) -> sqlx::Result<Vec<Orgnr>> {
    match known {
        Some(known) if change_feed::ends_at(conn, known.place).await? => Ok(known.orgnrs.clone()),
        _ => crate::universe::page::all(conn, filter, &[]).await,
    }
}

/// A screen now against a snapshot of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Companies that match now.
    pub total: u64,
    /// Hash of the present result.
    pub hash: String,
    /// Version of the data now.
    pub data_version: String,
    /// Every company that matches now and did not then, ascending.
    pub entered: Vec<Orgnr>,
    /// Every company that matched then and does not now, ascending.
    pub left: Vec<Orgnr>,
    /// Facts then and now of the first of both; `None` where there was or is no row.
    pub changes: HashMap<Orgnr, (Option<CompanyFacts>, Option<CompanyFacts>)>,
}

/// SHA-256 over the filter text, a newline, and the numbers in ascending order, one per line; lower-case hexadecimal.
/// Numbers have ten digits here, Norwegian ones a zero in front: kept hashes were made of that form.
#[must_use]
pub fn result_hash(filter_text: &str, orgnrs: &[Orgnr]) -> String {
    let mut hash = Sha256::new();
    hash.update(filter_text.as_bytes());
    hash.update(b"\n");
    for orgnr in orgnrs {
        hash.update(format!("{:010}\n", orgnr.number()).as_bytes());
    }
    hex::encode(hash.finalize())
}

/// Freezes a screen, in a transaction of its own. While the first snapshot is taken, writers of facts wait.
///
/// # Errors
/// When the database does not answer.
pub async fn take(conn: &mut PgConnection, new: &NewSnapshot<'_>) -> sqlx::Result<Snapshot> {
    let is_first =
        !sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM screen_snapshots) AS "any!""#).fetch_one(&mut *conn).await?;
    let mut tx = conn.begin().await?;
    tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
    if is_first {
        // A writer that began before the first snapshot exists would not note what it changes.
        tx.execute("LOCK TABLE company_facts IN SHARE MODE").await?;
    }
    let orgnrs = passing(&mut tx, new.filter, new.known).await?;
    let version = data_version(&mut tx).await?;
    let hash = result_hash(new.filter_text, &orgnrs);
    let keys: Vec<i64> = orgnrs.iter().map(|orgnr| key(*orgnr)).collect();
    let row = sqlx::query!(
        "INSERT INTO screen_snapshots (name, filter_text, filter, data_version, seen, orgnrs, company_count, hash)
         VALUES ($1, $2, $3, $4, pg_current_snapshot(), $5, $6, $7) RETURNING id, created_at",
        new.name,
        new.filter_text,
        new.filter_json,
        version,
        &keys,
        i64::try_from(keys.len()).unwrap_or(i64::MAX),
        hash
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Snapshot {
        id: row.id,
        name: new.name.map(str::to_owned),
        filter_text: new.filter_text.to_owned(),
        filter: new.filter_json.clone(),
        data_version: version,
        company_count: i64::try_from(orgnrs.len()).unwrap_or(i64::MAX),
        hash,
        created_at: row.created_at,
    })
}

/// The version of the data that the transaction of `conn` sees: the last transaction that changed facts and below which
/// every other one is decided.
///
/// # Errors
/// When the database does not answer.
pub async fn data_version(conn: &mut PgConnection) -> sqlx::Result<String> {
    Ok(crate::universe::version::decided(conn).await?.to_string())
}

/// Newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection, limit: i64, offset: i64) -> sqlx::Result<(Vec<Snapshot>, i64)> {
    let items = sqlx::query_as!(
        Snapshot,
        "SELECT id, name, filter_text, filter, data_version, company_count, hash, created_at FROM screen_snapshots
         WHERE NOT is_baseline ORDER BY created_at DESC, id LIMIT $1 OFFSET $2",
        limit,
        offset
    )
    .fetch_all(&mut *conn)
    .await?;
    let total = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM screen_snapshots WHERE NOT is_baseline"#)
        .fetch_one(conn)
        .await?;
    Ok((items, total))
}

/// One snapshot and a page of its companies, ascending; `None` when there is none with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    conn: &mut PgConnection,
    id: Uuid,
    limit: i32,
    offset: i32,
) -> sqlx::Result<Option<(Snapshot, Vec<Orgnr>)>> {
    let row = sqlx::query!(
        r#"SELECT id, name, filter_text, filter, data_version, company_count, hash, created_at,
                  orgnrs[$2::integer + 1 : $2::integer + $3::integer] AS "page!" FROM screen_snapshots WHERE id = $1"#,
        id,
        offset,
        limit
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let orgnrs = row.page.into_iter().map(orgnr_of).collect::<sqlx::Result<Vec<_>>>()?;
        let snapshot = Snapshot {
            id: row.id,
            name: row.name,
            filter_text: row.filter_text,
            filter: row.filter,
            data_version: row.data_version,
            company_count: row.company_count,
            hash: row.hash,
            created_at: row.created_at,
        };
        Ok((snapshot, orgnrs))
    })
    .transpose()
}

/// Notes who froze a screen.
///
/// # Errors
/// When the database does not answer.
pub async fn set_owner(conn: &mut PgConnection, id: Uuid, owner: Uuid) -> sqlx::Result<()> {
    sqlx::query("UPDATE screen_snapshots SET owner_id = $2 WHERE id = $1").bind(id).bind(owner).execute(conn).await?;
    Ok(())
}

/// Who froze a screen; `Some(None)` when that was not kept, `None` when there is no such screen.
///
/// # Errors
/// When the database does not answer.
pub async fn owner(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Option<Uuid>>> {
    sqlx::query_scalar("SELECT owner_id FROM screen_snapshots WHERE id = $1").bind(id).fetch_optional(conn).await
}

/// Removes a snapshot and the history that no other snapshot needs; false when there was none.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let mut tx = conn.begin().await?;
    let done = sqlx::query!("DELETE FROM screen_snapshots WHERE id = $1", id).execute(&mut *tx).await?;
    sqlx::query!(
        "DELETE FROM company_facts_history AS h WHERE NOT EXISTS (
             SELECT FROM screen_snapshots AS s
             WHERE h.epoch > s.epoch OR h.epoch = s.epoch AND NOT pg_visible_in_snapshot(h.transaction, s.seen))"
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(done.rows_affected() == 1)
}

/// Runs the filter of a snapshot again, in one transaction, with facts then and now of at most `limit` companies that
/// entered and as many that left.
///
/// # Errors
/// When the database does not answer, or the snapshot is gone.
pub async fn compare(
    conn: &mut PgConnection,
    id: Uuid,
    filter: Where<'_>,
    filter_text: &str,
    limit: usize,
    known: Option<&Known>,
) -> sqlx::Result<Difference> {
    let mut tx = conn.begin().await?;
    tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    let now = passing(&mut tx, filter, known).await?;
    let then = sqlx::query_scalar!("SELECT orgnrs FROM screen_snapshots WHERE id = $1", id).fetch_one(&mut *tx).await?;
    let then: Vec<Orgnr> = then.into_iter().map(orgnr_of).collect::<sqlx::Result<_>>()?;
    // Both ascend.
    let entered: Vec<Orgnr> = now.iter().filter(|orgnr| then.binary_search(orgnr).is_err()).copied().collect();
    let left: Vec<Orgnr> = then.iter().filter(|orgnr| now.binary_search(orgnr).is_err()).copied().collect();
    let shown: Vec<i64> = entered.iter().take(limit).chain(left.iter().take(limit)).map(|orgnr| key(*orgnr)).collect();
    let present = crate::company_facts::read(&mut tx, &shown).await?;
    let mut changes: HashMap<Orgnr, (Option<CompanyFacts>, Option<CompanyFacts>)> = HashMap::new();
    for orgnr in &shown {
        changes.insert(orgnr_of(*orgnr)?, (None, None));
    }
    for facts in present {
        changes.insert(facts.orgnr, (Some(facts.clone()), Some(facts)));
    }
    let history = sqlx::query!(
        "SELECT h.orgnr, h.was FROM company_facts_history AS h JOIN screen_snapshots AS s ON s.id = $2
         WHERE h.orgnr = ANY($1)
           AND (h.epoch > s.epoch OR h.epoch = s.epoch AND NOT pg_visible_in_snapshot(h.transaction, s.seen))
         ORDER BY h.seq DESC",
        &shown,
        id
    )
    .fetch_all(&mut *tx)
    .await?;
    // From the present backwards: what each change replaced is put back.
    for entry in history {
        let orgnr = orgnr_of(entry.orgnr)?;
        let then = &mut changes.entry(orgnr).or_default().0;
        match entry.was {
            None => *then = None,
            Some(was) => {
                let facts =
                    then.get_or_insert_with(|| CompanyFacts { orgnr, values: vec![FactValue::Null; FIELDS.len()] });
                put_back(facts, &was);
            }
        }
    }
    let data_version = data_version(&mut tx).await?;
    tx.commit().await?;
    let total = u64::try_from(now.len()).unwrap_or(u64::MAX);
    Ok(Difference { total, hash: result_hash(filter_text, &now), data_version, entered, left, changes })
}

fn put_back(facts: &mut CompanyFacts, was: &Value) {
    for (field, value) in FIELDS.iter().zip(&mut facts.values) {
        if let Some(former) = was.get(field.key) {
            *value = from_json(field, former);
        }
    }
}

/// A value as `to_jsonb` writes it.
fn from_json(field: &Field, value: &Value) -> FactValue {
    let known = match field.kind {
        FieldKind::Amount | FieldKind::Integer => value.as_i64().map(FactValue::Integer),
        FieldKind::Ratio | FieldKind::Count => value.as_f64().map(FactValue::Real),
        FieldKind::Boolean => value.as_bool().map(FactValue::Boolean),
        FieldKind::Date => value.as_str().and_then(|day| day.parse::<NaiveDate>().ok()).map(FactValue::Date),
        FieldKind::Category | FieldKind::Text => value.as_str().map(|text| FactValue::Text(text.into())),
        FieldKind::Categories => value
            .as_array()
            .map(|codes| FactValue::Texts(codes.iter().filter_map(Value::as_str).map(Into::into).collect())),
    };
    known.unwrap_or(FactValue::Null)
}
