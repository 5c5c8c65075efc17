//! What is asked of a model.

use crate::structure::Schema;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The instructions.
    System,
    /// The question with its data.
    User,
    /// An earlier answer of the model.
    Assistant,
}

impl Role {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// The text.
    pub text: String,
}

impl Message {
    /// A message.
    #[must_use]
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role, text: text.into() }
    }
}

/// One question.
#[derive(Clone, Debug)]
pub struct Request {
    /// The conversation.
    pub messages: Vec<Message>,
    /// The shape that the answer must have; without it any text is an answer.
    pub schema: Option<Schema>,
    /// Most tokens of the answer.
    pub max_tokens: u32,
    /// Name and version of the prompt, for the record.
    pub prompt_version: String,
    /// What the budget is kept for, such as a run.
    pub purpose: String,
    /// What the question is about, such as a company's number, for the record.
    pub subject: Option<String>,
    /// SHA-256 of the dossier, for the record.
    pub dossier_sha256: Option<String>,
}

impl Request {
    /// A bound on the input's tokens: a token is at least one byte, and each message has a frame.
    ///
    /// It is far above what is used; because it is a bound, what is reserved by it is never exceeded.
    #[must_use]
    pub fn input_tokens_bound(&self) -> u64 {
        let texts: usize = self.messages.iter().map(|message| message.text.len() + 16).sum();
        let schema = self.schema.as_ref().map_or(0, |schema| schema.text().len() * 2 + 256);
        u64::try_from(texts + schema + 64).unwrap_or(u64::MAX)
    }
}
