//! Tells people by email what happened to their account: who did not do it themselves learns of it. Nothing secret stands in it, and no link
//! that could be imitated.

use chrono::{DateTime, Utc};
use serde_json::json;
use store::{PgConnection, deliveries};
use uuid::Uuid;

use super::Caller;
use identity::Identity;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// A session began from a program or network that the person did not use before.
    NewSignIn,
    /// The password was changed.
    PasswordChanged,
    /// A link for a forgotten password was used.
    LinkUsed,
    /// An authenticator app was added.
    FactorAdded,
    /// An authenticator app was removed.
    FactorRemoved,
    /// An administrator took every second factor away.
    FactorsReset,
    /// New recovery codes were made.
    CodesRenewed,
    /// A recovery code was used.
    CodeUsed,
    /// An identity provider was added.
    ProviderAdded,
    /// An identity provider was removed.
    ProviderRemoved,
}

impl Notice {
    /// The same in Swedish and English, since an email knows no setting.
    fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::NewSignIn => ("Någon loggade in på ditt konto från en ny plats", "A new sign-in to your account"),
            Self::PasswordChanged => ("Ditt lösenord ändrades", "Your password was changed"),
            Self::LinkUsed => {
                ("En länk för glömt lösenord användes", "A link for a forgotten password of your account was used")
            }
            Self::FactorAdded => ("En autentiseringsapp lades till", "An authenticator app was added to your account"),
            Self::FactorRemoved => {
                ("En autentiseringsapp togs bort", "An authenticator app was removed from your account")
            }
            Self::FactorsReset => (
                "En administratör tog bort din andra faktor",
                "An administrator took your second factor away; add a new one",
            ),
            Self::CodesRenewed => ("Nya reservkoder skapades", "New recovery codes were made for your account"),
            Self::ProviderAdded => ("Ett sätt att logga in lades till", "A way to sign in was added to your account"),
            Self::ProviderRemoved => {
                ("Ett sätt att logga in togs bort", "A way to sign in was removed from your account")
            }
            Self::CodeUsed => ("En reservkod användes", "A recovery code of your account was used"),
        }
    }
}

/// Asks for the email in the transaction of what it tells of, where there is a mail server.
pub(super) async fn tell(
    conn: &mut PgConnection,
    identity: Option<&Identity>,
    user: Uuid,
    notice: Notice,
    caller: &Caller,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if !identity.is_some_and(|identity| identity.sends_mail) {
        return Ok(());
    }
    let (swedish, english) = notice.sentences();
    let from = caller.address.map_or_else(|| "–".to_owned(), |address| address.to_string());
    let program = caller.user_agent.as_deref().map_or_else(|| "–".to_owned(), one_line);
    let text = format!(
        "{swedish}. / {english}.\n\n  {}\n  {from}\n  {program}\n\n\
         Var det inte du: byt lösenord och säg till en administratör.\n\
         If it was not you: change your password and tell an administrator.\n",
        now.format("%Y-%m-%d %H:%M UTC")
    );
    let body = json!({ "subject": format!("Lode: {swedish} / {english}"), "text": text });
    deliveries::insert_email(conn, user, "account.notice", &body).await?;
    Ok(())
}

/// What a program says of itself, without what could break out of its line, and no longer than is read.
fn one_line(text: &str) -> String {
    text.chars().take(200).map(|char| if char.is_control() { ' ' } else { char }).collect()
}
