//! One statement: the figures of one fiscal period of one scope, as one filing gives them, with lineage.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::fiscal_period::FiscalPeriod;
use crate::line::Line;
use crate::scope::Scope;

/// The core lines of a statement: whole units of its currency, `None` where not filed (never 0 for missing).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures([Option<i64>; Line::COUNT]);

impl Default for Figures {
    fn default() -> Self {
        Self([None; Line::COUNT])
    }
}

impl Figures {
    /// The amount of a line.
    #[must_use]
    pub fn get(&self, line: Line) -> Option<i64> {
        self.0[line as usize]
    }

    /// Sets or clears the amount of a line.
    pub fn set(&mut self, line: Line, amount: Option<i64>) {
        self.0[line as usize] = amount;
    }

    /// Every line that has an amount, in the order of a report.
    pub fn iter(&self) -> impl Iterator<Item = (Line, i64)> + '_ {
        Line::ALL.iter().filter_map(|line| self.get(*line).map(|amount| (*line, amount)))
    }

    /// Whether no line has an amount.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}

impl FromIterator<(Line, i64)> for Figures {
    fn from_iter<T: IntoIterator<Item = (Line, i64)>>(pairs: T) -> Self {
        let mut figures = Self::default();
        for (line, amount) in pairs {
            figures.set(line, Some(amount));
        }
        figures
    }
}

/// Whether the figures of a period can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Both statements are there and no accounting identity is broken.
    Ok,
    /// Only some lines are known (an older year in the multi-year overview): nothing could be checked in full.
    Partial,
    /// An accounting identity is broken: left out of ratios unless the user asks.
    Suspect,
}

impl Quality {
    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Partial => "partial",
            Self::Suspect => "suspect",
        }
    }
}

/// The days a context of a report covers: an instant for stocks, first and last day for flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ContextPeriod {
    /// From the first to the last day.
    Duration {
        /// First day.
        start: NaiveDate,
        /// Last day.
        end: NaiveDate,
    },
    /// At the end of a day.
    Instant {
        /// The day.
        instant: NaiveDate,
    },
}

/// One tagged number of a filing and everything needed to find it again in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Qualified concept with the conventional prefix, e.g. `se-gen-base:Nettoomsattning`.
    pub concept: String,
    /// The exact value: number × 10^scale × sign, as filed (a cost is positive here).
    pub value: Decimal,
    /// Id of the context in the document.
    pub context: String,
    /// The days of that context.
    pub period: ContextPeriod,
    /// `SEK`, `EUR`, `pure`, or the measure's local name such as `AntalAnstallda`.
    pub unit: String,
    /// The text between the tags, e.g. `5 335`.
    pub as_filed: String,
    /// Power of ten applied to the text.
    #[serde(default)]
    pub scale: i8,
    /// Stated precision: digits after the decimal point, negative for thousands; `None` = exact (INF).
    #[serde(default)]
    pub decimals: Option<i8>,
    /// Whether the sign attribute negates the text.
    #[serde(default)]
    pub negative: bool,
    /// Index of the document (archive entry) within the filing.
    #[serde(default)]
    pub document: u16,
}

/// Why a tag of a line was not the one that its figure came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherReason {
    /// A more precise value is filed too, and this one agrees with it.
    LessPrecise,
    /// It contradicts the value that was used.
    Contradicts,
    /// The line is made of another concept that is filed too.
    OtherConcept,
}

/// A tag that the filing has for a line in the same period, and that its figure did not come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherTag {
    /// The line.
    pub line: Line,
    /// Why it was not used.
    pub reason: OtherReason,
    /// The tag.
    pub fact: Fact,
}

/// Two amounts of one line in one filing that exclude each other, between which nothing decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The line.
    pub line: Line,
    /// The amount that is used, in whole units.
    pub used: i64,
    /// The other.
    pub other: i64,
}

/// The figures of one period and scope in one filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The fiscal year.
    pub period: FiscalPeriod,
    /// Company or group.
    pub scope: Scope,
    /// The currency that all amounts are in.
    pub currency: Currency,
    /// Rounding of the filing's amounts: 0 for whole units, 3 for thousands, 6 for millions.
    pub rounding: u8,
    /// The core lines.
    pub figures: Figures,
    /// Average number of employees (medelantalet anställda), possibly a fraction.
    pub employees: Option<Decimal>,
    /// Every number of the period that the filing tags, the most precise per concept; empty where the source has no tags.
    pub facts: Vec<Fact>,
    /// For each core line that came straight from a fact: the index into `facts`.
    pub line_facts: Vec<(Line, u32)>,
    /// Whether every kind of debt and asset that the company has is a line of its own, as K2 and K3 ask: then an absent line
    /// is none. A table may lack a column, a register of totals or a listed group's report may name it otherwise.
    pub is_itemised: bool,
    /// What else the filing says of the lines.
    pub others: Vec<OtherTag>,
    /// Lines that the filing contradicts itself about, and the identities do not decide.
    pub contradictions: Vec<Contradiction>,
}

impl Statement {
    /// A statement without figures.
    #[must_use]
    pub fn empty(period: FiscalPeriod, scope: Scope, currency: Currency) -> Self {
        Self {
            period,
            scope,
            currency,
            rounding: 0,
            figures: Figures::default(),
            employees: None,
            facts: Vec::new(),
            line_facts: Vec::new(),
            is_itemised: false,
            others: Vec::new(),
            contradictions: Vec::new(),
        }
    }

    /// The amount of a core line.
    #[must_use]
    pub fn get(&self, line: Line) -> Option<i64> {
        self.figures.get(line)
    }
}
