//! Which of two filings takes precedence.

use chrono::{DateTime, NaiveDate, Utc};

use crate::filing::FilingKind;

/// How strong a source of figures is; a later one of the list leads over an earlier one, whichever was imported last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceClass {
    /// Figures that are bundled with the product.
    Bundled,
    /// Rows of tables.
    Table,
    /// Answers of a register of accounts.
    Register,
    /// The filed report itself.
    Filed,
}

impl FilingKind {
    /// The class of this kind of source.
    #[must_use]
    pub fn class(self) -> SourceClass {
        match self {
            Self::Demo => SourceClass::Bundled,
            Self::Table => SourceClass::Table,
            Self::RegisterAccounts => SourceClass::Register,
            Self::AnnualReport | Self::EsefReport => SourceClass::Filed,
        }
    }
}

impl SourceClass {
    /// Whether the filing date decides which of two filings of the class is newer, rather than the order of import.
    #[must_use]
    pub fn is_ordered_by_date(self) -> bool {
        matches!(self, Self::Filed | Self::Bundled)
    }
}

/// When a filing was last asserted by an import: numbers rise in the order of import. Filings that were imported before
/// numbers were kept have none; they come before all others, in the order of their time and identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assertion {
    /// The number.
    pub number: Option<i64>,
    /// When the filing was first imported.
    pub imported_at: DateTime<Utc>,
    /// The identity of the filing as a number.
    pub identity: u128,
}

/// The place of a filing among those of its company; the greatest takes precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    class: SourceClass,
    known_on: Option<NaiveDate>,
    report_end: Option<NaiveDate>,
    assertion: Assertion,
}

impl Rank {
    /// The rank of a filing that the public could know since `known_on` and whose newest period ends on `report_end`. Rows of
    /// tables and answers of registers hold one year each: a last day that was corrected to an earlier one is the later word.
    #[must_use]
    pub fn new(kind: FilingKind, known_on: NaiveDate, report_end: Option<NaiveDate>, assertion: Assertion) -> Self {
        let class = kind.class();
        let (known_on, report_end) =
            if class.is_ordered_by_date() { (Some(known_on), report_end) } else { (None, None) };
        Self { class, known_on, report_end, assertion }
    }

    /// The class of the source.
    #[must_use]
    pub fn class(self) -> SourceClass {
        self.class
    }

    /// Whether only the order of import decides between the two.
    #[must_use]
    pub fn ties_with(self, other: Self) -> bool {
        (self.class, self.known_on, self.report_end) == (other.class, other.known_on, other.report_end)
    }

    /// Whether the two stand in one class and this one was asserted later.
    #[must_use]
    pub fn was_asserted_after(self, other: Self) -> bool {
        self.assertion > other.assertion
    }

    /// The same filing, asserted anew.
    #[must_use]
    pub fn asserted(mut self, number: i64) -> Self {
        self.assertion.number = Some(number);
        self
    }
}
