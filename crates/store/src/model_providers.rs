//! What providers of models were seen to be able to do.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;

/// The last look at a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Probed {
    /// Its name in the settings.
    pub name: String,
    /// Its address as it was then, without credentials.
    pub base_url: String,
    /// Its model as it was then.
    pub model: String,
    /// As `llm::Abilities`; absent where it could not be asked.
    pub abilities: Option<Value>,
    /// Why it could not be asked.
    pub error: Option<String>,
    /// When.
    pub probed_at: DateTime<Utc>,
}

/// Every provider that was ever looked at.
///
/// # Errors
/// When the database does not answer.
pub async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<Probed>> {
    sqlx::query_as!(
        Probed,
        "SELECT name, base_url, model, abilities, error, probed_at FROM model_providers ORDER BY name"
    )
    .fetch_all(conn)
    .await
}

/// Keeps a look in the place of the one before it.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(conn: &mut PgConnection, probed: &Probed) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO model_providers (name, base_url, model, abilities, error, probed_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (name) DO UPDATE SET base_url = EXCLUDED.base_url, model = EXCLUDED.model, abilities = EXCLUDED.abilities,
             error = EXCLUDED.error, probed_at = EXCLUDED.probed_at",
        probed.name,
        probed.base_url,
        probed.model,
        probed.abilities,
        probed.error,
        probed.probed_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}
