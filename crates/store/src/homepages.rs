//! Where companies' websites are, and what proves that they are theirs.

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;

use crate::companies::{key, orgnr_of};

/// What is known of a company's homepage.
#[derive(Clone, Debug, PartialEq)]
pub struct Homepage {
    /// The company.
    pub orgnr: Orgnr,
    /// `verified`, `unverified` or `none`.
    pub status: String,
    /// The address; `None` when no candidate answered.
    pub url: Option<String>,
    /// `orgnr`, `address` or `register`, where it is verified.
    pub proof: Option<String>,
    /// The words that prove it.
    pub proof_quote: Option<String>,
    /// The page they stand on.
    pub proof_url: Option<String>,
    /// What was tried: `[{"url", "source", "outcome", "detail"}]`, the outcome in one word.
    pub candidates: Value,
    /// When.
    pub checked_at: DateTime<Utc>,
}

impl Homepage {
    /// Whether it is proved to be the company's.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.status == "verified"
    }
}

/// What is known of the company's homepage; `None` when nobody looked.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, orgnr: Orgnr) -> sqlx::Result<Option<Homepage>> {
    let row = sqlx::query!(
        "SELECT orgnr, status, url, proof, proof_quote, proof_url, candidates, checked_at FROM homepages WHERE orgnr = $1",
        key(orgnr)
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Homepage {
            orgnr: orgnr_of(row.orgnr)?,
            status: row.status,
            url: row.url,
            proof: row.proof,
            proof_quote: row.proof_quote,
            proof_url: row.proof_url,
            candidates: row.candidates,
            checked_at: row.checked_at,
        })
    })
    .transpose()
}

/// Keeps what was found out, unless something newer is kept already. A verified homepage is not replaced by a visit that proved
/// nothing: a site may be down for a day.
///
/// # Errors
/// When the company does not exist, or the database does not answer.
pub async fn keep(conn: &mut PgConnection, homepage: &Homepage) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO homepages AS kept (orgnr, status, url, proof, proof_quote, proof_url, candidates, checked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (orgnr) DO UPDATE SET
             status = EXCLUDED.status, url = EXCLUDED.url, proof = EXCLUDED.proof, proof_quote = EXCLUDED.proof_quote,
             proof_url = EXCLUDED.proof_url, candidates = EXCLUDED.candidates, checked_at = EXCLUDED.checked_at
         WHERE (kept.status <> 'verified' OR EXCLUDED.status = 'verified') AND kept.checked_at <= EXCLUDED.checked_at",
        key(homepage.orgnr),
        homepage.status,
        homepage.url,
        homepage.proof,
        homepage.proof_quote,
        homepage.proof_url,
        homepage.candidates,
        homepage.checked_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}
