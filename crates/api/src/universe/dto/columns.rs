//! A page of a screen by columns on the wire.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// The rows of a page by columns: under each key one value per row, in the order of the rows. Every list is equally long.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct ColumnsDto(pub Map<String, Value>);

impl PartialSchema for ColumnsDto {
    fn schema() -> RefOr<Schema> {
        let texts = |types: &[Type]| {
            let types = SchemaType::from_iter(types.iter().cloned());
            ArrayBuilder::new().items(ObjectBuilder::new().schema_type(types))
        };
        ObjectBuilder::new()
            .property("orgnr", texts(&[Type::String]).description(Some("Ten digits (nine for Norway)")))
            .property("name", texts(&[Type::String, Type::Null]).description(Some("Names")))
            .required("orgnr")
            .required("name")
            .additional_properties(Some(ArrayBuilder::new().items(Ref::from_schema_name("ColumnCellDto"))))
            .description(Some(
                "`orgnr`, `name` and the asked columns by key: one value per row, null where nothing is known",
            ))
            .into()
    }
}

impl ToSchema for ColumnsDto {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("ColumnCellDto".to_owned(), ColumnCellDto::schema()));
    }
}

/// What a place in a column holds; null where nothing is known.
pub struct ColumnCellDto;

impl PartialSchema for ColumnCellDto {
    fn schema() -> RefOr<Schema> {
        let of = |types: &[Type]| ObjectBuilder::new().schema_type(SchemaType::from_iter(types.iter().cloned()));
        let year = ArrayBuilder::new().items(of(&[Type::String, Type::Integer, Type::Null])).min_items(Some(2));
        OneOfBuilder::new()
            .item(of(&[Type::String, Type::Number, Type::Boolean, Type::Null]))
            .item(ArrayBuilder::new().items(of(&[Type::String])))
            .item(ArrayBuilder::new().items(year.max_items(Some(2))))
            .description(Some(
                "A value in the catalogue's unit: text, number, boolean, codes, or of `revenue_series` the years as pairs of `period_end` and `revenue`; null where nothing is known",
            ))
            .into()
    }
}

impl ToSchema for ColumnCellDto {}
