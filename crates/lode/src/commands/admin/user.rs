//! `lode admin user`: people and their roles.

use std::process::ExitCode;

use anyhow::Context;
use chrono::Utc;
use clap::Subcommand;
use domain::access::Role;
use store::users::{self, User};
use uuid::Uuid;

use super::{Place, console};
use services::accounts::Caller;
use services::accounts::invite_user::{Invitation, Link, invite_user, renew_link};
use services::accounts::manage_user::{UserChange, manage_user};
use services::accounts::second_factor::reset;

#[derive(Subcommand)]
pub enum Command {
    /// Make an account and print its one-time link
    Add {
        /// E-mail address
        email: String,
        /// viewer, analyst, partner or admin
        #[arg(long, default_value = "viewer", value_parser = role)]
        role: Role,
        /// Name that colleagues see
        #[arg(long)]
        name: Option<String>,
    },
    /// List everybody
    List,
    /// Change a person's role
    Role {
        /// E-mail address or id
        user: String,
        /// viewer, analyst, partner or admin
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Keep a person out and end their sessions
    Disable {
        /// E-mail address or id
        user: String,
    },
    /// Let a person in again
    Enable {
        /// E-mail address or id
        user: String,
    },
    /// Print a new invitation for a person who has not chosen a password
    Invite {
        /// E-mail address or id
        user: String,
    },
    /// Print a one-time link to choose a new password
    ResetPassword {
        /// E-mail address or id
        user: String,
    },
    /// Take away every second factor of a person who lost theirs, and end their sessions
    ResetSecondFactor {
        /// E-mail address or id
        user: String,
    },
}

fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| "there are viewer, analyst, partner and admin".to_owned())
}

pub async fn run(command: Command, place: &Place) -> anyhow::Result<ExitCode> {
    match command {
        Command::Add { email, role, name } => {
            let caller = Caller::default();
            let invitation =
                Invitation { email: &email, display_name: name.as_deref(), role, domains: &place.account_domains };
            let link = invite_user(&place.db, &invitation, &caller, None, Utc::now()).await?;
            show(&link, place);
        }
        Command::List => {
            for user in users::all(&mut *place.db.acquire().await?).await? {
                let seen = user.last_seen_at.map_or_else(|| "never".to_owned(), |at| at.to_rfc3339());
                let state = if user.disabled_at.is_some() { "disabled" } else { "active" };
                let (role, origin) = (user.role.as_str(), user.origin.as_str());
                console::say(&format!("{}\t{}\t{role}\t{origin}\t{state}\tseen {seen}", user.id, user.email));
            }
        }
        Command::Role { user, role } => {
            change(place, &user, UserChange { role: Some(role), ..UserChange::default() }).await?;
        }
        Command::Disable { user } => {
            change(place, &user, UserChange { disabled: Some(true), ..UserChange::default() }).await?;
        }
        Command::Enable { user } => {
            change(place, &user, UserChange { disabled: Some(false), ..UserChange::default() }).await?;
        }
        Command::Invite { user } | Command::ResetPassword { user } => {
            let found = find(place, &user).await?;
            let link = renew_link(&place.db, found.id, &Caller::default(), None, Utc::now()).await?;
            show(&link.with_context(|| format!("{} has no account here", found.email))?, place);
        }
        Command::ResetSecondFactor { user } => {
            let found = find(place, &user).await?;
            let removed = reset(&place.db, None, found.id, &Caller::default(), None, Utc::now()).await?;
            let removed = removed.with_context(|| format!("{} has no account here", found.email))?;
            console::say(&format!("{}: {removed} second factors were taken away; sessions have ended", found.email));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn change(place: &Place, user: &str, change: UserChange) -> anyhow::Result<()> {
    let found = find(place, user).await?;
    let after = manage_user(&place.db, None, found.id, &change, &Caller::default(), None).await?;
    let state = if after.disabled_at.is_some() { "disabled" } else { "active" };
    console::say(&format!("{}: {}, {state}", after.email, after.role.as_str()));
    Ok(())
}

/// The person with this address or id.
pub async fn find(place: &Place, user: &str) -> anyhow::Result<User> {
    let everybody = users::all(&mut *place.db.acquire().await?).await?;
    let id = user.parse::<Uuid>().ok();
    let mut found =
        everybody.into_iter().filter(|person| id == Some(person.id) || person.email.eq_ignore_ascii_case(user));
    let first = found.next().with_context(|| format!("there is no user {user}; lode admin user list shows them"))?;
    anyhow::ensure!(found.next().is_none(), "{user} stands for more than one person; name the id");
    Ok(first)
}

fn show(link: &Link, place: &Place) {
    let kind = link.kind.as_str();
    console::progress(&format!("one-time link ({kind}), good until {}", link.expires_at.format("%Y-%m-%d %H:%M UTC")));
    if place.origin.is_empty() {
        console::progress("put the web app's address in front; LODE_PUBLIC_URL does it for you");
    }
    console::say(&format!("{}{}", place.origin, link.path()));
}
