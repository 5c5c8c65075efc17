//! A filter as a WHERE clause over `company_facts`.

use std::sync::LazyLock;

use domain::catalogue::{FieldKind, Hierarchy};
use domain::filter::code::stems;
use domain::filter::fold::{FOLD_FROM, FOLD_TO, fold, words};
use domain::filter::{Condition, FieldId, Filter, TextMatch};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use crate::companies::key;

/// `translate(%, from, to)`: folds case and diacritics exactly as [`fold`] does.
static FOLD_ARGUMENTS: LazyLock<String> = LazyLock::new(|| {
    let quoted = |characters: &str| characters.replace('\'', "''");
    format!(", '{}', '{}')", quoted(FOLD_FROM), quoted(FOLD_TO))
});

/// A statement under construction.
pub type Statement = QueryBuilder<Postgres>;

/// A filter ready to be written into statements.
#[derive(Clone, Copy, Debug)]
pub struct Where<'a>(pub &'a Filter);

/// A set outside the catalogue that the database does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {kind} “{name}”")]
pub struct UnknownSet {
    /// list, label, prospect or excluded.
    pub kind: String,
    /// As asked for.
    pub name: String,
}

impl Where<'_> {
    /// The first set that SQL cannot look up: lists and labels must be named by their id here.
    ///
    /// # Errors
    /// [`UnknownSet`].
    pub fn check_sets(self) -> Result<(), UnknownSet> {
        for set in self.0.sets() {
            let (kind, name) = set.split_once(':').unwrap_or((set, ""));
            let is_known = match kind {
                "list" | "label" => Uuid::parse_str(name).is_ok(),
                "excluded" => name.is_empty(),
                _ => false,
            };
            if !is_known {
                return Err(UnknownSet { kind: kind.to_owned(), name: name.to_owned() });
            }
        }
        Ok(())
    }

    /// Appends the condition, without WHERE.
    pub fn push(self, statement: &mut Statement) {
        push_filter(statement, self.0);
    }
}

fn push_filter(statement: &mut Statement, filter: &Filter) {
    match filter {
        Filter::All(parts) => push_joined(statement, parts, " AND ", "true"),
        Filter::Any(parts) => push_joined(statement, parts, " OR ", "false"),
        // Below AND and OR a null acts as false, so only a negation must decide about it.
        Filter::Not(part) => {
            statement.push("(");
            push_filter(statement, part);
            statement.push(") IS NOT TRUE");
        }
        Filter::Condition(condition) => push_condition(statement, condition),
    }
}

fn push_joined(statement: &mut Statement, parts: &[Filter], joint: &str, empty: &str) {
    if parts.is_empty() {
        statement.push(empty);
        return;
    }
    statement.push("(");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            statement.push(joint);
        }
        push_filter(statement, part);
    }
    statement.push(")");
}

fn key_of(field: FieldId) -> &'static str {
    field.field().key
}

/// `(low AND high)` of the ends that are there; a range without ends asks for a value.
fn push_range(
    statement: &mut Statement,
    field: FieldId,
    low: Option<impl FnOnce(&mut Statement)>,
    high: Option<impl FnOnce(&mut Statement)>,
) {
    statement.push("(").push(key_of(field));
    let joined = low.is_some() && high.is_some();
    match low {
        Some(low) => low(statement),
        None if high.is_none() => {
            statement.push(" IS NOT NULL");
        }
        None => {}
    }
    if let Some(high) = high {
        if joined {
            statement.push(" AND ").push(key_of(field));
        }
        high(statement);
    }
    statement.push(")");
}

