//! Which trace the work of a task belongs to, as W3C Trace Context says it: taken from `traceparent`, kept through jobs, sent on to models.
//!
//! The context stands beside the task, not in its parameters: whoever calls a model need not know who asked.

mod step;

use std::fmt;

pub use step::{FinishedStep, Kind, Step, Value, send_steps_to};

/// The header in requests, in and out.
pub const HEADER: &str = "traceparent";

/// The flag by which a caller says that it keeps the trace.
const SAMPLED: u8 = 1;

tokio::task_local! {
    static CURRENT: TraceContext;
}

/// A place in a trace: the whole trace and the step in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceContext {
    trace_id: u128,
    step: u64,
    /// The step that led to this one, where it is known.
    parent: Option<u64>,
    flags: u8,
}

impl TraceContext {
    /// The context that a caller sent; `None` when it is none, which starts a trace of its own.
    #[must_use]
    pub fn parse(header: &str) -> Option<Self> {
        let header = header.trim();
        let mut parts = header.split('-');
        let (version, trace, step, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        // Later versions may have more after these; the first one has not.
        if version == "ff" || (version == "00" && parts.next().is_some()) {
            return None;
        }
        let (_, flags) = (hexadecimal(version, 2)?, u8::try_from(hexadecimal(flags, 2)?).ok()?);
        let (trace_id, step) = (hexadecimal(trace, 32)?, u64::try_from(hexadecimal(step, 16)?).ok()?);
        (trace_id != 0 && step != 0).then_some(Self { trace_id, step, parent: None, flags })
    }

    /// A step of the trace with this id, as a job keeps it, after the step with that id; `None` when it is no trace's id.
    #[must_use]
    pub fn of_trace(id: &str, parent: Option<&str>) -> Option<Self> {
        let trace_id = hexadecimal(id, 32).filter(|id| *id != 0)?;
        let parent = parent.and_then(|id| u64::try_from(hexadecimal(id, 16)?).ok()).filter(|id| *id != 0);
        Some(Self { trace_id, step: new_step(), parent, flags: SAMPLED })
    }

    /// A trace of its own.
    #[must_use]
    pub fn new() -> Self {
        Self { trace_id: rand::random::<u128>().max(1), step: new_step(), parent: None, flags: SAMPLED }
    }

    /// The next step of the same trace.
    #[must_use]
    pub fn next(self) -> Self {
        Self { step: new_step(), parent: Some(self.step), ..self }
    }

    /// The trace's id: 32 hexadecimal digits.
    #[must_use]
    pub fn trace_id(&self) -> String {
        format!("{:032x}", self.trace_id)
    }

    /// The step's id: 16 hexadecimal digits.
    #[must_use]
    pub fn step_id(&self) -> String {
        format!("{:016x}", self.step)
    }

    /// The ids as the protocol of traces has them: of the trace, of the step, and of the step before it.
    #[must_use]
    pub fn ids(&self) -> ([u8; 16], [u8; 8], Option<[u8; 8]>) {
        (self.trace_id.to_be_bytes(), self.step.to_be_bytes(), self.parent.map(u64::to_be_bytes))
    }

    /// Whether the caller that began the trace wants it kept.
    #[must_use]
    pub fn is_sampled(&self) -> bool {
        self.flags & SAMPLED != 0
    }
}

impl Default for TraceContext {
    fn default() -> Self {
        Self::new()
    }
}

/// As the header has it.
impl fmt::Display for TraceContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "00-{:032x}-{:016x}-{:02x}", self.trace_id, self.step, self.flags)
    }
}

/// The context of this task.
#[must_use]
pub fn current() -> Option<TraceContext> {
    CURRENT.try_with(|context| *context).ok()
}

/// Does the work as a step of the trace.
pub async fn within<F: Future>(context: TraceContext, work: F) -> F::Output {
    CURRENT.scope(context, work).await
}

fn new_step() -> u64 {
    rand::random::<u64>().max(1)
}

/// Lower-case digits alone, exactly so many, as the recommendation asks.
fn hexadecimal(text: &str, digits: usize) -> Option<u128> {
    let is_plain =
        text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if is_plain { u128::from_str_radix(text, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn header_of_the_recommendation_is_read_and_every_damage_to_it_refused() {
        let context = TraceContext::parse(GIVEN).unwrap();
        assert_eq!((context.to_string().as_str(), context.trace_id().as_str()), (GIVEN, &GIVEN[3..35]));
        assert!(context.is_sampled() && context.step_id() == GIVEN[36..52]);
        assert!(!TraceContext::parse(&GIVEN.replace("-01", "-00")).unwrap().is_sampled());
        assert_eq!(
            TraceContext::parse("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more").unwrap(),
            context
        );
        for end in 0..GIVEN.len() {
            assert_eq!(TraceContext::parse(&GIVEN[..end]), None, "{end}");
        }
        for bad in [
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "é",
        ] {
            assert_eq!(TraceContext::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn next_step_stays_in_the_trace() {
        let given = TraceContext::parse(GIVEN).unwrap();
        let next = given.next();
        assert_eq!(next.trace_id(), given.trace_id());
        assert_ne!(next, given);
        assert_eq!(next.ids().2, Some(given.ids().1));
        let kept = TraceContext::of_trace(&given.trace_id(), Some(&given.step_id())).unwrap();
        assert_eq!((kept.trace_id(), kept.ids().2), (given.trace_id(), Some(given.ids().1)));
        // A job that an older program enqueued knows the trace alone.
        for unknown in [None, Some(""), Some("0000000000000000"), Some("a-step")] {
            assert_eq!(TraceContext::of_trace(&given.trace_id(), unknown).unwrap().ids().2, None);
        }
        assert_eq!(TraceContext::of_trace("a-request-id", None), None);
        assert_eq!(TraceContext::parse(&TraceContext::new().to_string()).unwrap().to_string().len(), 55);
    }

    #[tokio::test]
    async fn task_knows_its_trace_inside_the_work_only() {
        let given = TraceContext::new();
        assert_eq!(within(given, async { current() }).await, Some(given));
        assert_eq!(current(), None);
    }
}
