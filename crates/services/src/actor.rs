//! Who acts: the person behind a request, what they may do, and what the audit log keeps of the request.

use std::net::IpAddr;

use domain::access::{Permission, Role, Scope};
use identity::Kind;
use store::{PgConnection, PgPool, audit};
use uuid::Uuid;

use crate::accounts::Caller;
use crate::error::{Result, ServiceError};

/// The person behind an action.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Identity.
    pub user: Uuid,
    /// What they may do.
    pub role: Role,
    /// E-mail address, where the token has one.
    pub email: Option<String>,
    /// How they proved who they are.
    pub kind: Kind,
    /// What the API token is for; `None` for a person, whose role alone decides.
    pub scopes: Option<Vec<Scope>>,
    /// Session of a built-in account.
    pub session: Option<Uuid>,
    /// Where the request came from.
    pub address: Option<IpAddr>,
    /// Id of the request, as in the log.
    pub request_id: Option<String>,
}

impl Actor {
    /// Whoever reaches an installation that asks for no sign-in.
    #[must_use]
    pub fn local_owner() -> Self {
        Self {
            user: store::users::LOCAL_OWNER,
            role: Role::Admin,
            email: None,
            kind: Kind::Local,
            scopes: None,
            session: None,
            address: None,
            request_id: None,
        }
    }

    /// Whether role and scopes include the permission.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        let is_in_scope = match &self.scopes {
            None => true,
            Some(scopes) => permission.scope().is_some_and(|needed| scopes.contains(&needed)),
        };
        is_in_scope && self.role.may(permission)
    }

    /// Lets the work go on when role and scopes include the permission.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], which names the role or the scope that is needed.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            return Ok(());
        }
        let (needed, own) = (permission.least_role(), self.role);
        Err(ServiceError::Forbidden(if !own.may(permission) {
            format!("this needs the role {}; yours is {}", needed.as_str(), own.as_str())
        } else if let Some(scope) = permission.scope() {
            format!("this needs an API token with the scope {}", scope.as_str())
        } else {
            "this cannot be done with an API token; sign in".to_owned()
        }))
    }

    /// What somebody else made for the team is changed by those who answer for the team.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn may_change(&self, owner: Uuid) -> Result<()> {
        if owner == self.user { Ok(()) } else { self.require(Permission::ManageTeamWork) }
    }

    /// Makes sure that the person has a row, before something that names them is written.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ensure(&self, conn: &mut PgConnection) -> sqlx::Result<()> {
        store::users::ensure(conn, self.user, self.email.as_deref(), self.role).await
    }

    /// As [`Self::ensure`], on a connection of its own.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ensure_user(&self, db: &PgPool) -> Result<()> {
        Ok(self.ensure(&mut *db.acquire().await?).await?)
    }

    /// Where the request comes from, for what is done to accounts.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller { address: self.address, user_agent: None, request_id: self.request_id.clone() }
    }

    /// An event of the audit log that says who, from where and in which request; add what it is about.
    #[must_use]
    pub fn event(&self, action: &'static str) -> audit::Event {
        audit::Event {
            actor: Some(self.user),
            address: self.address,
            request_id: self.request_id.clone(),
            ..audit::Event::new(action)
        }
    }
}

/// What the audit log keeps of something private: its detail without the names, which are nobody else's to know, administrators included.
#[must_use]
pub fn without_names(mut detail: serde_json::Value) -> serde_json::Value {
    if let Some(detail) = detail.as_object_mut() {
        detail.retain(|key, _| !["name", "before"].contains(&key.as_str()));
    }
    detail
}
