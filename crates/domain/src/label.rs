//! Words shown to people, in every language of the product.

use serde::Serialize;

/// One label in English and Swedish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Swedish.
    pub sv: &'static str,
    /// English.
    pub en: &'static str,
}
