//! Who one is, and what one may do.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::principal::{Kind, Principal};
use super::problem::Result;
use super::state::AppState;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(me))
}

/// The asking person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Identity.
    pub id: Uuid,
    /// E-mail address, where it is known.
    pub email: Option<String>,
    /// Name that colleagues see.
    pub display_name: String,
    /// `viewer`, `analyst`, `partner` or `admin`.
    pub role: &'static str,
    /// How they proved who they are: `local` (no sign-in here), `supabase`, `builtin` or `api_token`.
    pub kind: &'static str,
    /// What they may do, by role and scopes.
    pub permissions: Vec<&'static str>,
    /// Scopes of the API token; null for a person.
    pub scopes: Option<Vec<&'static str>>,
}

/// Who asks.
#[utoipa::path(get, path = "/api/me", tag = "identity", responses((status = 200, body = Me)))]
async fn me(person: Principal, State(state): State<AppState>) -> Result<Json<Me>> {
    let known = store::users::find(&mut *state.db.acquire().await?, person.user).await?;
    let email = match person.kind {
        Kind::Local => None,
        _ => person.email.clone().or_else(|| known.as_ref().map(|user| user.email.clone())),
    };
    let display_name = known.map(|user| user.display_name).or_else(|| email.clone()).unwrap_or_default();
    Ok(Json(Me {
        id: person.user,
        email,
        display_name,
        role: person.role.as_str(),
        kind: person.kind.as_str(),
        permissions: Permission::ALL.into_iter().filter(|p| person.may(*p)).map(Permission::as_str).collect(),
        scopes: person.scopes.map(|scopes| scopes.iter().map(|scope| scope.as_str()).collect()),
    }))
}
