//! The chain of hashes over the audit log: each sealed row carries SHA-256 of the hash before it and of its own content.
//!
//! Whoever can write to the database can also compute hashes. The chain therefore proves what it can only together with a
//! hash kept elsewhere: [`Verification::head`] is meant to be noted outside, e.g. in the log of every nightly check.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

/// Rows that are sealed or checked at once.
const BATCH: i64 = 2000;
const START: [u8; 32] = [0; 32];
/// Why nothing is sealed any more, until a person has looked: going on would hide what was cut off.
const END_REMOVED: &str = "the end of the audit log's chain was removed from audit_chain_end; nothing is sealed until it is restored: compare `lode admin \
     audit verify` with a head that was noted elsewhere";

/// What is wrong at one place of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Place in the chain, from 1.
    pub position: i64,
    /// The row's number, where there is a row.
    pub id: Option<i64>,
    /// One sentence.
    pub what: String,
}

/// What [`verify`] found; the log is whole when `faults` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Sealed rows that were checked.
    pub checked: i64,
    /// Rows that wait for their seal.
    pub unsealed: i64,
    /// Position and hash (hex) of the last sealed row: keep them outside to notice a chain that was made anew.
    pub head: (i64, String),
    /// In the order of the chain, at most [`Verification::MAX_FAULTS`].
    pub faults: Vec<Fault>,
}

impl Verification {
    /// More faults than this are not listed one by one.
    pub const MAX_FAULTS: usize = 100;

    fn fault(&mut self, position: i64, id: Option<i64>, what: impl Into<String>) {
        if self.faults.len() < Self::MAX_FAULTS {
            self.faults.push(Fault { position, id, what: what.into() });
        }
    }
}

/// A row's content, as it is hashed.
struct Content {
    id: i64,
    at: DateTime<Utc>,
    actor: Option<Uuid>,
    action: String,
    subject: Option<String>,
    orgnr: Option<i64>,
    detail: String,
    address: Option<String>,
    request_id: Option<String>,
}

impl Content {
    /// SHA-256 of the previous hash, the position and every column, each with its length, so that no two rows look alike.
    fn hash(&self, previous: &[u8], position: i64) -> Vec<u8> {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        let mut add = |value: Option<&[u8]>| match value {
            None => hasher.update([0]),
            Some(bytes) => {
                hasher.update([1]);
                hasher.update((bytes.len() as u64).to_be_bytes());
                hasher.update(bytes);
            }
        };
        add(Some(&position.to_be_bytes()));
        add(Some(&self.id.to_be_bytes()));
        add(Some(&self.at.timestamp_micros().to_be_bytes()));
        add(self.actor.as_ref().map(|actor| &actor.as_bytes()[..]));
        add(Some(self.action.as_bytes()));
        add(self.subject.as_deref().map(str::as_bytes));
        add(self.orgnr.map(i64::to_be_bytes).as_ref().map(|bytes| &bytes[..]));
        add(Some(self.detail.as_bytes()));
        add(self.address.as_deref().map(str::as_bytes));
        add(self.request_id.as_deref().map(str::as_bytes));
        hasher.finalize().to_vec()
    }
}

