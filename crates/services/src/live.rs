//! Who is told of what has just changed: one connection of the process receives it, every open window is told.
//!
//! What is told is the kind of thing, never the thing: whoever is told asks for it anew, and is answered what they may see.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use store::PgPool;
use store::live::{LiveChange, LiveListener, Notice, Topic};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

use crate::error::{Result, ServiceError};

/// Windows that one person may have open; the tabs of a browser share one.
pub const MOST_PER_PERSON: usize = 32;
/// Windows of everybody, per process.
pub const MOST: usize = 4_096;
/// Changes that wait for a slow window; beyond that it is told that anything may have changed.
const WAITING: usize = 256;
/// What comes within this time is told as one.
const GATHER: Duration = Duration::from_millis(200);
/// A window that begins to listen is told of what changed this long ago: its page was fetched meanwhile.
const RECENT: Duration = Duration::from_secs(10);
/// How long a window waits for the process to listen.
const PATIENCE: Duration = Duration::from_secs(5);
/// After an error, before the next try.
const PAUSE: Duration = Duration::from_secs(1);

/// Receives changes and tells every window.
pub struct Live {
    db: PgPool,
    is_started: AtomicBool,
    is_listening: watch::Sender<bool>,
    changes: broadcast::Sender<Notice>,
    recent: Mutex<VecDeque<(Instant, LiveChange)>>,
    windows: Mutex<HashMap<Uuid, usize>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Live {
    /// Receives nothing until it is started or somebody listens.
    #[must_use]
    pub fn new(db: PgPool) -> Arc<Self> {
        Arc::new(Self {
            db,
            is_started: AtomicBool::new(false),
            is_listening: watch::Sender::new(false),
            changes: broadcast::Sender::new(WAITING),
            recent: Mutex::default(),
            windows: Mutex::default(),
        })
    }

    /// Begins to receive changes, for as long as the process lives.
    pub fn start(self: &Arc<Self>) {
        if !self.is_started.swap(true, Ordering::AcqRel) {
            tokio::spawn(receive(Arc::clone(self)));
        }
    }

    /// Opens a window for a person.
    ///
    /// # Errors
    /// [`ServiceError::TooMany`] when the person, or the process, has too many; [`ServiceError::Unavailable`] while the database
    /// tells nothing.
    pub async fn listen(self: &Arc<Self>, person: Uuid) -> Result<Window> {
        self.start();
        let place = self.take_place(person)?;
        // Before the recent changes are read, so that none falls in between.
        let changes = self.changes.subscribe();
        let mut listening = self.is_listening.subscribe();
        let received = tokio::time::timeout(PATIENCE, listening.wait_for(|is_listening| *is_listening)).await;
        if !matches!(received, Ok(Ok(_))) {
            return Err(ServiceError::Unavailable("the database does not tell of changes; ask again later".to_owned()));
        }
        let mut window = Window { changes, place, waiting: BTreeSet::new() };
        let since = Instant::now().checked_sub(RECENT);
        for (at, change) in locked(&self.recent).iter() {
            if since.is_none_or(|since| *at >= since) {
                window.note(Notice::Change(*change));
            }
        }
        Ok(window)
    }

    fn take_place(self: &Arc<Self>, person: Uuid) -> Result<Place> {
        let mut windows = locked(&self.windows);
        if windows.values().sum::<usize>() >= MOST {
            return Err(ServiceError::TooMany(format!(
                "{MOST} windows are told of changes already; ask from time to time"
            )));
        }
        let own = windows.entry(person).or_default();
        if *own >= MOST_PER_PERSON {
            let most = format!("you have {MOST_PER_PERSON} windows open that are told of changes; close one of them");
            return Err(ServiceError::TooMany(most));
        }
        *own += 1;
        Ok(Place { live: Arc::clone(self), person })
    }

    fn tell(&self, notice: Notice) {
        if let Notice::Change(change) = notice {
            let mut recent = locked(&self.recent);
            let now = Instant::now();
            recent.retain(|(at, known)| *known != change && now.duration_since(*at) < RECENT);
            recent.push_back((now, change));
        }
        // An error means that nobody listens.
        let _ = self.changes.send(notice);
    }
}

/// Receives for ever; what was missed while the database was away is told as a gap.
async fn receive(live: Arc<Live>) {
    let mut is_first = true;
    loop {
        match LiveListener::open(&live.db).await {
            Ok(mut listener) => {
                live.is_listening.send_replace(true);
                if !is_first {
                    live.tell(Notice::Gap);
                }
                is_first = false;
                loop {
                    match listener.wait().await {
                        Ok(received) => live.tell(received),
                        Err(error) => {
                            tracing::warn!(%error, "changes are not received; trying again");
                            break;
                        }
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "changes cannot be listened for; trying again"),
        }
        live.is_listening.send_replace(false);
        tokio::time::sleep(PAUSE).await;
    }
}

/// A person's place among those that are told; free again when it is dropped.
struct Place {
    live: Arc<Live>,
    person: Uuid,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut windows = locked(&self.live.windows);
        if let Some(own) = windows.get_mut(&self.person) {
            *own -= 1;
            if *own == 0 {
                windows.remove(&self.person);
            }
        }
    }
}

/// A window that is told of what has changed.
pub struct Window {
    changes: broadcast::Receiver<Notice>,
    place: Place,
    waiting: BTreeSet<Topic>,
}

impl Window {
    /// Waits for changes that are the person's to know, and gathers those that come at the same time; `None` when the process
    /// stops listening.
    pub async fn next(&mut self) -> Option<BTreeSet<Topic>> {
        while self.waiting.is_empty() {
            let received = self.changes.recv().await;
            self.take(received)?;
        }
        let until = tokio::time::Instant::now() + GATHER;
        while let Ok(received) = tokio::time::timeout_at(until, self.changes.recv()).await {
            self.take(received)?;
        }
        Some(std::mem::take(&mut self.waiting))
    }

    fn take(&mut self, received: std::result::Result<Notice, RecvError>) -> Option<()> {
        match received {
            Ok(received) => self.note(received),
            Err(RecvError::Lagged(_)) => self.note(Notice::Gap),
            Err(RecvError::Closed) => return None,
        }
        Some(())
    }

    fn note(&mut self, notice: Notice) {
        match notice {
            Notice::Gap => self.waiting.extend(Topic::ALL),
            Notice::Change(LiveChange { topic, person }) => {
                if person.is_none_or(|person| person == self.place.person) {
                    self.waiting.insert(topic);
                }
            }
        }
    }
}
