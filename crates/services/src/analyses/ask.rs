//! Asks a model about a company, or takes the answer that it gave before, and checks it sentence by sentence.

use artifacts::Artifacts;
use domain::analysis::{Draft, PROMPT_VERSION, Prompt, Report, Template, assemble, prompt, schema};
use domain::evidence::{Dossier, Language};
use domain::orgnr::Orgnr;
use llm::{CallError, Message, Provider, Request, Role, Schema};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{PgPool, model_calls};
use tokio_util::sync::CancellationToken;

use super::by_rules::{Rules, by_rules};
use super::dossier::{MadeDossier, make, read_text, room_for};
use crate::error::ServiceError;
use crate::models::{Models, put};

/// Bytes of an answer that is read back.
const MOST_ANSWER_BYTES: usize = 4 << 20;

/// What a model is asked.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The provider's name.
    pub provider: &'a str,
    /// What the money is kept for: an answer that was given for it is not asked for again.
    pub purpose: String,
    /// Name and version of the template, for the record.
    pub template_name: String,
    /// The template, which must have questions.
    pub template: &'a Template,
    /// Language of the answer.
    pub language: Language,
}

/// A question about one company, ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    pub(super) dossier: MadeDossier,
    pub(super) prompt: Prompt,
    pub(super) request: Request,
}

/// What was written about a company.
#[derive(Clone, Debug)]
pub struct Written {
    /// What the rules say, whose score counts.
    pub rules: Rules,
    /// The checked report.
    pub report: Report,
    /// Name and version of template and prompt.
    pub prompt_version: String,
    /// Whether an answer of before was used.
    pub was_reused: bool,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Neither figures nor pages are known: no model was asked.
    #[error("neither figures nor pages are known of the company, so no model was asked")]
    NothingKnown,
    /// The template asks nothing.
    #[error("the template asks a model nothing; use one with questions")]
    NoQuestions,
    /// The call gave no answer.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// Something else; the cause is for the log.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl From<AskError> for ServiceError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::NothingKnown => Self::Conflict(error.to_string()),
            AskError::NoQuestions => Self::input("/template", error.to_string()),
            AskError::Call(error) => Self::Unavailable(error.to_string()),
            AskError::Database(error) => error.into(),
            AskError::Other(error) => error.into(),
        }
    }
}

impl Question<'_> {
    /// Name and version under which the answer is kept: another template, prompt or language is another question.
    ///
    /// # Errors
    /// When the template cannot be written as JSON.
    pub fn prompt_version(&self) -> anyhow::Result<String> {
        let body = serde_json::to_string(self.template)?;
        let hash = hex::encode(Sha256::digest(body.as_bytes()));
        let language = match self.language {
            Language::Sv => "sv",
            Language::En => "en",
        };
        Ok(format!("{}/{PROMPT_VERSION}/{language}/{}", self.template_name, hash.get(..12).unwrap_or_default()))
    }

    /// Tokens that a provider may answer with.
    ///
    /// # Errors
    /// [`AskError::NoQuestions`].
    pub(crate) fn max_tokens(&self, provider: &Provider) -> Result<u32, AskError> {
        let questions = self.template.questions.as_ref().ok_or(AskError::NoQuestions)?;
        Ok(questions.max_output_tokens.min(provider.max_output_tokens))
    }

    /// The prompt about a company, and the request that carries it; `sha256` is that of the dossier's JSON.
    ///
    /// # Errors
    /// [`AskError::NoQuestions`], or when the template gives no schema.
    pub(crate) fn request(
        &self,
        provider: &Provider,
        orgnr: &str,
        dossier: &Dossier,
        sha256: &str,
    ) -> Result<(Prompt, Request), AskError> {
        let questions = self.template.questions.as_ref().ok_or(AskError::NoQuestions)?;
        let prompt = prompt(self.template, questions, dossier, self.language);
        let schema = Schema::new("analysis", schema(self.template, questions)).map_err(anyhow::Error::msg)?;
        let request = Request {
            messages: vec![Message::new(Role::System, &prompt.system), Message::new(Role::User, &prompt.user)],
            schema: Some(schema),
            max_tokens: self.max_tokens(provider)?,
            prompt_version: self.prompt_version()?,
            purpose: self.purpose.clone(),
            subject: Some(orgnr.to_owned()),
            dossier_sha256: Some(sha256.to_owned()),
        };
        Ok((prompt, request))
    }

    pub(super) async fn prepare(
        &self,
        db: &PgPool,
        artifacts: &Artifacts,
        provider: &Provider,
        orgnr: Orgnr,
    ) -> Result<Prepared, AskError> {
        let dossier = make(db, artifacts, orgnr, room_for(provider, self.max_tokens(provider)?)).await?;
        if dossier.made.is_empty() {
            return Err(AskError::NothingKnown);
        }
        let (prompt, request) = self.request(provider, &orgnr.to_string(), &dossier.made.dossier, &dossier.sha256)?;
        Ok(Prepared { dossier, prompt, request })
    }
}

/// Writes about a company. An answer to the same question that is recorded already is taken instead of a call, so that whoever is
/// killed after it pays nothing twice.
///
/// # Errors
/// [`AskError`].
pub async fn write(
    models: &Models,
    db: &PgPool,
    artifacts: &Artifacts,
    question: &Question<'_>,
    orgnr: Orgnr,
    cancel: &CancellationToken,
) -> Result<Written, AskError> {
    let client = models.client(question.provider).await.map_err(|error| AskError::Other(anyhow::anyhow!("{error}")))?;
    let Some(rules) = by_rules(&mut *db.acquire().await?, orgnr, question.template, question.language).await? else {
        return Err(AskError::NothingKnown);
    };
    let Prepared { dossier, request, .. } = question.prepare(db, artifacts, client.provider(), orgnr).await?;
    put(artifacts, dossier.json.clone()).await?;
    let before =
        model_calls::answered(&mut *db.acquire().await?, &request.purpose, &dossier.sha256, &request.prompt_version)
            .await?;
    let kept = match before {
        Some(sha256) => read_text(artifacts, &sha256, MOST_ANSWER_BYTES).await?.and_then(|text| value_of(&text)),
        None => None,
    };
    let was_reused = kept.is_some();
    let value = match kept {
        Some(value) => value,
        None => client.ask(&request, cancel).await?.value.unwrap_or(Value::Null),
    };
    // It has the shape: the schema was held against it.
    let draft: Draft = serde_json::from_value(value)
        .map_err(|error| AskError::Call(CallError::Malformed(format!("the answer cannot be read: {error}"))))?;
    let report =
        assemble(&draft, &dossier.made, &dossier.sha256, question.language, question.template, &rules.analysis);
    Ok(Written { rules, report, prompt_version: request.prompt_version, was_reused })
}

/// The JSON of an answer as it was kept, a fence around it taken off.
pub(super) fn value_of(text: &str) -> Option<Value> {
    let text = text.trim();
    let inside = text.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    serde_json::from_str(inside.map_or(text, |inside| inside.trim_start_matches("json")).trim()).ok()
}
