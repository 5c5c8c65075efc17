//! What is said of a company by rules or by a model, and how it came about.

mod ask;
mod by_rules;
mod company_report;
mod dossier;
mod preview;
pub mod results;
mod trace;

pub use ask::{AskError, Question, Written, write};
pub use by_rules::{Rules, by_rules};
pub use company_report::company_report;
pub use dossier::{MadeDossier, read_text, room_for};
pub use preview::{Cost, Preview, cost_of, preview};
pub use trace::{Trace, TracedCall, trace};

/// The dossier of a company, as large as a provider's window allows.
///
/// # Errors
/// When the database or the artifact store does not answer.
pub async fn dossier_of(
    db: &store::PgPool,
    artifacts: &artifacts::Artifacts,
    orgnr: domain::orgnr::Orgnr,
    most_bytes: usize,
) -> anyhow::Result<MadeDossier> {
    dossier::make(db, artifacts, orgnr, most_bytes).await
}
