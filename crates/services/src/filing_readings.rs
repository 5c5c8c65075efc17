//! Filings that an older reader read.

use jobs::read_filings_again::ReadFilingsAgain;
use store::{PgPool, filing_readings};

use crate::error::Result;

/// Asks for a job that reads the filings again which a reader older than `reader_version` read; says how many there are. Nothing is asked
/// when there are none, and once when several processes ask.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_for_reading(db: &PgPool, reader_version: i32) -> Result<u64> {
    let mut tx = db.begin().await?;
    let outdated = filing_readings::outdated(&mut tx, reader_version).await?;
    if outdated > 0 {
        queue::enqueue(&mut tx, &ReadFilingsAgain { reader_version }).await?;
    }
    tx.commit().await?;
    Ok(u64::try_from(outdated).unwrap_or(0))
}
