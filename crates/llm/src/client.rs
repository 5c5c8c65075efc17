//! One question → one checked answer: gate, budget, tries, the end of the answer, its shape, the record.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::attempt::{self, Failure};
use crate::budget::Budget;
use crate::error::CallError;
use crate::gate::Gate;
use crate::ledger::{Call, Ledger, Outcome};
use crate::provider::{Micros, Provider, Structure};
use crate::request::{Message, Request, Role};
use crate::structure::{self, Violation};
use crate::wire::{self, Received};

/// How often, and after which waits, is tried again.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Requests for one question, failures of the server included.
    pub tries: u32,
    /// First wait; each further one is twice as long, with a random part.
    pub first_wait: Duration,
    /// Longest wait that is not asked for by the server.
    pub longest_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: 5, first_wait: Duration::from_millis(500), longest_wait: Duration::from_secs(30) }
    }
}

/// An answer that ended by itself and has the shape that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The text.
    pub text: String,
    /// The JSON, where a schema was given.
    pub value: Option<Value>,
    /// What all tries together cost.
    pub cost: Micros,
    /// How many requests it took.
    pub requests: u32,
}

/// Calls one provider.
pub struct Client {
    http: reqwest::Client,
    provider: Provider,
    gate: Arc<dyn Gate>,
    budget: Arc<dyn Budget>,
    ledger: Arc<dyn Ledger>,
    patience: Patience,
    places: Semaphore,
    /// The structure that the server was last seen to take; it only falls.
    structure: AtomicU8,
    streams: AtomicU8,
}

/// What one question goes through.
struct Course {
    requests: u32,
    failures: u32,
    cost: Micros,
    max_tokens: u32,
    was_raised: bool,
    was_corrected: bool,
    extra: Vec<Message>,
}