/// Gives every committed row that has none yet its place in the chain, in a transaction of its own per batch, and returns
/// how many. Rows commit in any order; each takes its place when it is first seen, so nobody waits for anybody.
///
/// # Errors
/// When the database does not answer, or another process seals for longer than the lock timeout.
pub async fn seal(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let mut sealed = 0;
    loop {
        let mut tx = conn.begin().await?;
        // The end's row is locked first: the snapshot that reads the rows is then newer than the last sealer's commit.
        let end =
            sqlx::query!("SELECT position, hash FROM audit_chain_end FOR UPDATE").fetch_optional(&mut *tx).await?;
        let Some(end) = end else { return Err(sqlx::Error::Protocol(END_REMOVED.to_owned())) };
        let rows = sqlx::query_as!(
            Content,
            r#"SELECT id, at, actor, action, subject, orgnr, detail::text AS "detail!", address, request_id
               FROM audit_log WHERE position IS NULL ORDER BY id LIMIT $1"#,
            BATCH
        )
        .fetch_all(&mut *tx)
        .await?;
        let (mut position, mut previous) = (end.position, end.hash);
        let (mut ids, mut positions, mut befores, mut hashes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in &rows {
            position += 1;
            let hash = row.hash(&previous, position);
            ids.push(row.id);
            positions.push(position);
            befores.push(std::mem::replace(&mut previous, hash.clone()));
            hashes.push(hash);
        }
        if rows.is_empty() {
            return Ok(sealed);
        }
        sqlx::query!(
            "UPDATE audit_log SET position = s.position, previous_hash = s.before, hash = s.hash
             FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[]) AS s (id, position, before, hash)
             WHERE audit_log.id = s.id",
            &ids,
            &positions,
            &befores,
            &hashes
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!("UPDATE audit_chain_end SET position = $1, hash = $2", position, previous)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        sealed += rows.len() as u64;
        if (rows.len() as i64) < BATCH {
            return Ok(sealed);
        }
    }
}

/// Reads the whole chain in one snapshot and says what does not fit.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(conn: &mut PgConnection) -> sqlx::Result<Verification> {
    let mut tx = conn.begin().await?;
    sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").execute(&mut *tx).await?;
    let end = sqlx::query!("SELECT position, hash FROM audit_chain_end").fetch_optional(&mut *tx).await?;
    let unsealed = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM audit_log WHERE position IS NULL"#)
        .fetch_one(&mut *tx)
        .await?;
    let mut found = Verification { unsealed, ..Verification::default() };
    let (mut position, mut previous) = (0, START.to_vec());
    loop {
        let rows = sqlx::query!(
            r#"SELECT id, at, actor, action, subject, orgnr, detail::text AS "detail!", address, request_id,
                      position AS "position!", previous_hash AS "previous_hash!", hash AS "hash!"
               FROM audit_log WHERE position > $1 ORDER BY position LIMIT $2"#,
            position,
            BATCH
        )
        .fetch_all(&mut *tx)
        .await?;
        let is_last = (rows.len() as i64) < BATCH;
        for row in rows {
            let expected = position + 1;
            if row.position != expected {
                let last = row.position - 1;
                let what = if last == expected {
                    format!("the row at position {expected} was removed")
                } else {
                    format!("the rows at positions {expected} to {last} were removed")
                };
                found.fault(expected, None, what);
            } else if row.previous_hash != previous {
                found.fault(row.position, Some(row.id), "this row does not continue the one before it");
            }
            let content = Content {
                id: row.id,
                at: row.at,
                actor: row.actor,
                action: row.action,
                subject: row.subject,
                orgnr: row.orgnr,
                detail: row.detail,
                address: row.address,
                request_id: row.request_id,
            };
            if content.hash(&row.previous_hash, row.position) != row.hash {
                found.fault(row.position, Some(row.id), format!("row {} was changed after it was sealed", row.id));
            }
            found.checked += 1;
            position = row.position;
            previous = row.hash;
        }
        if is_last {
            break;
        }
    }
    match end {
        None => found.fault(position, None, "the end of the chain was removed"),
        Some(end) if end.position > position => found.fault(
            position + 1,
            None,
            format!("the chain was cut off: it had {} rows, {position} are left", end.position),
        ),
        Some(end) if end.position < position => {
            found.fault(end.position + 1, None, format!("rows after position {} were put in", end.position));
        }
        Some(end) if end.hash != previous => {
            found.fault(position, None, "the last row is not the one that was sealed last");
        }
        Some(_) => {}
    }
    tx.rollback().await?;
    found.head = (position, hex::encode(previous));
    Ok(found)
}
