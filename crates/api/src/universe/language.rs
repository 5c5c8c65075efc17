//! What the filter language knows, reading it, and completing it.

use std::sync::LazyLock;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::IntoResponse;

use domain::catalogue::{FieldGroup, FieldKind};
use domain::filter::complete::complete;
use domain::filter::json::to_json;
use domain::filter::operator::{Arity, Operator};
use domain::filter::print::print;
use domain::filter::target::{BESIDE, Target};
use domain::filter::vocabulary::{Code, Vocabulary};
use domain::filter::{FieldId, Filter};
use domain::label::Label;
use http::header;
use serde::Serialize;
use services::set_names::set_names;

use super::dto::{
    CandidateDto, CodeDto, CompleteRequest, CompleteResponse, FieldDto, FilterPartDto, FilterTree, FiltersResponse,
    GroupDto, LabelDto, OperatorDto, ParseResponse, SelectionRequest,
};
use super::selection::{self, is_number, is_sortable};
use crate::body::JsonBody;
use crate::body::values::Whole;
use crate::principal::Principal;
use crate::problem::{self, Problem};
use crate::state::AppState;

impl From<Label> for LabelDto {
    fn from(label: Label) -> Self {
        Self { sv: label.sv.to_owned(), en: label.en.to_owned() }
    }
}

impl From<&Code> for LabelDto {
    fn from(code: &Code) -> Self {
        Self { sv: code.sv.clone(), en: code.en.clone() }
    }
}

/// Written once: the catalogue is the program's own and does not change while it runs.
static FILTERS: LazyLock<Bytes> = LazyLock::new(|| {
    let filters = FiltersResponse {
        fields: Target::all().map(field).collect(),
        ops: Operator::ALL.iter().map(|operator| operator_dto(*operator)).collect(),
        groups: groups(),
    };
    serde_json::to_vec(&filters).unwrap_or_default().into()
});

/// Every field, operator and code that filters know.
#[utoipa::path(get, path = "/api/universe/filters", tag = "universe", responses((status = 200, body = FiltersResponse)))]
pub async fn filters() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], FILTERS.clone())
}

fn name(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn field(target: Target) -> FieldDto {
    let operators = Operator::of(target).iter().map(|operator| operator.name().to_owned()).collect();
    let Target::Field(id) = target else {
        let kind = match target {
            Target::Orgnr => "orgnr",
            Target::Search => "search",
            _ => "set",
        };
        let formula = BESIDE.iter().find(|row| row.1 == target).map_or(target.label(), |row| row.3);
        return FieldDto {
            key: target.key().to_owned(),
            aliases: Vec::new(),
            label: target.label().into(),
            kind: kind.to_owned(),
            unit: "none".to_owned(),
            group: name(FieldGroup::Company),
            operators,
            formula: formula.into(),
            better: "neutral".to_owned(),
            hierarchy: "flat".to_owned(),
            sortable: target == Target::Orgnr,
            is_column: target == Target::Orgnr,
            is_facet: false,
            is_number: false,
            values: None,
        };
    };
    let definition = id.field();
    let codes = Vocabulary::builtin().codes(id);
    FieldDto {
        key: definition.key.to_owned(),
        aliases: definition.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        label: definition.label.into(),
        kind: name(definition.kind),
        unit: name(definition.unit),
        group: name(definition.group),
        operators,
        formula: definition.formula.into(),
        better: name(definition.better),
        hierarchy: name(definition.hierarchy),
        sortable: is_sortable(id),
        is_column: true,
        is_facet: matches!(definition.kind, FieldKind::Category | FieldKind::Categories | FieldKind::Boolean),
        is_number: is_number(id),
        values: (!codes.is_empty())
            .then(|| codes.iter().map(|code| CodeDto { value: code.code.clone(), label: code.into() }).collect()),
    }
}

fn operator_dto(operator: Operator) -> OperatorDto {
    OperatorDto {
        op: operator.name().to_owned(),
        text: operator.text().to_owned(),
        label: operator.label().into(),
        values: match operator.arity() {
            Arity::Exactly(count) => Some(count),
            Arity::List => None,
        },
    }
}

fn groups() -> Vec<GroupDto> {
    use FieldGroup::{Analysis, Company, Coverage, Efficiency, Growth, Profitability, Risk, Size, Solidity};
    [
        (Company, "Företag", "Company"),
        (Size, "Storlek", "Size"),
        (Growth, "Tillväxt", "Growth"),
        (Profitability, "Lönsamhet", "Profitability"),
        (Solidity, "Soliditet", "Solidity"),
        (Efficiency, "Effektivitet", "Efficiency"),
        (Risk, "Risk", "Risk"),
        (Analysis, "Analys", "Analysis"),
        (Coverage, "Täckning", "Coverage"),
    ]
    .map(|(group, sv, en)| GroupDto { key: name(group), label: Label { sv, en }.into() })
    .into()
}

/// The same selection in each form of the language.
#[utoipa::path(post, path = "/api/universe/parse", tag = "universe", request_body = SelectionRequest,
    responses((status = 200, body = ParseResponse), (status = 422, body = Problem)))]
pub async fn parse(JsonBody(body): JsonBody<SelectionRequest>) -> problem::Result<Json<ParseResponse>> {
    Ok(Json(parsed(&selection::read(body.selection())?.filter)))
}

/// A selection in each form of the language, with its conditions.
pub fn parsed(filter: &Filter) -> ParseResponse {
    let parts = filter.parts().into_iter().map(part).collect();
    ParseResponse { text: print(filter), filter: FilterTree(to_json(filter)), parts }
}

/// One part of the outermost AND in both forms.
pub fn part(filter: &Filter) -> FilterPartDto {
    let fields = filter.fields().into_iter().map(|field: FieldId| field.field().key.to_owned()).collect();
    FilterPartDto { text: print(filter), filter: FilterTree(to_json(filter)), fields }
}

/// What could stand at the caret of the text box.
#[utoipa::path(post, path = "/api/universe/complete", tag = "universe", request_body = CompleteRequest,
    responses((status = 200, body = CompleteResponse), (status = 422, body = Problem)))]
pub async fn completion(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<CompleteRequest>,
) -> problem::Result<Json<CompleteResponse>> {
    let text = body.text.as_deref().unwrap_or_default();
    let limit = body.limit.map_or(20, Whole::count);
    let cursor = body.cursor.map_or(text.len(), |units| byte_at(text, units.count()));
    let names = set_names(&state.db, &person).await?;
    let completion = complete(text, cursor, limit, Vocabulary::builtin(), &names);
    let units = |bytes: usize| u32::try_from(text[..bytes].encode_utf16().count()).unwrap_or(u32::MAX);
    let candidates = completion.candidates.into_iter().map(|candidate| {
        let (sv, en) = candidate.label;
        CandidateDto {
            insert: candidate.insert,
            kind: candidate.kind.as_str().to_owned(),
            label: (!sv.is_empty()).then_some(LabelDto { sv, en }),
            detail: candidate.detail.map(Into::into),
        }
    });
    Ok(Json(CompleteResponse {
        from: units(completion.replaces.start),
        to: units(completion.replaces.end),
        candidates: candidates.collect(),
    }))
}

/// The byte where so many UTF-16 units are passed; the end beyond it.
fn byte_at(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (index, character) in text.char_indices() {
        if passed >= units {
            return index;
        }
        passed += character.len_utf16();
    }
    text.len()
}
