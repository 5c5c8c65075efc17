//! The person behind a request, as actions know them.

use super::principal::Principal;
use super::problem::Result;
use super::request_id;
use super::state::AppState;
use services::actor::Actor;

impl Principal {
    /// Who acts, with what the audit log keeps of the request.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { user: self.user, address: self.address, request_id: request_id::current() }
    }

    /// Makes sure that the person has a row, before something that names them is written.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn ensure_user(&self, state: &AppState) -> Result<()> {
        let mut conn = state.db.acquire().await?;
        Ok(store::users::ensure(&mut conn, self.user, self.email.as_deref(), self.role).await?)
    }
}
