//! How much work may be under way: in all, and of one person. Who wants more waits for a moment, then is told to come again.
//!
//! Costly requests and those that touch some rows by their keys have places apart, so that the latter are answered at once however many
//! costly ones wait, and costly ones never hold so many database connections that none is left for the others. Each queue has an end: beyond
//! it a request is refused at once, which costs nothing, instead of waiting until nobody wants its answer any more. While a queue is half
//! full, nobody may have more than a few requests in it, so that one person's flood leaves room for everybody else.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// What answering takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cost {
    /// Some rows by their keys.
    Rows,
    /// Every company, or a long statement of the database.
    Question,
    /// A file in memory, which becomes more than it was.
    Upload,
}

/// How many at once, and how many wait.
#[derive(Clone, Copy, Debug)]
struct Share {
    in_all: usize,
    of_one: usize,
    /// Requests of one person that may wait; a page asks some twenty questions at once.
    waiting_of_one: usize,
    /// Requests of everybody that may wait.
    waiting_in_all: usize,
    /// How long a request waits for its turn.
    longest_wait: Duration,
}

impl Cost {
    const ALL: [Self; 3] = [Self::Rows, Self::Question, Self::Upload];

    const fn share(self) -> Share {
        match self {
            // Four for each connection that a serving pool has: as many wait for one as are answered soon.
            Self::Rows => Share {
                in_all: 64,
                of_one: 32,
                waiting_of_one: 64,
                waiting_in_all: 128,
                longest_wait: Duration::from_secs(5),
            },
            // Half of the connections that a serving pool has.
            Self::Question => Share {
                in_all: 8,
                of_one: 4,
                waiting_of_one: 60,
                waiting_in_all: 120,
                longest_wait: Duration::from_secs(20),
            },
            Self::Upload => Share {
                in_all: 2,
                of_one: 1,
                waiting_of_one: 60,
                waiting_in_all: 120,
                longest_wait: Duration::from_secs(20),
            },
        }
    }

    /// The name in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Question => "question",
            Self::Upload => "upload",
        }
    }
}

/// Requests that anybody may have in a queue that is half full.
const FAIR: usize = 8;
/// Persons beyond which those who want nothing are forgotten.
const MANY: usize = 1_000;

/// There was no turn: too much is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    /// When to try again.
    pub retry_after_seconds: u32,
}

/// The work of a process that is under way.
pub struct Admission {
    kinds: HashMap<Cost, Places>,
    people: Mutex<HashMap<(Uuid, Cost), Arc<Person>>>,
}

/// The places of one kind of work.
struct Places {
    share: Share,
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
}

struct Person {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// The right to do one piece of work, for as long as it is kept.
#[derive(Debug)]
pub struct Turn {
    _own: OwnedSemaphorePermit,
    _shared: OwnedSemaphorePermit,
}

impl Default for Admission {
    fn default() -> Self {
        Self::with(Cost::share)
    }
}

impl Admission {
    fn with(share: impl Fn(Cost) -> Share) -> Self {
        let places = |share: Share| Places {
            share,
            turns: Arc::new(Semaphore::new(share.in_all)),
            waiting: AtomicUsize::new(0),
        };
        Self { kinds: Cost::ALL.map(|cost| (cost, places(share(cost)))).into(), people: Mutex::default() }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// When too many wait already, or no turn came in time.
    pub async fn turn(&self, person: Uuid, cost: Cost) -> Result<Turn, Busy> {
        let Some(places) = self.kinds.get(&cost) else { return Err(Busy { retry_after_seconds: 1 }) };
        let person = self.person(person, cost, places.share);
        let waiting = Waiting::join(places, &person).ok_or(Busy { retry_after_seconds: 1 })?;
        let turn = async {
            // One's own turn first: who waits for it takes nobody's place.
            let own = Arc::clone(&person.turns).acquire_owned().await.ok()?;
            Some(Turn { _own: own, _shared: Arc::clone(&places.turns).acquire_owned().await.ok()? })
        };
        let turn = tokio::time::timeout(places.share.longest_wait, turn).await.ok().flatten();
        drop(waiting);
        turn.ok_or(Busy { retry_after_seconds: 5 })
    }

    /// How many are under way and how many wait, by kind.
    #[must_use]
    pub fn load(&self) -> Vec<(Cost, usize, usize)> {
        let of = |(cost, places): (&Cost, &Places)| {
            let running = places.share.in_all.saturating_sub(places.turns.available_permits());
            (*cost, running, places.waiting.load(Ordering::Relaxed))
        };
        self.kinds.iter().map(of).collect()
    }

    fn person(&self, person: Uuid, cost: Cost, share: Share) -> Arc<Person> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() > MANY {
            let all = |cost: &Cost| self.kinds.get(cost).map_or(0, |places| places.share.of_one);
            people.retain(|(_, cost), one| Arc::strong_count(one) > 1 || one.turns.available_permits() < all(cost));
        }
        let new = || {
            let turns = Arc::new(Semaphore::new(share.of_one));
            Arc::new(Person { turns, waiting: AtomicUsize::new(0) })
        };
        Arc::clone(people.entry((person, cost)).or_insert_with(new))
    }
}

struct Waiting<'a> {
    places: &'a Places,
    person: &'a Person,
}

