//! Emails that bring a one-time link. The link itself is made when the email is sent (`outbound::account_link`).

use serde_json::json;
use store::accounts::LinkKind;
use store::{PgConnection, deliveries};
use uuid::Uuid;

/// Asks for the email; `None` when nobody has an account by that address, they are kept out, or were just sent one.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn ask(conn: &mut PgConnection, email: &str, kind: LinkKind) -> sqlx::Result<Option<Uuid>> {
    let (subject, text) = match kind {
        LinkKind::Invite => (
            "Lode: du är inbjuden / you are invited",
            "Du är inbjuden till Lode. Välj ett lösenord här; länken fungerar en gång, i sju dagar. /\n\
             You are invited to Lode. Choose a password here; the link works once, for seven days.\n\n  {link}\n",
        ),
        LinkKind::Recovery => (
            "Lode: nytt lösenord / new password",
            "Någon bad om ett nytt lösenord för ditt konto. Välj ett här; länken fungerar en gång, i ett dygn. /\n\
             Somebody asked for a new password for your account. Choose one here; the link works once, for a day.\n\n  {link}\n\n\
             Var det inte du behöver du inte göra något: ditt lösenord är som det var. /\n\
             If it was not you, do nothing: your password is as it was.\n",
        ),
    };
    deliveries::insert_link_email(conn, email, &json!({ "subject": subject, "text": text })).await
}
