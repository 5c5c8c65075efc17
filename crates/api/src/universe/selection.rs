//! From what a request says to one filter and the order of its rows.

use domain::catalogue::FieldKind;
use domain::filter::flat::{FlatCondition, Logic, from_flat};
use domain::filter::free_text::free_text;
use domain::filter::json::from_json;
use domain::filter::limits::MAX_CONDITIONS;
use domain::filter::parse::parse;
use domain::filter::target::Target;
use domain::filter::vocabulary::Vocabulary;
use domain::filter::{FieldId, Filter};
use screen::{Sort, SortBy};
use serde_json::Value;

use super::body::{Object, fault, filter_problem};
use crate::principal::Principal;
use crate::problem::{InputError, Problem};
use universe::sets::Asker;

/// The filter of a request without `q`, and with it.
pub struct Selected {
    /// What the chips show.
    pub filter: Filter,
    /// What is counted: the filter and the free text.
    pub whole: Filter,
    /// Whether companies that the organisation has excluded are wanted too.
    pub include_excluded: bool,
}

impl Selected {
    /// Whose screen it is.
    pub fn asked_by(&self, person: &Principal) -> Asker {
        Asker { user: person.user, include_excluded: self.include_excluded }
    }
}

/// Reads every part of the selection and joins them by AND.
pub fn read(body: &Object) -> Result<Selected, Problem> {
    match body.text("scope")? {
        None | Some("company") => {}
        Some(_) => {
            return Err(Problem::input("/scope", "screens are made of the companies' own figures: scope is company"));
        }
    }
    let mut parts = vec![read_flat(body)?];
    if let Some(tree) = body.get("filter") {
        parts.push(from_json(tree, "/filter", Vocabulary::builtin()).map_err(|error| filter_problem(&error, None))?);
    }
    if let Some(text) = body.text("text")? {
        parts.push(parse(text).map_err(|error| filter_problem(&error, Some(("/text", text))))?);
    }
    let filter = Filter::all(parts);
    let free =
        free_text(body.text("q")?.unwrap_or_default()).map_err(|error| Problem::input("/q", error.to_string()))?;
    let whole = Filter::all([filter.clone(), free]);
    let include_excluded = body.flag("include_excluded")?.unwrap_or(false);
    Ok(Selected { filter, whole, include_excluded })
}

fn read_flat(body: &Object) -> Result<Filter, Problem> {
    let logic = match body.text("logic")? {
        None => Logic::And,
        Some(name) => Logic::from_name(name)
            .ok_or_else(|| Problem::input("/logic", format!("logic is and or or, not “{}”", clip(name))))?,
    };
    let items = body.list("filters", MAX_CONDITIONS)?.unwrap_or_default();
    let mut conditions = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        conditions.push(flat_condition(item, &format!("/filters/{index}"))?);
    }
    from_flat(&conditions, logic, "/filters", Vocabulary::builtin()).map_err(|error| filter_problem(&error, None))
}

fn flat_condition<'a>(item: &'a Value, pointer: &str) -> Result<FlatCondition<'a>, Problem> {
    let Value::Object(object) = item else {
        return Err(Problem::input(pointer, "a condition is an object with field, op and value"));
    };
    if let Some(key) = object.keys().find(|key| !["field", "op", "value", "type"].contains(&key.as_str())) {
        let pointer = format!("{pointer}/{}", domain::filter::error::pointer_token(key));
        return Err(Problem::input(pointer, format!("there is no key “{}” here", clip(key))));
    }
    let text = |key: &str| -> Result<Option<&'a str>, Problem> {
        match object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Problem::input(format!("{pointer}/{key}"), format!("{key} is a text"))),
        }
    };
    let needed = |key: &str| {
        text(key)?.ok_or_else(|| Problem::input(format!("{pointer}/{key}"), format!("a condition needs {key}")))
    };
    Ok(FlatCondition {
        field: needed("field")?,
        op: needed("op")?,
        value: object.get("value"),
        value_type: text("type")?,
    })
}

fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

/// The field that a name stands for.
pub fn field(name: &str, pointer: &str) -> Result<FieldId, Problem> {
    match Target::find(name) {
        Some(Target::Field(field)) => Ok(field),
        _ => Err(fault(InputError {
            pointer: pointer.to_owned(),
            message: format!("there is no field “{}”", clip(name)),
            suggestions: Target::suggestions(name),
            ..InputError::default()
        })),
    }
}

/// The field with numbers or dates that a name stands for.
pub fn number_field(name: &str, pointer: &str) -> Result<FieldId, Problem> {
    let found = field(name, pointer)?;
    if is_number(found) { Ok(found) } else { Err(Problem::input(pointer, format!("{name} has no numbers"))) }
}

/// Whether the field holds numbers or dates.
pub fn is_number(field: FieldId) -> bool {
    use FieldKind::{Amount, Count, Date, Integer, Ratio};
    matches!(field.field().kind, Amount | Count | Date | Integer | Ratio)
}

/// Whether rows can be ordered by the field.
pub fn is_sortable(field: FieldId) -> bool {
    field.field().kind != FieldKind::Categories
}

/// The sort keys of a request; by revenue, greatest first, when it names none.
pub fn sort(body: &Object) -> Result<Vec<Sort>, Problem> {
    let (items, is_list) = match body.get("sort") {
        None => (&[][..], false),
        Some(Value::Array(items)) if items.len() <= 5 => (items.as_slice(), true),
        Some(Value::Array(_)) => return Err(Problem::input("/sort", "at most five sort keys")),
        Some(one) => (std::slice::from_ref(one), false),
    };
    let mut keys = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let pointer = if is_list { format!("/sort/{index}") } else { "/sort".to_owned() };
        keys.push(sort_key(item, &pointer)?);
    }
    if keys.is_empty() {
        let revenue = FieldId::find("revenue").map(|field| Sort { by: SortBy::Field(field), descending: true });
        keys.extend(revenue);
    }
    Ok(keys)
}

fn sort_key(item: &Value, pointer: &str) -> Result<Sort, Problem> {
    let (name, direction) = match item {
        Value::Object(object) => {
            if let Some(key) = object.keys().find(|key| !["by", "dir"].contains(&key.as_str())) {
                let message = format!("there is no key “{}” here", clip(key));
                return Err(Problem::input(
                    format!("{pointer}/{}", domain::filter::error::pointer_token(key)),
                    message,
                ));
            }
            let name = object.get("by").and_then(Value::as_str);
            (name.ok_or_else(|| Problem::input(format!("{pointer}/by"), "a sort key needs by"))?, object.get("dir"))
        }
        _ => return Err(Problem::input(pointer, "a sort key is an object with by and dir")),
    };
    let by = match Target::find(name) {
        Some(Target::Orgnr) => SortBy::Orgnr,
        _ => SortBy::Field(field(name, &format!("{pointer}/by"))?),
    };
    if let SortBy::Field(field) = by
        && !is_sortable(field)
    {
        return Err(Problem::input(format!("{pointer}/by"), format!("rows cannot be ordered by {name}")));
    }
    let descending = match direction {
        None | Some(Value::Null) => matches!(by, SortBy::Field(field) if is_number(field)),
        Some(Value::String(name)) if name.eq_ignore_ascii_case("asc") => false,
        Some(Value::String(name)) if name.eq_ignore_ascii_case("desc") => true,
        Some(_) => return Err(Problem::input(format!("{pointer}/dir"), "dir is asc or desc")),
    };
    Ok(Sort { by, descending })
}
