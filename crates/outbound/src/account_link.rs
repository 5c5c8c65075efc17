//! Emails that bring a one-time link: the link is made at the moment of sending, so that its secret stands nowhere but in the email. A try that
//! fails leaves a link that nobody knows, and the next one replaces it.

use chrono::{DateTime, Utc};
use store::PgPool;
use store::accounts::{self, LinkKind};
use store::deliveries::{Delivery, LINK_EVENT, LINK_PLACE};

use super::send::{SendError, Senders};

/// The text of an email, with its link where it brings one; `None` for every other delivery.
///
/// # Errors
/// The inner one says why no link can be sent, the outer one that the database does not answer.
pub async fn text_with_link(
    db: &PgPool,
    senders: &Senders,
    delivery: &Delivery,
    now: DateTime<Utc>,
) -> sqlx::Result<Result<Option<String>, SendError>> {
    if delivery.event != LINK_EVENT {
        return Ok(Ok(None));
    }
    let (Some(origin), Some(address), true) = (&senders.public_url, &delivery.address, senders.mailer.is_some()) else {
        return Ok(Err(SendError::again(
            None,
            "links are mailed where SMTP_URL, SMTP_FROM and LODE_PUBLIC_URL are set",
        )));
    };
    let mut conn = db.acquire().await?;
    let account = accounts::find_by_email(&mut conn, address).await?;
    let Some(account) = account.filter(|account| !account.is_disabled) else {
        return Ok(Err(SendError::permanent(None, "the account is gone or kept out")));
    };
    let link = accounts::make_link(&mut conn, account.user, LinkKind::needed_by(&account), now).await?;
    let text = delivery.body["text"].as_str().unwrap_or_default();
    Ok(Ok(Some(text.replace(LINK_PLACE, &format!("{}{}", origin.trim_end_matches('/'), link.path())))))
}
