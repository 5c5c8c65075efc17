//! Tells the watcher of a screen what changed: in the application, and by webhook and email where they wish so.

use serde_json::{Value, json};
use store::monitors::{FoundChange, Monitor};
use store::{PgConnection, deliveries, notifications};

use super::email;

/// Changes to tell of.
pub enum Told<'a> {
    /// As they are found.
    Now(&'a [FoundChange]),
    /// Once a day.
    Daily(&'a [FoundChange]),
}

/// Writes the notifications and asks for the deliveries, in the caller's transaction. Returns how many deliveries wait.
///
/// # Errors
/// When the database does not answer.
pub async fn tell(
    conn: &mut PgConnection,
    monitor: &Monitor,
    told: &Told<'_>,
    public_url: Option<&str>,
) -> sqlx::Result<usize> {
    let (Told::Now(changes) | Told::Daily(changes)) = told;
    let mut waiting = 0;
    for change in *changes {
        let message = notifications::Message {
            to: &[monitor.user_id],
            kind: "screen_changed",
            actor: None,
            orgnr: None,
            subject: Some(format!("change:{}", change.id)),
            detail: json!({
                "view": change.view_id,
                "view_name": change.view_name,
                "entered_count": change.entered_count,
                "left_count": change.left_count,
            }),
            unique_key: Some(format!("change:{}", change.id)),
        };
        notifications::send(conn, &message).await?;
        if let Some(webhook) = monitor.webhook_id {
            deliveries::insert_call(conn, webhook, "screen.changed", &call(change)).await?;
            waiting += 1;
        }
    }
    // A digest of many screens is one email, which the caller writes.
    if monitor.by_email && matches!(told, Told::Now(_)) && !changes.is_empty() {
        let email = email::of_changes(changes, public_url);
        waiting +=
            usize::from(deliveries::insert_email(conn, monitor.user_id, "screen.changed", &email).await?.is_some());
    }
    Ok(waiting)
}

/// The body of a webhook's call, described in docs/webhooks.md.
fn call(change: &FoundChange) -> Value {
    json!({
        "type": "screen.changed",
        "timestamp": change.found_at,
        "data": {
            "change_id": change.id,
            "view_id": change.view_id,
            "view_name": change.view_name,
            "filter": change.filter_text,
            "total": change.total,
            "entered_count": change.entered_count,
            "left_count": change.left_count,
            "entered": change.entered,
            "left": change.went,
        },
    })
}
