//! Ask in words: a sentence becomes a filter, explained phrase by phrase.

use axum::Json;
use chrono::Utc;
use domain::ask::{MAX_SENTENCE_BYTES, Means, Order, Reading, read};
use domain::filter::json::to_json;
use domain::filter::print::print;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dto::{FilterPartDto, FilterTree, LabelDto};
use super::language::part;
use crate::body::JsonBody;
use crate::problem::{self, Problem};

/// Body of `POST /api/ai-filter`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskRequest {
    /// What is asked, in Swedish or English: at most 2 000 bytes.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    pub text: String,
    /// `sv` or `en`: the language of `message` in the answer (default `sv`). Both are always understood.
    #[schema(pattern = "^(sv|en)$")]
    pub language: Option<String>,
}

/// A sentence as a filter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskResponse {
    /// Text form of the filter; empty for every company.
    pub text: String,
    /// JSON form of the filter, as every other route takes it.
    pub filter: FilterTree,
    /// The top-level conditions, one chip each.
    pub parts: Vec<FilterPartDto>,
    /// The order that was asked for.
    pub sort: Option<AskOrderDto>,
    /// Each phrase that was understood, in the order of the sentence.
    pub explanation: Vec<AskPhraseDto>,
    /// Each run of words that became no condition; nothing is guessed for it.
    pub not_understood: Vec<AskUnreadDto>,
    /// Whether every word was understood, and any condition or order came of it.
    pub complete: bool,
    /// Who read the sentence: `rules`.
    pub method: String,
}

/// An order of companies.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskOrderDto {
    /// Key of the field.
    pub by: String,
    /// `asc` or `desc`.
    pub dir: String,
}

/// A phrase and what it became: a condition or an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskPhraseDto {
    /// Offset in the sentence, in UTF-16 units.
    pub start: u32,
    /// Length in UTF-16 units.
    pub length: u32,
    /// The words themselves.
    pub words: String,
    /// The condition.
    pub condition: Option<FilterPartDto>,
    /// The order.
    pub sort: Option<AskOrderDto>,
}

/// Words that became no condition.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskUnreadDto {
    /// Offset in the sentence, in UTF-16 units.
    pub start: u32,
    /// Length in UTF-16 units.
    pub length: u32,
    /// The words themselves.
    pub words: String,
    /// `unknown`, `no_field`, `no_value`, `no_unit`, `wrong_unit`, `currency`, `ambiguous`, `no_comparison` or `period`.
    pub reason: String,
    /// The reason in the language that was asked for.
    pub message: String,
    /// The reason in both languages.
    pub label: LabelDto,
}

/// A sentence in Swedish or English as a filter: what each phrase became, and which words became nothing.
#[utoipa::path(post, path = "/api/ai-filter", tag = "universe", request_body = AskRequest,
    responses((status = 200, body = AskResponse), (status = 422, body = Problem)))]
pub async fn ask(JsonBody(body): JsonBody<AskRequest>) -> problem::Result<Json<AskResponse>> {
    let text = body.text.as_str();
    if text.trim().is_empty() {
        return Err(Problem::input("/text", "say which companies you look for, e.g. “IT-bolag i Skåne”"));
    }
    if text.len() > MAX_SENTENCE_BYTES {
        return Err(Problem::input(
            "/text",
            format!("the sentence is longer than {MAX_SENTENCE_BYTES} bytes; ask for less at once"),
        ));
    }
    let is_english = match body.language.as_deref() {
        None | Some("sv") => false,
        Some("en") => true,
        Some(_) => return Err(Problem::input("/language", "language is sv or en")),
    };
    Ok(Json(answer(text, &read(text, Utc::now().date_naive()), is_english)))
}

fn answer(text: &str, reading: &Reading, is_english: bool) -> AskResponse {
    let place = |start: usize, end: usize| {
        let units = |words: &str| u32::try_from(words.encode_utf16().count()).unwrap_or(u32::MAX);
        let words = text.get(start..end).unwrap_or_default();
        (units(text.get(..start).unwrap_or_default()), units(words), words.to_owned())
    };
    let explanation = reading.phrases.iter().map(|phrase| {
        let (start, length, words) = place(phrase.start, phrase.end);
        let (condition, sort) = match &phrase.means {
            Means::Condition(filter) => (Some(part(filter)), None),
            Means::Order(sort) => (None, Some(order(*sort))),
        };
        AskPhraseDto { start, length, words, condition, sort }
    });
    let not_understood = reading.unread.iter().map(|unread| {
        let (start, length, words) = place(unread.start, unread.end);
        let label = unread.reason.label();
        let message = if is_english { label.en } else { label.sv }.to_owned();
        AskUnreadDto { start, length, words, reason: unread.reason.as_str().to_owned(), message, label: label.into() }
    });
    AskResponse {
        text: print(&reading.filter),
        filter: FilterTree(to_json(&reading.filter)),
        parts: reading.filter.parts().into_iter().map(part).collect(),
        sort: reading.sort.map(order),
        explanation: explanation.collect(),
        not_understood: not_understood.collect(),
        complete: reading.unread.is_empty() && !reading.phrases.is_empty(),
        method: "rules".to_owned(),
    }
}

fn order(order: Order) -> AskOrderDto {
    let dir = if order.descending { "desc" } else { "asc" };
    AskOrderDto { by: order.field.field().key.to_owned(), dir: dir.to_owned() }
}
