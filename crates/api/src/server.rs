//! Listening, serving and stopping in an orderly way.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Opens the port.
///
/// # Errors
/// When it is taken or not allowed, with what to do.
pub async fn listen(bind: IpAddr, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind(SocketAddr::new(bind, port)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {port} is taken by another program; choose another one with --port {}, or --port 0 for any free one",
            port.saturating_add(1)
        ),
        std::io::ErrorKind::PermissionDenied => {
            anyhow::anyhow!("port {port} is not allowed for this user; choose one from 1024, e.g. --port 8080")
        }
        _ => anyhow::anyhow!("cannot listen on {bind} port {port}: {error}"),
    })
}

/// Told when the server stops, so that answers without an end come to one. An extension of every request.
#[derive(Clone)]
pub struct Stopping(pub CancellationToken);

/// Serves until `stop`, then lets running requests finish for up to ten seconds.
///
/// # Errors
/// When accepting connections fails.
pub async fn serve_until(
    listener: TcpListener,
    router: axum::Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let (told, wait) = tokio::sync::oneshot::channel::<()>();
    let stopping = Stopping(CancellationToken::new());
    let told_streams = stopping.0.clone();
    let service = router.layer(axum::Extension(stopping)).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        told_streams.cancel();
        let _ = told.send(());
    });
    let grace = async {
        if wait.await.is_ok() {
            tokio::time::sleep(Duration::from_secs(10)).await;
            tracing::warn!("some connections stayed open for ten seconds and are dropped");
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        done = server => done.context("serving failed"),
        () = grace => Ok(()),
    }
}
