//! The audit log: every write, export and AI call, in the transaction of what it tells about.
//!
//! [`record`] only inserts a row, so writers never wait for one another; [`seal`] later gives each row its place in the
//! chain of hashes, and [`verify`] finds what was changed, removed or put in since.

mod chain;
mod read;

pub use chain::{Fault, Verification, seal, verify};
pub use read::{Entry, Filter, actions, hash_at, page};

use std::net::IpAddr;

use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// Something that somebody did.
#[derive(Clone, Debug)]
pub struct Event {
    /// Who; `None` for the program itself or an unknown caller.
    pub actor: Option<Uuid>,
    /// Noun and verb: `list.create`, `universe.export`.
    pub action: &'static str,
    /// What it was done to: `list:<id>`.
    pub subject: Option<String>,
    /// The company, where it is about one.
    pub orgnr: Option<Orgnr>,
    /// What else matters later: counts, names before and after. Never a secret.
    pub detail: Value,
    /// Where the request came from.
    pub address: Option<IpAddr>,
    /// Id of the request, as in the log.
    pub request_id: Option<String>,
}

impl Event {
    /// An event of which only the action is known yet; set the other fields as they are.
    #[must_use]
    pub fn new(action: &'static str) -> Self {
        Self {
            actor: None,
            action,
            subject: None,
            orgnr: None,
            detail: Value::Object(serde_json::Map::new()),
            address: None,
            request_id: None,
        }
    }

    /// Says what it was done to, as `kind:id`.
    #[must_use]
    pub fn about(mut self, kind: &str, id: impl std::fmt::Display) -> Self {
        self.subject = Some(format!("{kind}:{id}"));
        self
    }

    /// Says which company it is about.
    #[must_use]
    pub fn of_company(mut self, orgnr: Orgnr) -> Self {
        self.orgnr = Some(orgnr);
        self
    }

    /// Adds what else matters later.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// Writes the event into the log; it commits or vanishes with the caller's transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn record(conn: &mut PgConnection, event: &Event) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO audit_log (actor, action, subject, orgnr, detail, address, request_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        event.actor,
        event.action,
        event.subject,
        event.orgnr.map(|orgnr| orgnr.number().cast_signed()),
        event.detail,
        event.address.map(|address| address.to_string()),
        event.request_id,
    )
    .execute(conn)
    .await?;
    Ok(())
}
