//! What has just changed, as server-sent events: one stream for everything that a person may be shown.
//!
//! An event `change` names the kinds of things that changed, such as `["prospects","notes"]`; whoever shows them asks for them anew
//! and is answered what they may see. The layer that authenticates looks the person's rights up again while the stream goes on.
//! An event `live` at the start says that nothing is missed from then on; a comment every 15 seconds keeps the connection open
//! through proxies, and shows the client that it still stands.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::StreamExt;
use futures::stream::{once, unfold};
use http::{HeaderName, HeaderValue, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::server::Stopping;
use crate::state::AppState;

const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(live))
}

/// What has just changed: an event `live` at the start, then an event `change` with the kinds of things that changed, as a list of
/// `prospects`, `notes`, `lists`, `labels`, `exclusions`, `views`, `monitors`, `runs`, `templates`, `imports`, `notifications`. Ask
/// for what you show of these anew. After a lost connection anything may have changed.
#[utoipa::path(get, path = "/api/live/events", tag = "notifications",
    responses((status = 200, description = "Events `live` and `change`", content_type = "text/event-stream", body = String),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many open streams"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn live(
    State(state): State<AppState>,
    Extension(stopping): Extension<Stopping>,
    principal: Principal,
) -> Result<impl IntoResponse> {
    let window = state.live.listen(principal.user).await?;
    let changes = unfold(window, |mut window| async move {
        let topics = window.next().await?;
        let names: Vec<_> = topics.into_iter().map(|topic| topic.as_str()).collect();
        let event = Event::default().event("change").data(serde_json::json!(names).to_string());
        Some((Ok::<_, Infallible>(event), window))
    });
    let begun = once(std::future::ready(Ok(Event::default().event("live").data("{}"))));
    let events = Sse::new(begun.chain(changes).take_until(stopping.0.cancelled_owned()))
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let unbuffered = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // nginx would gather the events before it passes them on.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((unbuffered, events))
}
