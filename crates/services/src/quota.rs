//! Whether a person may keep one more of what people keep.

use store::PgConnection;
use store::quotas::{self, Kept};
use uuid::Uuid;

use crate::error::{Result, ServiceError};

/// Lets the person keep one more.
///
/// # Errors
/// [`ServiceError::Conflict`] when they keep as many as one person may; it names the remedy.
pub async fn make_room(conn: &mut PgConnection, owner: Uuid, kept: Kept) -> Result<()> {
    if quotas::has_room(conn, owner, kept).await? { Ok(()) } else { Err(ServiceError::Conflict(full(kept))) }
}

/// What to do when there is no room.
#[must_use]
pub fn full(kept: Kept) -> String {
    format!("you keep {} {} already, the most that one person may: remove some first", kept.most(), kept.name())
}
