//! The recursive filter and its values on the wire.

use domain::filter::operator::Operator;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// A condition tree as it came or as it is shown. `domain::filter::json` is its reader and writer; the schema says the same of its shape.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct FilterTree(pub Value);

fn closed(object: ObjectBuilder) -> ObjectBuilder {
    object.additional_properties(Some(AdditionalProperties::FreeForm(false)))
}

impl PartialSchema for FilterTree {
    fn schema() -> RefOr<Schema> {
        let tree = || Ref::from_schema_name("FilterTree");
        let group = |key: &str, means: &str| {
            closed(ObjectBuilder::new().property(key, ArrayBuilder::new().items(tree())).required(key))
                .description(Some(means))
        };
        let not = closed(ObjectBuilder::new().property("not", tree()).required("not"))
            .description(Some("Companies that the filter leaves out"));
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let operators = Operator::ALL.iter().map(|operator| operator.name());
        let condition = ObjectBuilder::new()
            .property("field", text().description(Some("Key or alias of a field")))
            .property("op", text().description(Some(format!("Operator: {}", operators.collect::<Vec<_>>().join(", ")))))
            .property("value", Ref::from_schema_name("ConditionValue"))
            .property(
                "bounds",
                text().enum_values(Some(["[]", "[)", "(]", "()"])).description(Some("Of `between`: which ends are in")),
            )
            .required("field")
            .required("op")
            .description(Some("One condition, its value in the catalogue's unit"));
        OneOfBuilder::new()
            .item(group("all", "Every one holds"))
            .item(group("any", "At least one holds"))
            .item(not)
            .item(closed(condition))
            .description(Some("Which companies: a group of filters, a filter turned round, or one condition"))
            .into()
    }
}

impl ToSchema for FilterTree {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("ConditionValue".to_owned(), ConditionValue::schema()));
    }
}

/// What a field is compared with.
pub struct ConditionValue;

fn scalar() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Number, Type::Boolean]))
}

impl PartialSchema for ConditionValue {
    fn schema() -> RefOr<Schema> {
        OneOfBuilder::new()
            .item(scalar())
            .item(ArrayBuilder::new().items(scalar()))
            .description(Some("One value, a list of them (`in`), or two (`between`)"))
            .into()
    }
}

impl ToSchema for ConditionValue {}

/// What a cell of a row holds; null where nothing is known.
pub struct CellDto;

impl PartialSchema for CellDto {
    fn schema() -> RefOr<Schema> {
        let year = ObjectBuilder::new()
            .property("period_end", ObjectBuilder::new().schema_type(Type::String))
            .property("revenue", ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Integer, Type::Null])))
            .required("period_end")
            .required("revenue");
        let types = [Type::String, Type::Number, Type::Boolean, Type::Null];
        OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(SchemaType::from_iter(types)))
            .item(ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String)))
            .item(ArrayBuilder::new().items(year))
            .description(Some(
                "A value in the catalogue's unit: text, number, boolean, codes, or of `revenue_series` the years; null where nothing is known",
            ))
            .into()
    }
}

impl ToSchema for CellDto {}

/// A row of a page: the company and the asked columns.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct RowDto(pub serde_json::Map<String, Value>);

impl PartialSchema for RowDto {
    fn schema() -> RefOr<Schema> {
        let text = |may_be_null: bool| {
            let types = [Type::String, Type::Null];
            ObjectBuilder::new().schema_type(SchemaType::from_iter(types.into_iter().take(if may_be_null {
                2
            } else {
                1
            })))
        };
        ObjectBuilder::new()
            .property("orgnr", text(false).description(Some("Ten digits (nine for Norway)")))
            .property("name", text(true).description(Some("Name")))
            .required("orgnr")
            .required("name")
            .additional_properties(Some(Ref::from_schema_name("CellDto")))
            .description(Some("`orgnr`, `name` and the asked columns by key; a missing value is null"))
            .into()
    }
}

impl ToSchema for RowDto {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("CellDto".to_owned(), CellDto::schema()));
    }
}
