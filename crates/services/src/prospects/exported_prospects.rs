//! Tells on the companies' pages that their prospects were exported: of the team's to everyone, of one's own to oneself.

use domain::access::Visibility;
use domain::orgnr::Orgnr;
use serde_json::json;
use store::companies::orgnr_of;
use store::prospects::cards::Card;
use store::{PgConnection, activity};
use uuid::Uuid;

/// The companies of an export of prospects, by who may know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportedProspects {
    team: Vec<Orgnr>,
    private: Vec<Orgnr>,
}

impl ExportedProspects {
    /// The companies of these prospects.
    #[must_use]
    pub fn of(cards: &[Card]) -> Self {
        let mut all = Self::default();
        for card in cards {
            let Ok(orgnr) = orgnr_of(card.orgnr) else { continue };
            match Visibility::from_name(&card.scope) {
                Some(Visibility::Team) => all.team.push(orgnr),
                _ => all.private.push(orgnr),
            }
        }
        all
    }

    /// Records it, in the transaction that hands the file over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn record(&self, conn: &mut PgConnection, actor: Uuid) -> sqlx::Result<()> {
        let entry = |orgnrs| activity::Entry {
            actor: Some(actor),
            kind: "company.exported",
            orgnrs,
            detail: json!({ "what": "prospects", "count": orgnrs.len() }),
        };
        activity::record(conn, &entry(&self.team)).await?;
        activity::record_private(conn, &entry(&self.private)).await
    }
}
