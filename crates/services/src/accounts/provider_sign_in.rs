//! Signs in by an identity provider, and adds and removes providers of one's own account.
//!
//! Who somebody is, is the provider's issuer and subject, never an address: addresses are given to others. An address counts once, when the
//! person comes for the first time: it leads to an invitation, or to a new account where its domain may have accounts. It never leads into
//! an account that somebody signs in to already; its person adds the provider while signed in.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Role;
use serde_json::json;
use store::account_identities::{self, IdentityDraft};
use store::accounts::{self, Account};
use store::sessions::Session;
use store::{PgConnection, PgPool, audit, sessions, sign_in_flows, users};
use uuid::Uuid;

pub use store::account_identities::AccountIdentity;

use super::invite_user::check_address;
use super::notice::{self, Notice};
use super::{Caller, Credentials, Issued, begin_session, credentials_changed};
use identity::Identity;
use identity::oidc::flow::Flow;
use identity::oidc::{Person, Provider, ProviderError, Returned};

/// Who changes how they sign in has proved who they are within this time.
const FRESH_MINUTES: i64 = 15;

/// Why nobody was signed in, or nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ProviderSignInError {
    /// The settings name no such provider.
    #[error("there is no sign-in by {0} here")]
    Unknown(String),
    /// The sign-in was not begun in this browser, was finished, or is over.
    #[error("this sign-in was not begun here, was finished already, or took too long; begin again")]
    Flow,
    /// The provider.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The provider tells no address, and nobody is known by its subject.
    #[error(
        "{0} told no e-mail address of you, and nobody here is known by you there; an administrator asks for the scope email"
    )]
    NoAddress(String),
    /// The provider did not make sure of the address.
    #[error("{0} has not made sure that your e-mail address is yours; confirm it there, then come again")]
    Unverified(String),
    /// Nobody with that address may have an account.
    #[error("you have no account here, and may not make one by {0}; an administrator invites you")]
    NotInvited(String),
    /// The settings ask the provider for a role, and it gives none.
    #[error("{0} gives you no role here; an administrator of it does")]
    NoRole(String),
    /// The address has an account that is signed in to otherwise.
    #[error("your address has an account that signs in in another way; sign in to it, and add {0} in its settings")]
    Taken(String),
    /// The person of the provider has another account, or the account another person of it.
    #[error("this account, or another one, is linked with {0} already; remove that first")]
    Linked(String),
    /// The account is kept out.
    #[error("your account is closed; an administrator opens it again")]
    Disabled,
    /// The person proved who they are too long ago.
    #[error("sign in again first")]
    Stale,
    /// There is no such identity.
    #[error("there is no such way to sign in")]
    NoIdentity,
    /// It is the only way in.
    #[error("this is the only way to sign in to the account; it stays")]
    OnlyWay,
    /// Something does not work.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<sqlx::Error> for ProviderSignInError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

use ProviderSignInError as Refused;

/// A sign-in that was begun.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Where the browser goes.
    pub url: String,
    /// What the browser keeps until it comes back.
    pub secret: String,
}

/// What the browser came back with.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// From which provider.
    pub provider: &'a str,
    /// What the browser kept.
    pub secret: &'a str,
    /// The state that came with the code.
    pub state: &'a str,
    /// The code.
    pub code: &'a str,
    /// The issuer, where the answer names it.
    pub issuer: Option<&'a str>,
}

/// Begins to sign in, or in a session of an account, to add the provider to it.
///
/// # Errors
/// See [`ProviderSignInError`].
pub async fn begin(
    db: &PgPool,
    identity: &Identity,
    provider: &str,
    session: Option<&Session>,
    now: DateTime<Utc>,
) -> Result<Begun, Refused> {
    let provider = find_provider(identity, provider)?;
    if let Some(session) = session {
        require_fresh(session, now)?;
    }
    let flow = Flow::begin();
    let url = provider.authorization_url(&flow).await?;
    let begun = sign_in_flows::Flow {
        provider: provider.settings.key.clone(),
        user: session.map(|session| session.user),
        session: session.map(|session| session.id),
    };
    let mut tx = db.begin().await?;
    sign_in_flows::insert(&mut tx, &flow.state_hash(), &begun).await?;
    tx.commit().await?;
    Ok(Begun { url, secret: flow.secret().to_owned() })
}

/// Begins a session of the person that the provider names.
///
/// # Errors
/// See [`ProviderSignInError`].
pub async fn finish(
    db: &PgPool,
    identity: &Identity,
    answer: Answer<'_>,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Issued, Refused> {
    let (provider, person) = redeem(db, identity, answer, None).await?;
    let mut tx = db.begin().await?;
    let account = match admit(&mut tx, identity, provider, &person, caller).await {
        Ok(account) => account,
        Err(refused) => {
            drop(tx);
            let event = caller.event("session.refuse", None);
            let mut tx = db.begin().await?;
            audit::record(&mut tx, &event.with(json!({ "provider": provider.settings.key }))).await?;
            tx.commit().await?;
            return Err(refused);
        }
    };
    let issued = begin_session(&mut tx, identity, account, "oidc", caller, now).await?;
    sessions::note_provider(&mut tx, issued.session, &provider.settings.key).await?;
    tx.commit().await?;
    // A role that the provider changed counts at once.
    identity.recheck_everybody();
    Ok(issued)
}

