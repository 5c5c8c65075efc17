//! Changes what a person may do, keeps them out, lets them in again.

use domain::access::Role;
use serde_json::json;
use store::users::{self, Origin, User};
use store::{PgPool, audit};
use uuid::Uuid;

use super::{Caller, Credentials, credentials_changed};
use identity::Identity;

/// What is to change; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// New role.
    pub role: Option<Role>,
    /// New name.
    pub display_name: Option<String>,
    /// Whether the person is kept out.
    pub disabled: Option<bool>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ManageError {
    /// There is no such person.
    #[error("there is no user {0}")]
    Unknown(Uuid),
    /// The change would be wrong; the sentence says why and what to do.
    #[error("{0}")]
    Refused(&'static str),
    /// Something does not work.
    #[error(transparent)]
    Failed(#[from] sqlx::Error),
}

/// Changes a person. Nobody can lock out or demote themselves, nor the last administrator.
///
/// # Errors
/// See [`ManageError`].
pub async fn manage_user(
    db: &PgPool,
    identity: Option<&Identity>,
    id: Uuid,
    change: &UserChange,
    caller: &Caller,
    actor: Option<Uuid>,
) -> Result<User, ManageError> {
    let mut tx = db.begin().await?;
    let before = users::find(&mut tx, id).await?.ok_or(ManageError::Unknown(id))?;
    let role = change.role.unwrap_or(before.role);
    let weakens = role < before.role || change.disabled == Some(true);
    if before.origin == Origin::Local {
        return Err(ManageError::Refused("the local owner of an installation without sign-in stays as it is"));
    }
    if before.origin == Origin::Supabase && role != before.role {
        return Err(ManageError::Refused(
            "this person's role comes with their token: change app_metadata.role in the Supabase project",
        ));
    }
    if weakens && actor == Some(id) {
        return Err(ManageError::Refused("you cannot take your own rights away; ask another administrator"));
    }
    let was_admin = before.role == Role::Admin && before.disabled_at.is_none();
    if weakens && was_admin && users::other_admins(&mut tx, id).await? == 0 {
        return Err(ManageError::Refused("this is the last administrator; make another one first"));
    }
    let name = change.display_name.as_deref().unwrap_or(&before.display_name);
    users::update(&mut tx, id, role, name).await?;
    if let Some(is_disabled) = change.disabled {
        users::set_disabled(&mut tx, id, is_disabled).await?;
        if is_disabled {
            credentials_changed(&mut tx, id, Credentials::EndAll, "the account was disabled").await?;
        }
    }
    let after = users::find(&mut tx, id).await?.ok_or(ManageError::Unknown(id))?;
    let detail = json!({
        "before": { "role": before.role.as_str(), "disabled": before.disabled_at.is_some() },
        "after": { "role": after.role.as_str(), "disabled": after.disabled_at.is_some() },
        // The log cannot be changed when somebody is erased, so it keeps no names.
        "is_renamed": before.display_name != after.display_name,
    });
    audit::record(&mut tx, &caller.event("user.change", actor).about("user", id).with(detail)).await?;
    tx.commit().await?;
    if let Some(identity) = identity {
        identity.recheck_everybody();
    }
    Ok(after)
}