impl Client {
    /// A client for the provider.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(
        provider: Provider,
        gate: Arc<dyn Gate>,
        budget: Arc<dyn Budget>,
        ledger: Arc<dyn Ledger>,
        patience: Patience,
    ) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .user_agent(concat!("lode/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let structure = provider.abilities.as_ref().map_or(Structure::JsonSchema, |abilities| abilities.structure);
        let streams = provider.abilities.as_ref().is_none_or(|abilities| abilities.streams);
        Ok(Self {
            http,
            gate,
            budget,
            ledger,
            patience,
            places: Semaphore::new(provider.at_once.max(1)),
            structure: AtomicU8::new(rank(structure)),
            streams: AtomicU8::new(u8::from(streams)),
            provider,
        })
    }

    /// The provider.
    #[must_use]
    pub fn provider(&self) -> &Provider {
        &self.provider
    }

    /// The structure that the server is asked for now.
    #[must_use]
    pub fn structure(&self) -> Structure {
        match self.structure.load(Ordering::Relaxed) {
            0 => Structure::Plain,
            1 => Structure::JsonObject,
            _ => Structure::JsonSchema,
        }
    }

    /// Whether answers are asked for in pieces.
    #[must_use]
    pub fn streams(&self) -> bool {
        self.streams.load(Ordering::Relaxed) == 1
    }

    /// Asks the question until there is an answer, an error that lasts, or no patience left.
    ///
    /// # Errors
    /// [`CallError`]. Whatever was sent is in the ledger and settled in the budget.
    pub async fn ask(&self, request: &Request, cancel: &CancellationToken) -> Result<Answer, CallError> {
        let mut course = Course {
            requests: 0,
            failures: 0,
            cost: 0,
            max_tokens: request.max_tokens.min(self.provider.max_output_tokens).max(1),
            was_raised: false,
            was_corrected: false,
            extra: Vec::new(),
        };
        loop {
            let waiting = async {
                self.gate.enter(&self.provider.name).await;
                self.places.acquire().await
            };
            let place = tokio::select! {
                () = cancel.cancelled() => return Err(CallError::Cancelled),
                place = waiting => place,
            };
            let done = self.once(request, &mut course, cancel).await;
            drop(place);
            match done {
                Ok(Some(answer)) => return Ok(answer),
                Ok(None) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// One request. `Ok(None)`: try again.
    async fn once(
        &self,
        request: &Request,
        course: &mut Course,
        cancel: &CancellationToken,
    ) -> Result<Option<Answer>, CallError> {
        let structure = self.structure();
        let mut messages = wire::messages(request, structure);
        messages.extend(course.extra.iter().cloned());
        let body = wire::body(&self.provider, request, &messages, structure, course.max_tokens, self.streams());
        let extra: usize = course.extra.iter().map(|message| message.text.len() + 16).sum();
        let bound = request.input_tokens_bound() + u64::try_from(extra).unwrap_or(0);
        let reserved = self.provider.cost(bound, u64::from(course.max_tokens));
        let reservation = self.budget.reserve(&request.purpose, reserved).await?;
        course.requests += 1;
        let began = Instant::now();
        let sent = tokio::select! {
            () = cancel.cancelled() => None,
            received = attempt::send(&self.http, &self.provider, &body) => Some(received),
        };
        let read = match &sent {
            None => Read::cancelled(),
            Some(Ok(received)) => Read::of(received, request, structure),
            Some(Err(failure)) => Read::failed(failure),
        };
        let cost = match (read.input_tokens, read.output_tokens) {
            // A server that refused did not run the model.
            _ if read.is_free => 0,
            (Some(input), Some(output)) if input + output > 0 => self.provider.cost(input, output),
            _ => reserved,
        };
        let is_estimated = !read.is_free
            && !matches!((read.input_tokens, read.output_tokens), (Some(input), Some(output)) if input + output > 0);
        let reservation_id = reservation.id.clone();
        self.budget.settle(reservation, cost).await;
        course.cost = course.cost.saturating_add(cost);
        self.ledger
            .record(Call {
                provider: self.provider.name.clone(),
                model: self.provider.model.clone(),
                prompt_version: request.prompt_version.clone(),
                purpose: request.purpose.clone(),
                reservation: reservation_id,
                subject: request.subject.clone(),
                dossier_sha256: request.dossier_sha256.clone(),
                structure: request.schema.as_ref().map(|_| structure),
                input_tokens: read.input_tokens,
                output_tokens: read.output_tokens,
                reserved,
                cost,
                is_estimated,
                latency: began.elapsed(),
                finish_reason: read.finish_reason.clone(),
                status: read.status,
                outcome: read.outcome,
                prompt: body["messages"].to_string(),
                answer: read.text.clone(),
            })
            .await;
        match sent {
            None => Err(CallError::Cancelled),
            Some(Ok(_)) => self.judge(read, course),
            Some(Err(failure)) => self.again(failure, request, course, cancel).await,
        }
    }

    /// What an answer that came means.
    fn judge(&self, read: Read, course: &mut Course) -> Result<Option<Answer>, CallError> {
        match read.outcome {
            Outcome::Answered => {
                Ok(Some(Answer { text: read.text, value: read.value, cost: course.cost, requests: course.requests }))
            }
            Outcome::Truncated => {
                let raised = course.max_tokens.saturating_mul(2).min(self.provider.max_output_tokens);
                if course.was_raised || raised <= course.max_tokens {
                    return Err(CallError::Truncated { max_tokens: course.max_tokens });
                }
                (course.max_tokens, course.was_raised) = (raised, true);
                Ok(None)
            }
            Outcome::Filtered => Err(CallError::Filtered),
            Outcome::Declined => Err(CallError::Declined(read.refusal)),
            Outcome::WrongShape if course.was_corrected => Err(CallError::WrongShape(read.violations)),
            Outcome::WrongShape => {
                // The model is told once what is wrong, and answers anew.
                let wrong: Vec<String> = read.violations.iter().take(5).map(ToString::to_string).collect();
                course.was_corrected = true;
                course.extra = vec![
                    Message::new(Role::Assistant, read.text),
                    Message::new(
                        Role::User,
                        format!(
                            "Your answer does not match the schema: {}. Answer again with the whole corrected JSON object and nothing else.",
                            wrong.join("; ")
                        ),
                    ),
                ];
                Ok(None)
            }
            _ => Err(CallError::Malformed(read.refusal)),
        }
    }

    /// Whether a failure is worth another try, after which wait.
    async fn again(
        &self,
        failure: Failure,
        request: &Request,
        course: &mut Course,
        cancel: &CancellationToken,
    ) -> Result<Option<Answer>, CallError> {
        let (error, asked_wait, is_busy) = match failure {
            Failure::Status { status, retry_after, detail } => {
                if matches!(status, 400 | 404 | 415 | 422 | 501) && self.weaken(request, &detail) {
                    return Ok(None);
                }
                let tries = course.requests;
                match status {
                    429 => {
                        let seconds = retry_after.map(|wait| wait.as_secs());
                        (CallError::TooManyRequests { tries, retry_after: seconds }, retry_after, true)
                    }
                    408 | 409 | 425 | 500..=599 => {
                        (CallError::ServerFailed { status, tries, detail }, retry_after, status == 503 || status == 529)
                    }
                    _ => return Err(CallError::Refused { status, detail }),
                }
            }
            Failure::TimedOut => (CallError::TimedOut(self.provider.time_limit.as_secs()), None, false),
            Failure::Unreachable(why) => (CallError::Unreachable(why), None, false),
            Failure::Cut(_) => (CallError::Cut, None, false),
            Failure::Malformed(why) => return Err(CallError::Malformed(why)),
        };
        course.failures += 1;
        if course.failures >= self.patience.tries {
            return Err(error);
        }
        let wait = asked_wait.unwrap_or_else(|| self.wait(course.failures));
        if is_busy {
            // Everybody waits, this one with them: at the gate.
            self.gate.close(&self.provider.name, wait).await;
            return Ok(None);
        }
        tokio::select! {
            () = cancel.cancelled() => Err(CallError::Cancelled),
            () = tokio::time::sleep(wait) => Ok(None),
        }
    }

    /// Twice as long each time, half of it random.
    fn wait(&self, failures: u32) -> Duration {
        let whole = self
            .patience
            .first_wait
            .saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)))
            .min(self.patience.longest_wait);
        whole.mul_f64(0.5 + rand::random_range(0.0..0.5))
    }

    /// Asks for less structure, or not in pieces, where that is what was refused; false when there is nothing less.
    fn weaken(&self, request: &Request, detail: &str) -> bool {
        if request.schema.is_some() && wire::is_about_structure(detail) {
            let now = self.structure.load(Ordering::Relaxed);
            if now > 0 {
                let _ = self.structure.compare_exchange(now, now - 1, Ordering::Relaxed, Ordering::Relaxed);
                return true;
            }
        }
        wire::is_about_streaming(detail) && self.streams.swap(0, Ordering::Relaxed) == 1
    }
}

