//! `lode admin token`: API tokens.

use std::process::ExitCode;

use chrono::Utc;
use clap::Subcommand;
use domain::access::Scope;
use store::api_tokens;
use uuid::Uuid;

use super::{Place, console, user};
use services::accounts::Caller;
use services::accounts::manage_token::{TokenRequest, create_token, revoke_token};

#[derive(Subcommand)]
pub enum Command {
    /// Make a token for a person and print it, this once
    Create {
        /// Whose: e-mail address or id
        #[arg(long)]
        user: String,
        /// What it is called
        #[arg(long)]
        name: String,
        /// read, write, export, run, import, admin; separated by commas
        #[arg(long, value_delimiter = ',', value_parser = scope, default_value = "read")]
        scopes: Vec<Scope>,
        /// Days until it ends; 0 for never
        #[arg(long, default_value_t = 90)]
        expires_in_days: u32,
    },
    /// List tokens that were not taken back
    List,
    /// Take a token back
    Revoke {
        /// Id of the token
        id: Uuid,
    },
}

fn scope(name: &str) -> Result<Scope, String> {
    Scope::from_name(name).ok_or_else(|| format!("there are {}", Scope::ALL.map(Scope::as_str).join(", ")))
}

pub async fn run(command: Command, place: &Place) -> anyhow::Result<ExitCode> {
    match command {
        Command::Create { user, name, scopes, expires_in_days } => {
            let owner = user::find(place, &user).await?;
            let expires_in_days = Some(expires_in_days).filter(|days| *days > 0);
            let request = TokenRequest { name, scopes, expires_in_days };
            let made = create_token(&place.db, owner.id, &request, &Caller::default(), None, Utc::now()).await?;
            console::progress(&format!("token {} of {}; it is shown this once", made.id, owner.email));
            console::say(&made.token);
        }
        Command::List => {
            for token in api_tokens::list(&mut *place.db.acquire().await?, None).await? {
                let scopes: Vec<_> = token.scopes.iter().map(|scope| scope.as_str()).collect();
                let day = |at: Option<chrono::DateTime<Utc>>| at.map_or("never".to_owned(), |at| at.to_rfc3339());
                console::say(&format!(
                    "{}\t{}\t{}…\t{}\t{}\texpires {}\tused {}",
                    token.id,
                    token.email,
                    token.hint,
                    token.name,
                    scopes.join(","),
                    day(token.expires_at),
                    day(token.last_used_at)
                ));
            }
        }
        Command::Revoke { id } => {
            let is_done = revoke_token(&place.db, None, id, None, &Caller::default(), None).await?;
            anyhow::ensure!(is_done, "there is no token {id}; lode admin token list shows them");
            console::say(&format!("token {id} works no more; running servers forget it within five seconds"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
