//! The only SQL: migrations and one file per aggregate.
