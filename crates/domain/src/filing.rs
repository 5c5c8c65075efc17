//! Filings: the documents that statements come from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::orgnr::Orgnr;
use crate::statement::Statement;

/// The accounting framework a report was drawn up under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Framework {
    /// BFNAR 2016:10, smaller companies; usually no cash-flow statement.
    K2,
    /// BFNAR 2012:1, larger companies and groups.
    K3,
    /// IFRS as adopted by the EU (listed groups, ESEF).
    Ifrs,
    /// Norwegian accounts from Regnskapsregisteret.
    NorwegianGaap,
    /// A table without a stated framework.
    Unknown,
}

impl Framework {
    /// Whether its reports name every kind of debt and asset on a line of its own (årsredovisningslagen, bilaga 1 and 2).
    #[must_use]
    pub fn is_itemised(self) -> bool {
        matches!(self, Self::K2 | Self::K3)
    }

    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::K2 => "k2",
            Self::K3 => "k3",
            Self::Ifrs => "ifrs",
            Self::NorwegianGaap => "norwegian_gaap",
            Self::Unknown => "unknown",
        }
    }
}

/// What kind of source a filing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilingKind {
    /// An annual report package as filed (iXBRL).
    AnnualReport,
    /// A listed company's ESEF report.
    EsefReport,
    /// An answer of a register of accounts.
    RegisterAccounts,
    /// A row of an imported table.
    Table,
    /// Figures carried with the product for demonstration.
    Demo,
}

impl FilingKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::AnnualReport, Self::EsefReport, Self::RegisterAccounts, Self::Table, Self::Demo];

    /// Whether its figures are tagged, so that an absent line was not filed rather than lacking as a column.
    #[must_use]
    pub fn has_tags(self) -> bool {
        matches!(self, Self::AnnualReport | Self::EsefReport)
    }

    /// Reads [`FilingKind::as_str`] back.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AnnualReport => "annual_report",
            Self::EsefReport => "esef_report",
            Self::RegisterAccounts => "register_accounts",
            Self::Table => "table",
            Self::Demo => "demo",
        }
    }
}

/// One filed document with every statement found in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Filing {
    /// Whose accounts.
    pub orgnr: Orgnr,
    /// What kind of source.
    pub kind: FilingKind,
    /// K2, K3, IFRS …
    pub framework: Framework,
    /// Date of the taxonomy, e.g. 2021-10-31.
    pub taxonomy: Option<NaiveDate>,
    /// Name of the company as the document has it; it may differ from the register's.
    pub company_name: Option<String>,
    /// Seat (säte) as the document has it.
    pub seat: Option<String>,
    /// Program that made the document, e.g. `Fortnox 3.1`.
    pub software: Option<String>,
    /// Archive entries that were read, in the order that `Fact::document` counts them.
    pub documents: Vec<String>,
    /// When it was registered, where the source tells.
    pub filed_at: Option<NaiveDate>,
    /// SHA-256 of the package, lower-case hexadecimal: its identity.
    pub sha256: String,
    /// Size of the package in bytes.
    pub size_bytes: u64,
    /// The statements, newest period first.
    pub statements: Vec<Statement>,
    /// What the parser noticed and went past, one sentence each.
    pub warnings: Vec<String>,
}
