//! How long to wait before the next attempt.

use std::time::Duration;

const LONGEST: Duration = Duration::from_secs(3600);

/// The wait after the `attempt`-th failure (from 1): `first` doubled for each failure before it, up to an hour, and up to a
/// quarter shorter or longer by `jitter` (0 to 1), so that jobs that failed together do not come back together. A delay that
/// the remote side asked for is never undercut.
#[must_use]
pub fn back_off(first: Duration, attempt: i32, jitter: f64, asked_for: Option<Duration>) -> Duration {
    let doublings = u32::try_from(attempt.max(1) - 1).unwrap_or(0).min(20);
    let plain = first.saturating_mul(1 << doublings).min(LONGEST);
    let spread = plain.mul_f64(0.75 + 0.5 * jitter.clamp(0.0, 1.0));
    asked_for.map_or(spread, |asked| spread.max(asked + plain.mul_f64(0.1 * jitter.clamp(0.0, 1.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_secs(4);

    #[test]
    fn it_doubles_up_to_an_hour() {
        let waits: Vec<u64> = (1..=6).map(|attempt| back_off(FIRST, attempt, 0.5, None).as_secs()).collect();
        assert_eq!(waits, [4, 8, 16, 32, 64, 128]);
        assert_eq!(back_off(FIRST, 30, 0.5, None), LONGEST);
        assert_eq!(back_off(FIRST, i32::MAX, 0.5, None), LONGEST);
        assert_eq!(back_off(FIRST, 0, 0.5, None), FIRST);
    }

    #[test]
    fn jitter_spreads_it_by_a_quarter() {
        assert_eq!(back_off(FIRST, 1, 0.0, None), Duration::from_secs(3));
        assert_eq!(back_off(FIRST, 1, 1.0, None), Duration::from_secs(5));
    }

    #[test]
    fn what_the_remote_side_asked_for_is_never_undercut() {
        let asked = Duration::from_secs(60);
        for jitter in [0.0, 0.3, 1.0] {
            assert!(back_off(FIRST, 1, jitter, Some(asked)) >= asked);
        }
        assert!(back_off(FIRST, 10, 0.5, Some(asked)) > asked);
    }
}
