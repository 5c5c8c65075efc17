//! What was done in a trace, step by step, for whoever keeps traces. Without one, which is the rule, a step costs nothing.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::time::{Instant, SystemTime};

use super::TraceContext;

/// Takes the steps; it must neither block nor fail.
type Receiver = Box<dyn Fn(FinishedStep) + Send + Sync>;

static RECEIVER: OnceLock<Receiver> = OnceLock::new();

/// Sends every step that ends from now on to the receiver, which must not block. The first call of a process counts.
pub fn send_steps_to(receiver: impl Fn(FinishedStep) + Send + Sync + 'static) {
    let _ = RECEIVER.set(Box::new(receiver));
}

/// Who asked whom in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A request was answered.
    Server,
    /// Somebody else was asked.
    Client,
    /// A job was done that somebody left.
    Consumer,
}

/// What is known of a step. Never a secret, nor a text that somebody wrote: names, numbers and codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A name or a code.
    Text(Cow<'static, str>),
    /// A number.
    Number(i64),
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A step that has ended.
#[derive(Clone, Debug)]
pub struct FinishedStep {
    /// Its place in the trace.
    pub context: TraceContext,
    /// What was done, of a small number of names, e.g. `GET /api/companies/{orgnr}`.
    pub name: String,
    /// Who asked whom.
    pub kind: Kind,
    /// When it began.
    pub begun: SystemTime,
    /// When it ended: never before it began, whatever happens to the clock.
    pub ended: SystemTime,
    /// What is known of it.
    pub attributes: Vec<(&'static str, Value)>,
    /// Whether it failed by a fault of this side.
    pub has_failed: bool,
}

/// A step that goes on; it ends when it is dropped, also when what it stands for was given up.
pub struct Step {
    finished: Option<FinishedStep>,
    clock: Instant,
}

impl Step {
    /// Begins a step at a place of the trace. The name is made only where somebody keeps the trace.
    #[must_use]
    pub fn begin(context: TraceContext, kind: Kind, name: impl FnOnce() -> String) -> Self {
        let is_kept = RECEIVER.get().is_some() && context.is_sampled();
        let finished = is_kept.then(|| {
            let begun = SystemTime::now();
            FinishedStep { context, name: name(), kind, begun, ended: begun, attributes: Vec::new(), has_failed: false }
        });
        Self { finished, clock: Instant::now() }
    }

    /// Notes what is known of it.
    pub fn note<V: Into<Value>>(&mut self, name: &'static str, value: impl FnOnce() -> V) {
        if let Some(step) = &mut self.finished {
            step.attributes.push((name, value().into()));
        }
    }

    /// Notes that it failed by a fault of this side.
    pub fn fail(&mut self) {
        if let Some(step) = &mut self.finished {
            step.has_failed = true;
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let (Some(mut step), Some(receiver)) = (self.finished.take(), RECEIVER.get()) {
            step.ended = step.begun + self.clock.elapsed();
            receiver(step);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn steps_reach_the_receiver_when_they_end_and_those_of_traces_that_nobody_keeps_do_not() {
        let kept: Arc<Mutex<Vec<FinishedStep>>> = Arc::default();
        let before = TraceContext::new();
        drop(Step::begin(before, Kind::Client, || unreachable!("nobody keeps it yet")));
        let receiver = kept.clone();
        send_steps_to(move |step| receiver.lock().unwrap().push(step));

        let context = TraceContext::new().next();
        let mut step = Step::begin(context, Kind::Server, || "GET /health".to_owned());
        step.note("http.response.status_code", || 503);
        step.note("http.request.method", || "GET");
        step.fail();
        assert!(kept.lock().unwrap().iter().all(|step| step.context != context), "it goes on");
        drop(step);
        let unwanted = TraceContext::parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00").unwrap();
        drop(Step::begin(unwanted, Kind::Server, || unreachable!("the caller does not keep it")));

        let kept = kept.lock().unwrap();
        let step = kept.iter().find(|step| step.context == context).unwrap();
        assert!(step.has_failed && step.ended >= step.begun && step.kind == Kind::Server);
        let noted = [("http.response.status_code", Value::Number(503)), ("http.request.method", "GET".into())];
        assert_eq!((step.name.as_str(), step.attributes.as_slice()), ("GET /health", &noted[..]));
        assert!(kept.iter().all(|step| ![before, unwanted].contains(&step.context)));
    }
}
