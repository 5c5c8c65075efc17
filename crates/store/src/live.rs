//! What has just changed of what people work on together, as the triggers of migration 221 tell it.

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use uuid::Uuid;

/// The channel of the triggers.
pub const CHANNEL: &str = "lode_live";

/// Kinds of things that people look at while others change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Cards and stages of the pipeline.
    Prospects,
    /// Notes on companies.
    Notes,
    /// Lists and what is on them.
    Lists,
    /// Labels and who carries them.
    Labels,
    /// Companies that nobody wants to see.
    Exclusions,
    /// Saved screens.
    Views,
    /// Watched screens and what changed in them.
    Monitors,
    /// Runs, their parts and what these found.
    Runs,
    /// Templates of analyses.
    Templates,
    /// Imports and how far they are.
    Imports,
    /// What one person is told.
    Notifications,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 11] = [
        Self::Prospects,
        Self::Notes,
        Self::Lists,
        Self::Labels,
        Self::Exclusions,
        Self::Views,
        Self::Monitors,
        Self::Runs,
        Self::Templates,
        Self::Imports,
        Self::Notifications,
    ];

    /// The name in payloads.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prospects => "prospects",
            Self::Notes => "notes",
            Self::Lists => "lists",
            Self::Labels => "labels",
            Self::Exclusions => "exclusions",
            Self::Views => "views",
            Self::Monitors => "monitors",
            Self::Runs => "runs",
            Self::Templates => "templates",
            Self::Imports => "imports",
            Self::Notifications => "notifications",
        }
    }
}

/// Something that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveChange {
    /// What.
    pub topic: Topic,
    /// Whose it is, where it is one person's alone.
    pub person: Option<Uuid>,
}

impl LiveChange {
    /// Reads a payload; `None` for one that this program does not know, such as a newer schema's.
    fn read(payload: &str) -> Option<Self> {
        let (topic, person) = payload.split_once(' ').map_or((payload, None), |(topic, id)| (topic, Some(id)));
        let topic = Topic::ALL.into_iter().find(|known| known.as_str() == topic)?;
        let person = person.map(str::parse).transpose().ok()?;
        Some(Self { topic, person })
    }
}

/// What the database told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something changed.
    Change(LiveChange),
    /// The connection was lost and made anew: anything may have changed meanwhile.
    Gap,
}

/// A connection that receives changes.
pub struct LiveListener(PgListener);

impl LiveListener {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(pool: &PgPool) -> sqlx::Result<Self> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Self(listener))
    }

    /// Returns at the next notice.
    ///
    /// # Errors
    /// When the connection cannot be made anew.
    pub async fn wait(&mut self) -> sqlx::Result<Notice> {
        loop {
            let Some(received) = self.0.try_recv().await? else { return Ok(Notice::Gap) };
            if let Some(change) = LiveChange::read(received.payload()) {
                return Ok(Notice::Change(change));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_a_topic_and_perhaps_a_person_and_anything_else_is_passed_over() {
        let person = Uuid::from_u128(7);
        for topic in Topic::ALL {
            assert_eq!(LiveChange::read(topic.as_str()), Some(LiveChange { topic, person: None }));
            let own = format!("{} {person}", topic.as_str());
            assert_eq!(LiveChange::read(&own), Some(LiveChange { topic, person: Some(person) }));
        }
        for strange in ["", " ", "memos", "lists ", "lists x", "Lists"] {
            assert_eq!(LiveChange::read(strange), None, "{strange:?}");
        }
    }
}
