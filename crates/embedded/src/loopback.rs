//! Free ports of the loopback interface.

use std::net::{Ipv4Addr, TcpListener};

use crate::error::Error;

/// A port that was free a moment ago; whoever uses it must be ready to find it taken.
///
/// # Errors
/// When the system has none.
pub fn free_port() -> Result<u16, Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(Error::io("no port of the loopback interface is free"))
}