fn rank(structure: Structure) -> u8 {
    match structure {
        Structure::Plain => 0,
        Structure::JsonObject => 1,
        Structure::JsonSchema => 2,
    }
}

/// An answer after all checks that need no other call.
struct Read {
    outcome: Outcome,
    text: String,
    value: Option<Value>,
    refusal: String,
    violations: Vec<Violation>,
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    finish_reason: Option<String>,
    status: Option<u16>,
    is_free: bool,
}

impl Read {
    fn with(outcome: Outcome) -> Self {
        Self {
            outcome,
            text: String::new(),
            value: None,
            refusal: String::new(),
            violations: Vec::new(),
            input_tokens: None,
            output_tokens: None,
            finish_reason: None,
            status: None,
            is_free: false,
        }
    }

    fn cancelled() -> Self {
        Self::with(Outcome::Cancelled)
    }

    fn failed(failure: &Failure) -> Self {
        match failure {
            Failure::Status { status, .. } => {
                Self { status: Some(*status), is_free: true, ..Self::with(Outcome::Refused) }
            }
            Failure::TimedOut => Self::with(Outcome::TimedOut),
            Failure::Unreachable(_) => Self { is_free: true, ..Self::with(Outcome::Refused) },
            Failure::Cut(received) => Self {
                text: received.text.clone(),
                input_tokens: received.input_tokens,
                output_tokens: received.output_tokens,
                ..Self::with(Outcome::Broken)
            },
            Failure::Malformed(_) => Self::with(Outcome::Broken),
        }
    }

    /// Why it ended comes before what it says.
    fn of(received: &Received, request: &Request, structure: Structure) -> Self {
        let base = Self {
            text: received.text.clone(),
            refusal: received.refusal.clone(),
            input_tokens: received.input_tokens,
            output_tokens: received.output_tokens,
            finish_reason: received.finish_reason.clone(),
            status: Some(200),
            ..Self::with(Outcome::Broken)
        };
        match received.finish_reason.as_deref() {
            Some("length" | "max_tokens") => return Self { outcome: Outcome::Truncated, ..base },
            Some("content_filter") => return Self { outcome: Outcome::Filtered, ..base },
            // Some servers say nothing, or an empty word; then only an answer that is whole by its own form is one.
            Some("stop" | "eos" | "end_turn" | "") | None => {}
            Some(other) => {
                let refusal = format!("it ended because of `{other}`");
                return Self { refusal, ..base };
            }
        }
        if !received.refusal.is_empty() {
            return Self { outcome: Outcome::Declined, ..base };
        }
        let is_stated = received.finish_reason.as_deref().is_some_and(|reason| !reason.is_empty());
        let Some(schema) = &request.schema else {
            if !is_stated {
                return Self { refusal: "it does not say why it ended, so it may be cut off".to_owned(), ..base };
            }
            return Self { outcome: Outcome::Answered, ..base };
        };
        match structure::read_json(&received.text, structure) {
            // Half of an answer whose end is not stated cannot be told from a wrong one.
            Err(_) if !is_stated => {
                Self { refusal: "it does not say why it ended, and is not whole".to_owned(), ..base }
            }
            Err(violation) => Self { outcome: Outcome::WrongShape, violations: vec![violation], ..base },
            Ok(value) => {
                let violations = schema.violations(&value);
                if violations.is_empty() {
                    Self { outcome: Outcome::Answered, value: Some(value), ..base }
                } else {
                    Self { outcome: Outcome::WrongShape, violations, ..base }
                }
            }
        }
    }
}
