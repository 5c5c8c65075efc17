//! What leaves the organisation on its own: calls of webhooks and emails, questions to a search provider, and whose turn it is to ask a
//! website. Jobs use it; actions never do.

mod account_link;
pub mod guard;
pub mod mailer;
pub mod search;
pub mod send;
pub mod webhook;
pub mod website_turns;
