//! How much costly work may be under way: in all, and of one person. Who wants more waits for a moment, then is told to come again.
//!
//! Requests that cost little are not counted, so they are answered at once however many costly ones wait; and costly ones never hold
//! so many database connections that none is left for the others.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use super::limits::TooMany;

/// What answering takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cost {
    /// Every company, or a long statement of the database.
    Question,
    /// A file in memory, which becomes more than it was.
    Upload,
}

/// How many at once.
#[derive(Clone, Copy, Debug)]
struct Share {
    in_all: usize,
    of_one: usize,
}

impl Cost {
    const ALL: [Self; 2] = [Self::Question, Self::Upload];

    const fn share(self) -> Share {
        match self {
            // Half of the connections that a serving pool has.
            Self::Question => Share { in_all: 8, of_one: 4 },
            Self::Upload => Share { in_all: 2, of_one: 1 },
        }
    }
}

/// Requests of one person that may wait for their turn; a page asks some twenty questions at once.
const MOST_WAITING: usize = 60;
/// How long a request waits for its turn.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// Persons beyond which those who want nothing are forgotten.
const MANY: usize = 1_000;

/// The costly work of a process.
pub struct Admission {
    longest_wait: Duration,
    in_all: HashMap<Cost, Arc<Semaphore>>,
    people: Mutex<HashMap<(Uuid, Cost), Arc<Person>>>,
}

struct Person {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// The right to do one piece of costly work, for as long as it is kept.
#[derive(Debug)]
pub struct Turn {
    _own: OwnedSemaphorePermit,
    _shared: OwnedSemaphorePermit,
}

impl Default for Admission {
    fn default() -> Self {
        let in_all = Cost::ALL.map(|cost| (cost, Arc::new(Semaphore::new(cost.share().in_all))));
        Self { longest_wait: LONGEST_WAIT, in_all: in_all.into(), people: Mutex::default() }
    }
}

impl Admission {
    /// Waits for a turn.
    ///
    /// # Errors
    /// When too many of the same person wait, or no turn came in time.
    pub async fn turn(&self, person: Uuid, cost: Cost) -> Result<Turn, TooMany> {
        let person = self.person(person, cost);
        let waiting = Waiting::join(&person).ok_or(TooMany { retry_after_seconds: 1 })?;
        let shared = self.in_all.get(&cost).map(Arc::clone).unwrap_or_else(|| Arc::new(Semaphore::new(1)));
        let turn = async {
            // One's own turn first: who waits for it takes nobody's place.
            let own = Arc::clone(&person.turns).acquire_owned().await.ok()?;
            Some(Turn { _own: own, _shared: shared.acquire_owned().await.ok()? })
        };
        let turn = tokio::time::timeout(self.longest_wait, turn).await.ok().flatten();
        drop(waiting);
        turn.ok_or(TooMany { retry_after_seconds: 5 })
    }

    fn person(&self, person: Uuid, cost: Cost) -> Arc<Person> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() > MANY {
            let full = |cost: Cost| cost.share().of_one;
            people.retain(|(_, cost), one| Arc::strong_count(one) > 1 || one.turns.available_permits() < full(*cost));
        }
        let new = || {
            let turns = Arc::new(Semaphore::new(cost.share().of_one));
            Arc::new(Person { turns, waiting: AtomicUsize::new(0) })
        };
        Arc::clone(people.entry((person, cost)).or_insert_with(new))
    }
}

struct Waiting<'a>(&'a Person);

impl<'a> Waiting<'a> {
    fn join(person: &'a Person) -> Option<Self> {
        let before = person.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = Self(person);
        (before < MOST_WAITING).then_some(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_person_has_a_share_and_the_next_is_served_beside() {
        let admission = Admission { longest_wait: Duration::from_millis(50), ..Admission::default() };
        let (anna, bo, cia) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(admission.turn(anna, Cost::Question).await.unwrap());
        }
        assert!(admission.turn(anna, Cost::Question).await.is_err(), "a fifth waits in vain");
        for _ in 0..4 {
            held.push(admission.turn(bo, Cost::Question).await.unwrap());
        }
        assert!(admission.turn(cia, Cost::Question).await.is_err(), "eight in all");
        assert!(admission.turn(cia, Cost::Upload).await.is_ok(), "another kind of work");
        held.clear();
        assert!(admission.turn(anna, Cost::Question).await.is_ok());
    }

    #[tokio::test]
    async fn a_queue_has_an_end() {
        let admission = Arc::new(Admission::default());
        let anna = Uuid::from_u128(1);
        let mut turns = Vec::new();
        for _ in 0..4 {
            turns.push(admission.turn(anna, Cost::Question).await.unwrap());
        }
        let waiting: Vec<_> = (0..MOST_WAITING)
            .map(|_| {
                let admission = Arc::clone(&admission);
                tokio::spawn(async move { admission.turn(anna, Cost::Question).await.is_ok() })
            })
            .collect();
        while admission.person(anna, Cost::Question).waiting.load(Ordering::Relaxed) < MOST_WAITING {
            tokio::task::yield_now().await;
        }
        let refused = admission.turn(anna, Cost::Question).await;
        assert_eq!(refused.unwrap_err().retry_after_seconds, 1, "one more is refused at once");
        drop(turns);
        for one in waiting {
            assert!(one.await.unwrap(), "those who waited are served");
        }
    }
}