/// Adds the provider to the account of the session in which that was begun. Other sessions end, and one-time links are worth nothing.
///
/// # Errors
/// See [`ProviderSignInError`].
pub async fn link(
    db: &PgPool,
    identity: &Identity,
    session: &Session,
    answer: Answer<'_>,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (provider, person) = redeem(db, identity, answer, Some(session)).await?;
    let mut tx = db.begin().await?;
    insert(&mut tx, provider, &person, session.user).await?;
    credentials_changed(&mut tx, session.user, Credentials::KeepSession(session.id), "an identity provider was added")
        .await?;
    notice::tell(&mut tx, Some(identity), session.user, Notice::ProviderAdded, caller, now).await?;
    let event = caller.event("account.link_provider", Some(session.user)).about("user", session.user);
    audit::record(&mut tx, &event.with(json!({ "provider": provider.settings.key }))).await?;
    tx.commit().await?;
    identity.recheck_everybody();
    Ok(())
}

/// Takes a provider away from one's own account, unless nothing would be left to sign in with. Other sessions end.
///
/// # Errors
/// See [`ProviderSignInError`].
pub async fn unlink(
    db: &PgPool,
    identity: &Identity,
    session: &Session,
    id: Uuid,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    require_fresh(session, now)?;
    let mut tx = db.begin().await?;
    accounts::lock(&mut tx, session.user).await?;
    let linked = account_identities::of_user(&mut tx, session.user).await?;
    let account = accounts::find(&mut tx, session.user).await?.ok_or(Refused::NoIdentity)?;
    if linked.iter().all(|one| one.id != id) {
        return Err(Refused::NoIdentity);
    }
    if account.password_hash.is_none() && linked.len() == 1 {
        return Err(Refused::OnlyWay);
    }
    account_identities::delete(&mut tx, session.user, id).await?;
    credentials_changed(
        &mut tx,
        session.user,
        Credentials::KeepSession(session.id),
        "an identity provider was removed",
    )
    .await?;
    notice::tell(&mut tx, Some(identity), session.user, Notice::ProviderRemoved, caller, now).await?;
    let event = caller.event("account.unlink_provider", Some(session.user)).about("user", session.user);
    audit::record(&mut tx, &event.with(json!({ "identity": id }))).await?;
    tx.commit().await?;
    identity.recheck_everybody();
    Ok(())
}

/// The providers of an account.
///
/// # Errors
/// When the database does not answer.
pub async fn of_user(db: &PgPool, user: Uuid) -> crate::error::Result<Vec<AccountIdentity>> {
    Ok(account_identities::of_user(&mut *db.acquire().await?, user).await?)
}

/// Where a browser goes whose session has ended; `None` when nothing but this server knew of it.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out_url(
    db: &PgPool,
    identity: &Identity,
    session: Uuid,
    back_to: &str,
) -> crate::error::Result<Option<String>> {
    let began_by = sessions::provider(&mut *db.acquire().await?, session).await?;
    let provider = began_by.and_then(|key| identity.provider(&key));
    Ok(match provider {
        Some(provider) => provider.sign_out_url(back_to).await,
        None => None,
    })
}

/// Whom the provider names, for a sign-in that was begun in this browser, once.
async fn redeem<'a>(
    db: &PgPool,
    identity: &'a Identity,
    answer: Answer<'_>,
    session: Option<&Session>,
) -> Result<(&'a Provider, Person), Refused> {
    let provider = find_provider(identity, answer.provider)?;
    let flow = Flow::resume(answer.secret).filter(|flow| flow.state() == answer.state).ok_or(Refused::Flow)?;
    let mut tx = db.begin().await?;
    let begun = sign_in_flows::take(&mut tx, &flow.state_hash()).await?;
    tx.commit().await?;
    let is_ours = |begun: &sign_in_flows::Flow| {
        begun.provider == provider.settings.key && begun.session == session.map(|session| session.id)
    };
    begun.filter(is_ours).ok_or(Refused::Flow)?;
    let returned = Returned { code: answer.code, issuer: answer.issuer };
    Ok((provider, provider.redeem(&flow, returned).await?))
}

