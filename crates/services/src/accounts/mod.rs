//! Built-in accounts: signing in and out, invitations, passwords; and API tokens of everybody. One file per action.

pub mod accept_link;
pub mod ask_recovery;
pub mod change_password;
pub mod cookie_session;
pub mod invite_user;
mod mailed_link;
pub mod manage_token;
pub mod manage_user;
mod notice;
pub mod provider_sign_in;
pub mod refresh_session;
pub mod second_factor;
pub mod sign_in;

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use store::accounts::Account;
use store::audit::Event;
use store::second_factors::{self, Factor};
use store::sessions::{self, Session, SessionDraft};
use store::{PgConnection, audit};
use uuid::Uuid;

pub use store::accounts::LinkKind;

use self::notice::Notice;
use identity::access_token::{EVERYTHING, Holder};
use identity::{Identity, secret};

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
    /// How long the access token is good.
    pub expires_in: std::time::Duration,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
    /// Whose.
    pub account: Account,
    /// The session.
    pub session: Uuid,
    /// The person's second factors.
    pub factors: Vec<Factor>,
    /// Whether a second factor was proved in the session.
    pub has_second_factor_proof: bool,
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
        expires_at: now + whole_seconds(identity.session_limits.absolute_seconds),
    };
    let is_new_place = sessions::is_new_place(conn, account.user, draft.address.as_deref(), draft.user_agent).await?;
    let session = sessions::insert(conn, &draft, &secret::digest(&refresh_token)).await?;
    if is_new_place {
        notice::tell(conn, Some(identity), account.user, Notice::NewSignIn, caller, now).await?;
    }
    let event = caller.event("session.begin", Some(account.user)).about("session", session);
    audit::record(conn, &event.with(serde_json::json!({ "method": method }))).await?;
    let has_second_factor =
        second_factors::of_user(conn, account.user).await?.iter().any(|one| one.confirmed_at.is_some());
    let session = Session {
        id: session,
        user: account.user,
        email: account.email.clone(),
        role: account.role,
        method: method.to_owned(),
        created_at: now,
        second_factor_at: None,
        has_second_factor,
    };
    issue(conn, identity, account, &session, refresh_token, now).await
}

/// Whose access token it is, of which session, and for what.
fn holder<'a>(account: &'a Account, session: &'a Session, audience: &'static str) -> Holder<'a> {
    Holder {
        user: account.user,
        session: session.id,
        email: &account.email,
        display_name: &account.display_name,
        role: account.role,
        method: &session.method,
        since: session.created_at,
        second_factor_at: session.second_factor_at,
        audience,
    }
}

async fn issue(
    conn: &mut PgConnection,
    identity: &Identity,
    account: Account,
    session: &Session,
    refresh_token: String,
    now: DateTime<Utc>,
) -> anyhow::Result<Issued> {
    let holder = holder(&account, session, EVERYTHING);
    let access_token = identity.access_tokens.sign(conn, &holder, now).await?;
    let expires_in = identity.access_tokens.lifetime();
    let factors = second_factors::of_user(conn, account.user).await?;
    Ok(Issued {
        access_token,
        refresh_token,
        expires_in,
        expires_at: now + expires_in,
        account,
        session: session.id,
        factors,
        has_second_factor_proof: session.second_factor_at.is_some(),
    })
}

/// What becomes of a person's sessions when what they prove themselves with changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Credentials {
    /// All but this one end.
    KeepSession(Uuid),
    /// All end.
    EndAll,
}

/// What follows every change of what a person proves themselves with: their one-time links are worth nothing, and sessions that began with
/// what was before end.
async fn credentials_changed(
    conn: &mut PgConnection,
    user: Uuid,
    sessions: Credentials,
    because: &str,
) -> sqlx::Result<()> {
    store::accounts::forget_links(conn, user).await?;
    let kept = match sessions {
        Credentials::KeepSession(session) => Some(session),
        Credentials::EndAll => None,
    };
    store::sessions::revoke_all(conn, user, kept, because).await?;
    Ok(())
}

#[allow(clippy::cast_possible_truncation, reason = "settings allow 90 days at most")]
fn whole_seconds(seconds: f64) -> TimeDelta {
    TimeDelta::seconds(seconds as i64)
}
