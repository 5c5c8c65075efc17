//! Who gets in and what they may do, end to end on real servers.

mod accounts;
mod api_tokens;
mod cookies;
mod jwks;
mod mailed_links;
mod notices;
pub mod people;
mod permissions;
mod personal_data;
pub mod provider;
mod provider_sign_in;
mod requests;
pub mod second_factor;
mod secrecy;
