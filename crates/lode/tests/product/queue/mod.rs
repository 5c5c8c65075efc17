//! What must hold of jobs, with real servers and real worker processes that are killed for it.

mod killed;
mod mixed;
pub mod rig;
mod servers;
mod soak;
mod tls;