/// Writes one end of a range.
fn end<T>(sign: &'static str, value: T) -> impl FnOnce(&mut Statement)
where
    T: for<'q> sqlx::Encode<'q, Postgres> + sqlx::Type<Postgres> + Send + 'static,
{
    move |statement| {
        statement.push(sign).push_bind(value);
    }
}

fn push_condition(statement: &mut Statement, condition: &Condition) {
    match condition {
        Condition::IntegerRange { field, min, max } => {
            push_range(statement, *field, min.map(|min| end(" >= ", min)), max.map(|max| end(" <= ", max)));
        }
        Condition::RealRange { field, min, max } => push_range(
            statement,
            *field,
            min.map(|min| end(if min.inclusive { " >= " } else { " > " }, min.value)),
            max.map(|max| end(if max.inclusive { " <= " } else { " < " }, max.value)),
        ),
        Condition::DateRange { field, min, max } => {
            push_range(statement, *field, min.map(|min| end(" >= ", min)), max.map(|max| end(" <= ", max)));
        }
        Condition::IntegerIn { field, values } => {
            statement.push(key_of(*field)).push(" = ANY(").push_bind(values.clone()).push(")");
        }
        Condition::RealIn { field, values } => {
            statement.push(key_of(*field)).push(" = ANY(").push_bind(values.clone()).push(")");
        }
        Condition::CodeIn { field, codes } => push_codes(statement, *field, codes),
        Condition::Is { field, value } => {
            statement.push(key_of(*field)).push(if *value { " IS TRUE" } else { " IS FALSE" });
        }
        Condition::Text { field, matching, pattern } => push_text(statement, *field, *matching, pattern),
        Condition::IsNull { field } => {
            statement.push(key_of(*field)).push(" IS NULL");
        }
        Condition::OrgnrIn { orgnrs } => {
            let keys: Vec<i64> = orgnrs.iter().map(|orgnr| key(*orgnr)).collect();
            statement.push("orgnr = ANY(").push_bind(keys).push(")");
        }
        Condition::InSet { set } => push_set(statement, set),
    }
}

fn push_set(statement: &mut Statement, set: &str) {
    let (kind, name) = set.split_once(':').unwrap_or((set, ""));
    match (kind, Uuid::parse_str(name)) {
        ("list", Ok(id)) => {
            statement.push("orgnr IN (SELECT orgnr FROM list_items WHERE list_id = ").push_bind(id).push(")");
        }
        ("label", Ok(id)) => {
            statement.push("orgnr IN (SELECT orgnr FROM label_items WHERE label_id = ").push_bind(id).push(")");
        }
        ("excluded", _) => {
            statement.push("orgnr IN (SELECT orgnr FROM exclusions)");
        }
        // `check_sets` has refused it already; an unknown set has no members.
        _ => {
            statement.push("false");
        }
    }
}

fn push_codes(statement: &mut Statement, field: FieldId, codes: &[String]) {
    let definition = field.field();
    let is_many = definition.kind == FieldKind::Categories;
    match (definition.hierarchy, is_many) {
        (Hierarchy::Flat, false) => {
            statement.push(definition.key).push(" = ANY(").push_bind(codes.to_vec()).push(")");
        }
        (Hierarchy::Flat, true) => {
            statement.push(definition.key).push(" && ").push_bind(codes.to_vec());
        }
        (hierarchy, _) => {
            let patterns: Vec<String> = codes
                .iter()
                .flat_map(|code| stems(hierarchy, code))
                .map(|stem| format!("{}%", stem.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")))
                .collect();
            if is_many {
                statement
                    .push("EXISTS (SELECT FROM unnest(")
                    .push(definition.key)
                    .push(") AS code WHERE code LIKE ANY(");
                statement.push_bind(patterns).push("))");
            } else {
                statement.push(definition.key).push(" LIKE ANY(").push_bind(patterns).push(")");
            }
        }
    }
}

fn push_text(statement: &mut Statement, field: FieldId, matching: TextMatch, pattern: &str) {
    let folded = fold(pattern);
    let column = format!("translate({}{}", key_of(field), &*FOLD_ARGUMENTS);
    match matching {
        TextMatch::Equals => {
            statement.push(column).push(" = ").push_bind(folded);
        }
        TextMatch::StartsWith => {
            statement.push("starts_with(").push(column).push(", ").push_bind(folded).push(")");
        }
        TextMatch::Contains => {
            statement.push("strpos(").push(column).push(", ").push_bind(folded).push(") > 0");
        }
        TextMatch::Fuzzy => {
            let words: Vec<String> = words(&folded).map(str::to_owned).collect();
            statement.push("lode_fuzzy(").push(column).push(", ").push_bind(words).push(")");
        }
    }
}
