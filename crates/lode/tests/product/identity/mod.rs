//! Who gets in and what they may do, end to end on real servers.

mod accounts;
mod api_tokens;
mod jwks;
pub mod people;
mod permissions;
mod requests;
mod second_factor;
mod secrecy;
