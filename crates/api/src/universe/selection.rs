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

use super::dto::{FilterTree, SelectionParts, SortDto, SortKeys};
use super::filter_error::{fault, filter_problem};
use crate::body::at_most;
use crate::body::values::OneOrMany;
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
///
/// # Errors
/// 422 that names the place.
pub fn read(parts: SelectionParts<'_>) -> Result<Selected, Problem> {
    match parts.scope {
        None | Some("company") => {}
        Some(_) => {
            return Err(Problem::input("/scope", "screens are made of the companies' own figures: scope is company"));
        }
    }
    let mut joined = vec![read_flat(parts)?];
    if let Some(FilterTree(tree)) = parts.filter {
        joined.push(from_json(tree, "/filter", Vocabulary::builtin()).map_err(|error| filter_problem(&error, None))?);
    }
    if let Some(text) = parts.text {
        joined.push(parse(text).map_err(|error| filter_problem(&error, Some(("/text", text))))?);
    }
    let filter = Filter::all(joined);
    let free = free_text(parts.q.unwrap_or_default()).map_err(|error| Problem::input("/q", error.to_string()))?;
    let whole = Filter::all([filter.clone(), free]);
    Ok(Selected { filter, whole, include_excluded: parts.include_excluded.unwrap_or(false) })
}

fn read_flat(parts: SelectionParts<'_>) -> Result<Filter, Problem> {
    let logic = match parts.logic {
        None => Logic::And,
        Some(name) => Logic::from_name(name)
            .ok_or_else(|| Problem::input("/logic", format!("logic is and or or, not “{}”", clip(name))))?,
    };
    at_most(parts.filters, MAX_CONDITIONS, "filters")?;
    let conditions: Vec<FlatCondition<'_>> = parts
        .filters
        .iter()
        .map(|condition| FlatCondition {
            field: &condition.field,
            op: &condition.op,
            value: condition.value.as_ref(),
            value_type: condition.value_type.as_deref(),
        })
        .collect();
    from_flat(&conditions, logic, "/filters", Vocabulary::builtin()).map_err(|error| filter_problem(&error, None))
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

/// Most sort keys of a request.
const MOST_SORTS: usize = 5;

/// The sort keys of a request; by revenue, greatest first, when it names none.
///
/// # Errors
/// 422 that names the place.
pub fn sort(given: Option<&SortKeys>) -> Result<Vec<Sort>, Problem> {
    let items = given.map(OneOrMany::as_slice).unwrap_or_default();
    if items.len() > MOST_SORTS {
        return Err(Problem::input("/sort", "at most five sort keys"));
    }
    let is_list = matches!(given, Some(OneOrMany::Many(_)));
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

fn sort_key(item: &SortDto, pointer: &str) -> Result<Sort, Problem> {
    let name = item.by.as_str();
    let by = match Target::find(name) {
        Some(Target::Orgnr) => SortBy::Orgnr,
        _ => SortBy::Field(field(name, &format!("{pointer}/by"))?),
    };
    if let SortBy::Field(field) = by
        && !is_sortable(field)
    {
        return Err(Problem::input(format!("{pointer}/by"), format!("rows cannot be ordered by {name}")));
    }
    let descending = match item.dir.as_deref() {
        None => matches!(by, SortBy::Field(field) if is_number(field)),
        Some(name) if name.eq_ignore_ascii_case("asc") => false,
        Some(name) if name.eq_ignore_ascii_case("desc") => true,
        Some(_) => return Err(Problem::input(format!("{pointer}/dir"), "dir is asc or desc")),
    };
    Ok(Sort { by, descending })
}
