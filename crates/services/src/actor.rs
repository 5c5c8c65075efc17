//! Who acts, as actions need to know it: to own what is made, and for the logs.

use std::net::IpAddr;

use store::audit;
use uuid::Uuid;

/// The person behind an action, with what the audit log keeps of the request.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Identity.
    pub user: Uuid,
    /// Where the request came from.
    pub address: Option<IpAddr>,
    /// Id of the request, as in the log.
    pub request_id: Option<String>,
}

impl Actor {
    /// An event of the audit log that says who, from where and in which request.
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