impl<'a> Waiting<'a> {
    fn join(places: &'a Places, person: &'a Person) -> Option<Self> {
        let in_all = places.waiting.fetch_add(1, Ordering::Relaxed);
        let own = person.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = Self { places, person };
        let share = places.share;
        let of_one = if in_all * 2 < share.waiting_in_all { share.waiting_of_one } else { FAIR };
        (in_all < share.waiting_in_all && own < of_one).then_some(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.places.waiting.fetch_sub(1, Ordering::Relaxed);
        self.person.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: Uuid = Uuid::from_u128(1);
    const BO: Uuid = Uuid::from_u128(2);
    const CIA: Uuid = Uuid::from_u128(3);

    #[tokio::test]
    async fn one_person_has_a_share_and_the_next_is_served_beside() {
        let admission = Admission::with(|cost| Share { longest_wait: Duration::from_millis(50), ..cost.share() });
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(admission.turn(ANNA, Cost::Question).await.unwrap());
        }
        assert!(admission.turn(ANNA, Cost::Question).await.is_err(), "a fifth waits in vain");
        for _ in 0..4 {
            held.push(admission.turn(BO, Cost::Question).await.unwrap());
        }
        assert!(admission.turn(CIA, Cost::Question).await.is_err(), "eight in all");
        assert!(admission.turn(CIA, Cost::Upload).await.is_ok(), "another kind of work");
        assert!(admission.turn(CIA, Cost::Rows).await.is_ok(), "what costs little");
        held.clear();
        assert!(admission.turn(ANNA, Cost::Question).await.is_ok());
    }

    /// Whoever wants `count` turns, each in a task of its own, which ends when it had one.
    async fn queue_up(admission: &Arc<Admission>, person: Uuid, count: usize) -> Vec<tokio::task::JoinHandle<bool>> {
        let begin = |_| {
            let admission = Arc::clone(admission);
            tokio::spawn(async move { admission.turn(person, Cost::Question).await.is_ok() })
        };
        let tasks = (0..count).map(begin).collect();
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
        tasks
    }

    #[tokio::test]
    async fn a_queue_has_an_end() {
        let admission = Arc::new(Admission::default());
        let mut turns = Vec::new();
        for _ in 0..4 {
            turns.push(admission.turn(ANNA, Cost::Question).await.unwrap());
        }
        let waiting = queue_up(&admission, ANNA, 60).await;
        let refused = admission.turn(ANNA, Cost::Question).await;
        assert_eq!(refused.unwrap_err().retry_after_seconds, 1, "one more is refused at once");
        drop(turns);
        for one in waiting {
            assert!(one.await.unwrap(), "those who waited are served");
        }
        assert!(
            admission.load().iter().all(|(_, running, waiting)| (*running, *waiting) == (0, 0)),
            "nothing is left over"
        );
    }

    #[tokio::test]
    async fn a_flood_of_one_person_leaves_room_for_others_and_all_together_have_an_end() {
        let admission = Arc::new(Admission::default());
        let mut turns = Vec::new();
        for person in [ANNA, BO] {
            for _ in 0..4 {
                turns.push(admission.turn(person, Cost::Question).await.unwrap());
            }
        }
        let mut waiting = queue_up(&admission, ANNA, 500).await;
        waiting.extend(queue_up(&admission, CIA, 20).await);
        let refused = |tasks: &[tokio::task::JoinHandle<bool>]| tasks.iter().filter(|task| task.is_finished()).count();
        assert_eq!(refused(&waiting[..500]), 440, "sixty wait, the others are refused at once");
        assert_eq!(refused(&waiting[500..]), 12, "the queue is half full: eight of anybody else");
        let others: Vec<_> = (10..30).map(Uuid::from_u128).collect();
        for other in &others {
            waiting.extend(queue_up(&admission, *other, 8).await);
        }
        let in_queue = waiting.iter().filter(|task| !task.is_finished()).count();
        assert_eq!(in_queue, 120, "in all");
        drop(turns);
        let mut served = 0;
        for task in waiting {
            served += usize::from(task.await.unwrap());
        }
        assert_eq!(served, 120);
    }
}
