//! How large a filter from outside may be. Everything within these limits is answered, everything beyond is refused by name.

/// Levels of groups and negations inside each other.
pub const MAX_DEPTH: usize = 64;
/// Conditions in one filter.
pub const MAX_CONDITIONS: usize = 10_000;
/// Values in all lists of one filter together.
pub const MAX_VALUES: usize = 200_000;
/// Bytes of the text form.
pub const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;
/// Characters of a text pattern.
pub const MAX_PATTERN: usize = 500;
