//! The pipeline, notes and messages end to end: rules, people, files, many at once, and a server killed in the middle.

mod concurrency;
mod file;
mod killed;
mod notes;
mod people;
mod pipeline;
mod stages;
