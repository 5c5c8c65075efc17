//! Listening, serving and stopping in an orderly way.

mod connections;
mod limits;
mod watched;

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::IntoResponse;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use self::connections::{Activity, Connections};
use self::watched::{InFlight, Watched, WatchedBody};
use super::problem::Problem;

pub use limits::ConnectionLimits;

/// Largest head of a request, and what is held of a body at once.
const HEAD_BYTES: usize = 64 << 10;
/// How often a connection is asked whether it takes too long.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Opens the port.
///
/// # Errors
/// When it is taken or not allowed, with what to do.
pub async fn listen(bind: IpAddr, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind(SocketAddr::new(bind, port)).await.map_err(|error| explain(&error, bind, port))
}

/// Why the port cannot be had, and what to do.
fn explain(error: &std::io::Error, bind: IpAddr, port: u16) -> anyhow::Error {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {port} is taken by another program; choose another one with --port {}, or --port 0 for any free one",
            port.saturating_add(1)
        ),
        std::io::ErrorKind::PermissionDenied => {
            anyhow::anyhow!("port {port} is not allowed for this user; choose one from 1024, e.g. --port 8080")
        }
        _ => anyhow::anyhow!("cannot listen on {bind} port {port}: {error}"),
    }
}

/// A port that is bound and not yet open: it is ours, and whoever connects is refused, until [`Bound::open`].
pub struct Bound {
    socket: TcpSocket,
    address: SocketAddr,
}

impl Bound {
    /// Takes the port.
    ///
    /// # Errors
    /// When it is taken or not allowed, with what to do.
    pub fn new(bind: IpAddr, port: u16) -> anyhow::Result<Self> {
        let address = SocketAddr::new(bind, port);
        let take = || {
            let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            Ok(Self { address: socket.local_addr()?, socket })
        };
        take().map_err(|error| explain(&error, bind, port))
    }

    /// Opens the port.
    ///
    /// # Errors
    /// When another process opened it meanwhile.
    pub fn open(self) -> anyhow::Result<TcpListener> {
        self.socket.listen(1024).map_err(|error| explain(&error, self.address.ip(), self.address.port()))
    }
}

/// Told when the server stops, so that answers without an end come to one. An extension of every request.
#[derive(Clone)]
pub struct Stopping(pub CancellationToken);

/// Serves until `stop`, then lets running requests finish for as long as the limits say; with the usual limits of connections.
///
/// # Errors
/// Never now; kept for what a listener may come to need.
pub async fn serve_until(
    listener: TcpListener,
    router: axum::Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    serve_within(listener, router, ConnectionLimits::default(), stop).await
}

/// As [`serve_until`], with these limits of connections.
///
/// # Errors
/// Never now; kept for what a listener may come to need.
pub async fn serve_within(
    listener: TcpListener,
    router: axum::Router,
    limits: ConnectionLimits,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let drain = limits.drain;
    let connections = Connections::new(limits.within_descriptors());
    let stopping = Stopping(CancellationToken::new());
    let router = router.layer(axum::Extension(stopping.clone()));
    let tasks = TaskTracker::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                // A refused connection is closed at once, without an answer that would cost something.
                let Some((activity, ticket)) = connections.admit(peer.ip().to_canonical()) else { continue };
                let (router, connections, stopping) = (router.clone(), Arc::clone(&connections), stopping.0.clone());
                tasks.spawn(async move {
                    serve_connection(stream, peer, router, &connections, activity, stopping).await;
                    drop(ticket);
                });
            }
            // One caller's connection failed before it was taken.
            Err(error) if is_of_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                connections.make_room();
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    stopping.0.cancel();
    tasks.close();
    if tokio::time::timeout(drain, tasks.wait()).await.is_err() {
        tracing::warn!(seconds = drain.as_secs(), "some requests did not end in time and are cut");
        connections.close_all();
    }
    Ok(())
}

fn is_of_connection(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Serves one connection until its caller closes it, it takes too long, its place is needed, or the server stops.
async fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: axum::Router,
    connections: &Connections,
    activity: Arc<Activity>,
    stopping: CancellationToken,
) {
    let _ = stream.set_nodelay(true);
    let limits = connections.limits();
    let router = TowerToHyperService::new(router);
    let of_requests = Arc::clone(&activity);
    let answer = service_fn(move |mut request: http::Request<hyper::body::Incoming>| {
        let in_flight = InFlight::begin(&of_requests);
        let is_refused = of_requests.is_reserve && !matches!(request.uri().path(), "/health" | "/ready");
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            let answer = if is_refused {
                Problem::unavailable("there are too many connections; try again in a moment").into_response()
            } else {
                match router.call(request).await {
                    Ok(answer) => answer,
                    Err(never) => match never {},
                }
            };
            Ok::<_, Infallible>(answer.map(|inner| Body::new(WatchedBody { inner, _in_flight: in_flight })))
        }
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.idle).max_buf_size(HEAD_BYTES);
    http.keep_alive(!activity.is_reserve);
    let stream = TokioIo::new(Watched { inner: stream, activity: Arc::clone(&activity) });
    let connection = http.serve_connection(stream, answer);
    tokio::pin!(connection);
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut is_told = false;
    loop {
        tokio::select! {
            // What went wrong on a caller's connection is nothing to log: anybody can make it happen.
            _ = connection.as_mut() => return,
            () = activity.close.cancelled() => return,
            () = stopping.cancelled(), if !is_told => {
                is_told = true;
                connection.as_mut().graceful_shutdown();
            }
            _ = looks.tick() => {
                if let Some(why) = activity.overdue(limits) {
                    tracing::debug!(%peer, why, "a connection is closed");
                    return;
                }
            }
        }
    }
}
