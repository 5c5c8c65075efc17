//! `lode admin`: people, API tokens, signing keys and the audit log, for whoever runs the machine.

mod audit;
mod token;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use store::PgPool;
use store::pool::{PoolSettings, connect};
use store::sealing::Sealer;

use super::console;
use config::{AccountDomains, Config};
use identity::secret;

/// What to do. The database is DATABASE_URL's, else that of the installation that runs on the data directory.
#[derive(clap::Args)]
pub struct Arguments {
    /// Data directory of a running installation
    #[arg(long, global = true)]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// People: add, list, role, disable, enable, invite, reset-password, reset-second-factor
    #[command(subcommand)]
    User(user::Command),
    /// API tokens: create, list, revoke
    #[command(subcommand)]
    Token(token::Command),
    /// Audit log: verify, export
    #[command(subcommand)]
    Audit(audit::Command),
    /// Sign access tokens with a new key from now on; those of the old one work for their last hour
    RotateKeys,
    /// Seal every secret in the database (signing keys, webhooks, second factors) with the present LODE_SECRET_KEY
    SealSecrets,
}

/// Where commands work.
pub(super) struct Place {
    db: PgPool,
    /// The web app's origin, where it is known.
    origin: String,
    /// Seals and opens secrets.
    sealer: Sealer,
    /// Whose addresses may have an account.
    account_domains: AccountDomains,
}

/// Runs one command. Exit status 2: the audit log was tampered with.
///
/// # Errors
/// When the database cannot be found or reached, or the command cannot be carried out; with the reason.
pub async fn run(arguments: Arguments, config: Config) -> anyhow::Result<ExitCode> {
    super::logging::start(&config, true);
    let place = find(arguments.data_dir, &config).await?;
    match arguments.command {
        Command::User(command) => user::run(command, &place).await,
        Command::Token(command) => token::run(command, &place).await,
        Command::Audit(command) => audit::run(command, &place).await,
        Command::RotateKeys => {
            let mut tx = place.db.begin().await?;
            store::signing_keys::rotate(&mut tx, &place.sealer, &secret::random_bytes()).await?;
            store::audit::record(&mut tx, &store::audit::Event::new("keys.rotate")).await?;
            tx.commit().await?;
            console::say("access tokens are signed with a new key; running servers follow within an hour");
            Ok(ExitCode::SUCCESS)
        }
        Command::SealSecrets => {
            anyhow::ensure!(
                place.sealer.has_key(),
                "there is no key to seal with: set LODE_SECRET_KEY or LODE_SECRET_KEY_FILE (openssl rand -hex 32)"
            );
            let mut tx = place.db.begin().await?;
            let count = store::sealing::seal_all(&mut tx, &place.sealer).await?;
            let detail = serde_json::json!({ "count": count });
            store::audit::record(&mut tx, &store::audit::Event::new("keys.seal").with(detail)).await?;
            tx.commit().await?;
            console::say(&format!(
                "{count} secrets are sealed with the present key; LODE_SECRET_KEY_PREVIOUS is not needed any more"
            ));
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn find(data_dir: Option<PathBuf>, config: &Config) -> anyhow::Result<Place> {
    let data_dir = data_dir.unwrap_or_else(|| config.data_dir.clone());
    let running = embedded::running::find(&data_dir);
    let url = match (&config.database_url, &running) {
        (Some(url), _) => url.clone(),
        (None, Some(running)) => running.database_url.clone(),
        (None, None) => anyhow::bail!(
            "DATABASE_URL is not set, and nothing runs on {}; start it with lode up, or name another --data-dir",
            data_dir.display()
        ),
    };
    let origin = config.public_url.clone().or_else(|| running.and_then(|running| running.http_url)).unwrap_or_default();
    let settings = PoolSettings { max_connections: 2, ..PoolSettings::serving(&url) };
    let db = connect(&settings.named("lode admin")).await.context("the database cannot be reached")?;
    let sealer = Sealer::new(&config.sign_in.secret_keys(&data_dir)?);
    Ok(Place { db, origin, sealer, account_domains: config.sign_in.account_domains.clone() })
}
