//! Looks after watched screens: finds what changed, sends the daily messages, makes the deliveries that wait.
//!
//! Each part may be cut off at any moment and run again: what was found is in Postgres, what was not sent waits there.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use store::sealing::Sealer;
use store::{PgPool, deliveries, monitors, notifications, snapshots};

use config::Config;
use outbound::mailer::Mailer;
use outbound::send::{Senders, send_due};
use outbound::webhook::Caller;
use services::monitors::check::{CheckError, Checked, check};
use services::monitors::digest;
use universe::sets::Sets;

/// Notifications that were read, and deliveries that ended, are kept this many days.
const KEPT_DAYS: i64 = 180;

/// What watched screens are looked after with.
#[derive(Clone)]
pub struct Watcher {
    /// Connections.
    pub db: PgPool,
    /// Resolves the lists that screens name.
    pub sets: Arc<Sets>,
    /// Calls webhooks and sends emails.
    pub senders: Senders,
    /// Address of the web app, for links.
    pub public_url: Option<String>,
}

/// What is called and by which mail server, as the settings say.
///
/// # Errors
/// When the mail server's settings or the key of secrets cannot be read, or TLS cannot be set up.
pub fn senders(config: &Config) -> anyhow::Result<Senders> {
    let mailer = match (&config.smtp_url, &config.smtp_from) {
        (Some(url), Some(from)) => Some(Mailer::new(url, from).map_err(anyhow::Error::msg)?),
        _ => None,
    };
    let sealer = Sealer::new(&config.sign_in.secret_keys(&config.data_dir)?);
    let public_url = config.public_url.clone();
    Ok(Senders { caller: Caller::new(config.webhook_allow_private)?, mailer, sealer, public_url })
}

impl Watcher {
    /// A watcher as the settings say.
    ///
    /// # Errors
    /// As [`senders`].
    pub fn new(db: &PgPool, config: &Config) -> anyhow::Result<Self> {
        let sets = Arc::new(Sets::new(db.clone()));
        Ok(Self { db: db.clone(), sets, senders: senders(config)?, public_url: config.public_url.clone() })
    }

    /// Checks every watched screen, unless an import is at work, whose half would be told of; returns how many changed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_screens(&self, now: DateTime<Utc>) -> sqlx::Result<usize> {
        let mut conn = self.db.acquire().await?;
        if monitors::is_import_running(&mut conn).await? {
            return Ok(0);
        }
        for orphan in monitors::orphaned_baselines(&mut conn).await? {
            snapshots::delete(&mut conn, orphan).await?;
        }
        let ids = monitors::active(&mut conn).await?;
        drop(conn);
        let mut changed = 0;
        for id in ids {
            match check(&self.db, &self.sets, id, self.public_url.as_deref(), now).await {
                Ok(Checked::Changed(change)) => {
                    changed += 1;
                    tracing::info!(monitor = %id, %change, "a watched screen changed");
                }
                Ok(_) => {}
                // The monitor says so to its owner; the others go on.
                Err(CheckError::Filter(reason)) => {
                    tracing::warn!(monitor = %id, reason, "a watched screen cannot be checked");
                }
                Err(CheckError::Database(error)) => return Err(error),
            }
        }
        Ok(changed)
    }

    /// Sends the daily messages and forgets what nobody asks for any more; returns how many changes were told of.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn send_digests(&self, now: DateTime<Utc>) -> sqlx::Result<usize> {
        let told = digest::send_digests(&self.db, self.public_url.as_deref()).await?;
        let before = now - TimeDelta::days(KEPT_DAYS);
        let mut conn = self.db.acquire().await?;
        notifications::forget_read(&mut conn, before).await?;
        deliveries::forget(&mut conn, before).await?;
        Ok(told)
    }

    /// Makes the deliveries that are due; returns how many were tried.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn send_messages(&self) -> sqlx::Result<usize> {
        send_due(&self.db, &self.senders, Utc::now).await
    }
}