/// The account that the person of the provider may sign in to, made or linked where that may be.
async fn admit(
    tx: &mut PgConnection,
    identity: &Identity,
    provider: &Provider,
    person: &Person,
    caller: &Caller,
) -> Result<Account, Refused> {
    let (settings, name) = (&provider.settings, || provider.settings.name.clone());
    let given = person.role.or_else(|| settings.default_role.as_deref().and_then(Role::from_name));
    let user = match account_identities::find(tx, &settings.issuer, &person.subject).await? {
        Some((id, user)) => {
            account_identities::note_used(tx, id, person.email.as_deref()).await?;
            user
        }
        None => {
            let email = person.email.as_deref().filter(|email| check_address(email).is_ok());
            let email = email.ok_or_else(|| Refused::NoAddress(name()))?;
            if !person.is_verified {
                return Err(Refused::Unverified(name()));
            }
            let user = match accounts::find_by_email(tx, email).await? {
                Some(account) => join_invited(tx, provider, &account).await?,
                None => {
                    let role = given.filter(|_| identity.account_domains.name(email));
                    let role = role.ok_or_else(|| Refused::NotInvited(name()))?;
                    make_account(tx, provider, person, email, role, caller).await?
                }
            };
            insert(tx, provider, person, user).await?;
            let event = caller.event("account.link_provider", Some(user)).about("user", user);
            audit::record(tx, &event.with(json!({ "provider": settings.key }))).await?;
            user
        }
    };
    let account = accounts::find(tx, user).await?.ok_or_else(|| Refused::NotInvited(name()))?;
    if account.is_disabled {
        return Err(Refused::Disabled);
    }
    match (settings.role_claim.is_some(), given) {
        (true, None) => Err(Refused::NoRole(name())),
        (true, Some(role)) => Ok(follow_role(tx, account, role, caller).await?),
        (false, _) => Ok(account),
    }
}

/// An account that was invited and that nobody signed in to yet.
async fn join_invited(tx: &mut PgConnection, provider: &Provider, account: &Account) -> Result<Uuid, Refused> {
    if account.is_disabled {
        return Err(Refused::Disabled);
    }
    accounts::lock(tx, account.user).await?;
    // Read anew, now that nobody else takes the invitation up.
    let has_password = accounts::find(tx, account.user).await?.is_none_or(|account| account.password_hash.is_some());
    if has_password || !account_identities::of_user(tx, account.user).await?.is_empty() {
        return Err(Refused::Taken(provider.settings.name.clone()));
    }
    accounts::forget_links(tx, account.user).await?;
    Ok(account.user)
}

async fn make_account(
    tx: &mut PgConnection,
    provider: &Provider,
    person: &Person,
    email: &str,
    role: Role,
    caller: &Caller,
) -> Result<Uuid, Refused> {
    let name = person.name.as_deref().or_else(|| email.split('@').next()).unwrap_or(email);
    let made = accounts::insert(tx, email, name, role).await?;
    let user = made.ok_or_else(|| Refused::Taken(provider.settings.name.clone()))?;
    let event = caller.event("account.begin", Some(user)).about("user", user);
    audit::record(tx, &event.with(json!({ "provider": provider.settings.key, "role": role.as_str() }))).await?;
    Ok(user)
}

async fn insert(tx: &mut PgConnection, provider: &Provider, person: &Person, user: Uuid) -> Result<(), Refused> {
    let settings = &provider.settings;
    let draft = IdentityDraft {
        user,
        issuer: &settings.issuer,
        subject: &person.subject,
        provider: &settings.key,
        email: person.email.as_deref(),
    };
    let is_linked = account_identities::insert(tx, &draft).await?;
    if is_linked { Ok(()) } else { Err(Refused::Linked(settings.name.clone())) }
}

/// Gives the account the role that its provider says. The last administrator stays one: nobody could mend it then.
async fn follow_role(tx: &mut PgConnection, account: Account, role: Role, caller: &Caller) -> sqlx::Result<Account> {
    if account.role == role {
        return Ok(account);
    }
    if account.role == Role::Admin && users::other_admins(tx, account.user).await? == 0 {
        tracing::warn!("the provider's role of the last administrator is not followed");
        return Ok(account);
    }
    users::update(tx, account.user, role, &account.display_name).await?;
    let detail =
        json!({ "before": { "role": account.role.as_str() }, "after": { "role": role.as_str() }, "by": "provider" });
    audit::record(tx, &caller.event("user.change", None).about("user", account.user).with(detail)).await?;
    Ok(Account { role, ..account })
}

fn find_provider<'a>(identity: &'a Identity, key: &str) -> Result<&'a Provider, Refused> {
    // What was typed is told back no longer than a name is.
    identity.provider(key).ok_or_else(|| Refused::Unknown(key.chars().take(40).collect()))
}

/// Who has a second factor proved it a moment ago; who has none signed in a moment ago.
fn require_fresh(session: &Session, now: DateTime<Utc>) -> Result<(), Refused> {
    let proved_at = if session.has_second_factor { session.second_factor_at } else { Some(session.created_at) };
    let is_fresh = proved_at.is_some_and(|at| at > now - TimeDelta::minutes(FRESH_MINUTES));
    if is_fresh { Ok(()) } else { Err(Refused::Stale) }
}
