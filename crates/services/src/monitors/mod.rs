//! Watched screens: compared with what they were after each import, and told of.

pub mod check;
pub mod digest;
mod email;
pub mod tell;
pub mod watch;
