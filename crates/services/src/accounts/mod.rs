//! Built-in accounts: signing in and out, invitations, passwords; and API tokens of everybody. One file per action.

pub mod accept_link;
pub mod ask_recovery;
pub mod change_password;
pub mod invite_user;
pub mod manage_token;
pub mod manage_user;
pub mod refresh_session;
pub mod sign_in;

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use store::accounts::Account;
use store::audit::Event;
use store::sessions::{self, SessionDraft};
use store::{PgConnection, audit};
use uuid::Uuid;

use identity::access_token::{Holder, LIFETIME};
use identity::{Identity, secret};

/// A session ends after this time, however often it is renewed.
const SESSION_DAYS: i64 = 90;
/// A session that is not renewed for so long ends.
pub const IDLE_DAYS: i64 = 14;

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// Network address.
    pub address: Option<IpAddr>,
    /// Name of the program.
    pub user_agent: Option<String>,
    /// Id of the request.
    pub request_id: Option<String>,
}

impl Caller {
    /// An event of the audit log from there.
    #[must_use]
    pub fn event(&self, action: &'static str, actor: Option<Uuid>) -> Event {
        Event { actor, address: self.address, request_id: self.request_id.clone(), ..Event::new(action) }
    }
}

/// What somebody gets who signed in or renewed a session.
#[derive(Clone, Debug)]
pub struct Issued {
    /// JWT, good until `expires_at`.
    pub access_token: String,
    /// Buys the next pair, once.
    pub refresh_token: String,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
    /// Whose.
    pub account: Account,
    /// The session.
    pub session: Uuid,
}

/// Begins a session and writes it into the audit log.
async fn begin_session(
    conn: &mut PgConnection,
    identity: &Identity,
    account: Account,
    method: &'static str,
    caller: &Caller,
    now: DateTime<Utc>,
) -> anyhow::Result<Issued> {
    let refresh_token = secret::random_text();
    let draft = SessionDraft {
        user: account.user,
        method,
        address: caller.address.map(|address| address.to_string()),
        user_agent: caller.user_agent.as_deref(),
        expires_at: now + TimeDelta::days(SESSION_DAYS),
    };
    let session = sessions::insert(conn, &draft, &secret::digest(&refresh_token)).await?;
    let event = caller.event("session.begin", Some(account.user)).about("session", session);
    audit::record(conn, &event.with(serde_json::json!({ "method": method }))).await?;
    issue(conn, identity, account, session, method, now, refresh_token, now).await
}

#[allow(clippy::too_many_arguments, reason = "every part of the pair, from two callers")]
async fn issue(
    conn: &mut PgConnection,
    identity: &Identity,
    account: Account,
    session: Uuid,
    method: &str,
    since: DateTime<Utc>,
    refresh_token: String,
    now: DateTime<Utc>,
) -> anyhow::Result<Issued> {
    let holder = Holder {
        user: account.user,
        session,
        email: &account.email,
        display_name: &account.display_name,
        role: account.role,
        method,
        since,
    };
    let access_token = identity.access_tokens.sign(conn, &holder, now).await?;
    Ok(Issued { access_token, refresh_token, expires_at: now + LIFETIME, account, session })
}
